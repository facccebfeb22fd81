package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestFared: what is made of each mark.
func TestFared(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("AWS_LAMBDA_FUNCTION_VERSION", "7")
	t.Setenv("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/23/[7]0123456789abcdef")
	engine := filepath.Join(t.TempDir(), "engine")
	if err := os.WriteFile(engine, []byte("an engine"), 0o600); err != nil {
		t.Fatal(err)
	}
	const about = "engine 9 7 2026/11/23/[7]0123456789abcdef\n"
	for name, c := range map[string]struct{ mark, why, at string }{
		"none":                  {"", "", ""},
		"nothing in it":         {about, "", ""},
		"half a line":           {"engine 9", "", ""},
		"started":               {about + "1 start\n", "it was started, and ended before it was handed an event", "1"},
		"started, cut off":      {about + "1 start", "it was started, and ended before it was handed an event", "1"},
		"handed":                {about + "1 start\n2 event\n", "it was handed its first event, and ended before it answered", "2"},
		"answered":              {about + "1 start\n2 event\n3 answer\n", "", ""},
		"answered, started":     {about + "1 start\n2 event\n3 answer\n4 start\n", "it was started, and ended before it was handed an event (start 2)", "4"},
		"answered twice":        {about + "1 start\n2 event\n3 answer\n4 start\n5 event\n6 answer\n", "", ""},
		"answered thrice":       {about + strings.Repeat("1 start\n2 event\n3 answer\n", 3), "it answers, and has ended each time (start 3)", "3"},
		"said":                  {about + "1 start\n2 it panicked: boom\n", "it panicked: boom", "2"},
		"another engine's":      {strings.Replace(about, "9", "8", 1) + "1 start\n", "", ""},
		"another version's":     {strings.Replace(about, " 7 ", " 6 ", 1) + "1 start\n", "", ""},
		"another environment's": {strings.Replace(about, "abcdef", "fedcba", 1) + "1 start\n", "", ""},
		"noise":                 {"\x00\xff\n\n1\n", "", ""},
		"noise below":           {about + "\x00\xff\n\n1\n", "", ""},
		"much":                  {about + "1 start\n2 " + strings.Repeat("x", 2*longest), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := newMark(engine).path
			_ = os.Remove(path)
			if c.mark != "" {
				if err := os.WriteFile(path, []byte(c.mark), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			why, at := newMark(engine).fared()
			if name == "much" {
				if !strings.Contains(why, "xxx") {
					t.Errorf("it fared %.80q", why)
				}
				return
			}
			if c.why != "" {
				c.why = unfit + c.why
			}
			if why != c.why || at != c.at {
				t.Errorf("it fared %q since %q, want %q since %q", why, at, c.why, c.at)
			}
		})
	}
}

// TestStart: a start is added to the engine's mark, and takes the place of another's.
func TestStart(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("AWS_LAMBDA_LOG_STREAM_NAME", "$LATEST") // an emulator's: it is the parent then
	engine, other := filepath.Join(t.TempDir(), "engine"), filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(other, []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	for n, file := range []string{engine, engine, other, engine} {
		one := newMark(file)
		if err := one.start(); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(one.path)
		want := []int{1, 2, 1, 1}[n]
		if err != nil || strings.Count(string(raw), " start\n") != want || !strings.HasPrefix(string(raw), one.about+"\n") {
			t.Errorf("the mark is %q, %v, and should have %d starts", raw, err, want)
		}
	}
	info, err := os.Stat(newMark(engine).path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mark is %v, %v", info, err)
	}
}

// TestNoMark: what stands in the mark's place and is no file keeps nobody waiting. The
// engine is tried, and a mark takes its place where it can.
func TestNoMark(t *testing.T) {
	engine := filepath.Join(t.TempDir(), "engine")
	for name, c := range map[string]struct {
		put   func(path string) error
		gives bool
	}{
		"a pipe":         {func(path string) error { return syscall.Mkfifo(path, 0o600) }, true},
		"a folder":       {func(path string) error { return os.Mkdir(path, 0o700) }, true},
		"a folder, full": {func(path string) error { return os.MkdirAll(filepath.Join(path, "x"), 0o700) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			if err := c.put(newMark(engine).path); err != nil {
				t.Fatal(err)
			}
			done := make(chan error)
			go func() {
				m := newMark(engine)
				if why, _ := m.fared(); why != "" {
					t.Errorf("it fared %q", why)
				}
				_ = m.add("x")
				done <- m.start()
			}()
			select {
			case err := <-done:
				if raw, _ := os.ReadFile(newMark(engine).path); (err == nil) != c.gives || strings.Contains(string(raw), started) != c.gives {
					t.Errorf("the mark is %q, %v", raw, err)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("it hangs")
			}
		})
	}
}

// TestWaits: an event may have been waiting since the start of an engine that ended
// before it was handed one.
func TestWaits(t *testing.T) {
	now := time.Now().UnixMilli()
	for events, since := range map[string]string{
		"1795413600 start": "1795413600000",
		"1795413600 start\n1795413601 event\n1795413602 answer\n1795413603 start": "1795413603000",
		"":                                     "",
		"1795413600 start\n1795413601 event":   "",
		"1795413600 start\n1795413604 it hung": "",
		"1795413600 start\n1795413601 start cold": "",
	} {
		got := mark{events: events}.waits()
		at, err := strconv.ParseInt(got, 10, 64)
		if since != "" && got != since || since == "" && (err != nil || at < now) {
			t.Errorf("after %q it waits since %s", events, got)
		}
	}
}

// BenchmarkMark is what a cold start pays for it.
func BenchmarkMark(b *testing.B) {
	b.Setenv("TMPDIR", b.TempDir())
	for b.Loop() {
		m := newMark("mark.go")
		m.fared()
		if err := m.start(); err != nil {
			b.Fatal(err)
		}
		_ = os.Remove(m.path)
	}
}
