package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// handler is an engine.
type handler func() []byte

func (h handler) Invoke(context.Context, []byte) ([]byte, error) { return h(), nil }

// TestTrial: the first event and its answer are noted, and nothing after them.
func TestTrial(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "mark")
	if err := os.WriteFile(mark, []byte("engine\n1 start\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := &tried{Handler: handler(func() []byte { return []byte("on") }), trial: &trial{mark: opened(t, mark)}}
	h.trial.ready()
	for range 3 {
		if answer, err := h.Invoke(t.Context(), nil); string(answer) != "on" || err != nil {
			t.Errorf("answered %s, %v", answer, err)
		}
	}
	if !regexp.MustCompile(`^engine\n1 start\n\d+ event\n\d+ answer\n$`).MatchString(noted(t, mark)) || h.trial.waits.Load() {
		t.Errorf("noted is %q", noted(t, mark))
	}
}

// TestTrialPanics: a panic over the first event is noted on one line, and goes on; a
// later one is not noted, since the engine has passed.
func TestTrialPanics(t *testing.T) {
	for after, want := range map[int]string{0: `^\d+ event\n\d+ it panicked: at the\s.*x\n$`, 1: `^\d+ event\n\d+ answer\n$`} {
		mark := filepath.Join(t.TempDir(), "mark")
		if err := os.WriteFile(mark, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		h := &tried{Handler: handler(func() []byte { return nil }), trial: &trial{mark: opened(t, mark)}}
		for range after {
			_, _ = h.Invoke(t.Context(), nil)
		}
		h.Handler = handler(func() []byte { panic("at the\n" + strings.Repeat("x", 2*longestWhy)) })
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is lost")
				}
			}()
			_, _ = h.Invoke(t.Context(), nil)
		}()
		if got := noted(t, mark); !regexp.MustCompile(want).MatchString(got) || len(got) > longestWhy+50 {
			t.Errorf("after %d events noted is %q", after, got)
		}
	}
}

// TestNoTrial: without a mark nothing is noted, and all works. A pipe in its place keeps
// nobody waiting.
func TestNoTrial(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"engine"}, {"engine", filepath.Join(t.TempDir(), "none")}, {"engine", pipe}} {
		begun := begin(args)
		if begun.mark != nil || begun.hung != nil {
			t.Errorf("%q: it is tried: %+v", args, begun)
		}
		h := &tried{Handler: handler(func() []byte { return []byte("on") }), trial: begun}
		if answer, err := h.Invoke(t.Context(), nil); string(answer) != "on" || err != nil {
			t.Errorf("answered %s, %v", answer, err)
		}
	}
}

func opened(t *testing.T, mark string) *os.File {
	t.Helper()
	f, err := os.OpenFile(mark, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func noted(t *testing.T, mark string) string {
	t.Helper()
	raw, err := os.ReadFile(mark)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
