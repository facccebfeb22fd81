package delivery

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// breakages are the ways in which the engine is broken on purpose, in the order of
// docs/failsafe.md.
var breakages = []struct {
	what string
	// env is put into the function's environment.
	env map[string]string
	// change changes the engine's file, nil for one that breaks by its environment.
	change func(engine []byte) []byte
	init   time.Duration
}{
	{what: "every setting is wrong", env: map[string]string{
		"CONFIGURATION_TIER": "huge", "LOG_LEVEL": "loud", "HA_FEATURES": "magic", "HA_CACHE_TTL": "soon", "LUGS_ENABLED": "perhaps",
		"HOME_ASSISTANT_TIMEOUT": "never", "HOME_ASSISTANT_CA": "none", "HA_LOCALE": "xx", "HA_NAMES": "x", "HA_OVERRIDES": "y",
	}, change: as},
	{what: "a constructor fails (a wiring error)", env: map[string]string{"BROKEN": "error"}},
	{what: "a constructor panics", env: map[string]string{"BROKEN": "panic"}},
	{what: "its file is missing", change: func([]byte) []byte { return nil }},
	{what: "its file is cut off", change: func(engine []byte) []byte { return engine[:len(engine)/2] }},
	{what: "its file holds something else", change: func(engine []byte) []byte { return bytes.Repeat([]byte("x"), len(engine)) }},
	{what: "it is for another processor", change: func(engine []byte) []byte { engine[18], engine[19] = 22, 0; return engine }},
	{what: "it takes more memory than there is", env: map[string]string{"BROKEN": "memory"}},
	{what: "it hangs while it starts", env: map[string]string{"BROKEN": "hang"}},
	{what: "it hangs before its first line", env: map[string]string{"BROKEN": "hang before main"}, init: 5 * time.Second},
	{what: "it crashes at the first directive", env: map[string]string{"BROKEN": "directive"}},
	{what: "it hangs at the first directive", env: map[string]string{"BROKEN": "directive that hangs"}},
}

func as(engine []byte) []byte { return engine }

// TestBrokenEngine: what Alexa gets when the engine is broken, in the package that is
// deployed, under a Lambda that restarts processes as Amazon's does.
func TestBrokenEngine(t *testing.T) {
	rows := make([]string, len(breakages))
	t.Run("broken", func(t *testing.T) {
		for i, b := range breakages {
			t.Run(b.what, func(t *testing.T) {
				t.Parallel()
				task := unpacked(t)
				replaceEngine(t, task, b.change)
				f := runs(t, task, b.env, b.init)
				first, second, third := f.turn(t, "TurnOn"), f.turn(t, "TurnOff"), f.turn(t, "TurnOn")
				if second != third {
					t.Errorf("the second directive gets %s, and the third %s", second, third)
				}
				if status := f.state(); status != "on" {
					t.Errorf("the lamp is %s", status)
				}
				why := f.why(t)
				if why == "" {
					why = "nothing: the engine answers"
				}
				rows[i] = fmt.Sprintf("| %s | %s | %s | %s |", b.what, first, second, why)
			})
		}
	})
	compare(t, filepath.Join(root, "docs", "failsafe.md"), "broken", strings.Join(rows, "\n"))
}

// TestWorkingEngine: an engine that works is not taken for one that does not, however
// its processes end.
func TestWorkingEngine(t *testing.T) {
	task := unpacked(t)
	t.Run("it ends after it has answered", func(t *testing.T) {
		f := runs(t, task, nil, 0)
		for n := range 3 {
			f.turn(t, "TurnOn")
			if why := f.why(t); why != "" {
				t.Fatalf("after %d ends: %s", n, why)
			}
			f.end(t, syscall.SIGKILL)
		}
		// An engine that loses an event again and again in the same place is not fit.
		f.turn(t, "TurnOn")
		if why := f.why(t); !strings.Contains(why, "it answers, and has ended each time") {
			t.Errorf("after the third end: %q", why)
		}
	})
	t.Run("it is shut down before it was needed", func(t *testing.T) {
		f := runs(t, task, nil, 0)
		for range 4 {
			if _, err := f.Init(t.Context()); err != nil {
				t.Fatal(err)
			}
			f.end(t, syscall.SIGTERM)
		}
		if got := f.turn(t, "TurnOn"); got != "`Response`" || f.why(t) != "" {
			t.Errorf("it gets %s, and %q", got, f.why(t))
		}
	})
	t.Run("it is another function's", func(t *testing.T) {
		temp := t.TempDir()
		mark := "engine 1 $LATEST 2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef\n1795413600 start\n"
		if err := os.WriteFile(filepath.Join(temp, "lee-engine"), []byte(mark), 0o600); err != nil {
			t.Fatal(err)
		}
		f := runs(t, task, map[string]string{"TMPDIR": temp}, 0)
		if got := f.turn(t, "TurnOn"); got != "`Response`" || f.why(t) != "" {
			t.Errorf("it gets %s, and %q", got, f.why(t))
		}
	})
	t.Run("there is no place for a mark", func(t *testing.T) {
		f := runs(t, task, map[string]string{"TMPDIR": filepath.Join(t.TempDir(), "nowhere")}, 0)
		if got := f.turn(t, "TurnOn"); got != "`Response`" || f.why(t) != "" {
			t.Errorf("it gets %s, and %q", got, f.why(t))
		}
	})
}

// TestFailsafeStays: once taken, the failsafe is taken for the life of the environment,
// and another environment begins again.
func TestFailsafeStays(t *testing.T) {
	task := unpacked(t)
	engine, err := os.ReadFile(filepath.Join(task, "engine"))
	if err != nil {
		t.Fatal(err)
	}
	replaceEngine(t, task, nil)
	f := runs(t, task, map[string]string{"BROKEN": "error"}, 0)
	f.turn(t, "TurnOn")
	why := f.why(t)
	f.end(t, syscall.SIGKILL)
	f.turn(t, "TurnOff")
	if again := f.why(t); again != why || why == "" || strings.Count(f.log.String(), "[FAILSAFE] Mode active") != 2 {
		t.Errorf("at first %q, then %q:\n%s", why, again, f.log)
	}
	result, err := f.Invoke(t.Context(), []byte(`{"operation":"health"}`))
	if err != nil || !bytes.Contains(result.Payload, []byte("there is no clock")) || !bytes.Contains(result.Payload, []byte(`"degraded"`)) {
		t.Errorf("the health is %s, %v", result.Payload, err)
	}
	if !regexp.MustCompile(`\{"_aws":.*"Failsafe":1,`).MatchString(f.log.String()) {
		t.Errorf("it is not counted:\n%s", f.log)
	}
	unmarked := runs(t, task, map[string]string{"BROKEN": "error", "TMPDIR": filepath.Join(t.TempDir(), "nowhere")}, 0)
	if got := unmarked.turn(t, "TurnOn"); got != "`Response`" || unmarked.why(t) != why {
		t.Errorf("without a place for a mark it gets %s, and %q", got, unmarked.why(t))
	}
	replaceEngine(t, task, func([]byte) []byte { return engine })
	other := runs(t, task, nil, 0)
	if got := other.turn(t, "TurnOn"); got != "`Response`" || other.why(t) != "" {
		t.Errorf("another environment gets %s, and %q", got, other.why(t))
	}
}

// running is a function whose package has been unpacked, before a demo house.
type running struct {
	*lambdaapi.Function
	house *demohome.House
	log   *log
}

// log is what a function prints.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// runs starts a function, with the memory of Lambda's smallest where the machine can
// hold it to that.
func runs(t *testing.T, task string, env map[string]string, init time.Duration) *running {
	t.Helper()
	house := demohome.New(demohome.Options{})
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &running{house: house, log: &log{}}
	config := lambdaapi.Config{
		Executable: filepath.Join(task, "bootstrap"), Output: f.log, Timeout: 10 * time.Second, InitTimeout: init, Confine: env["BROKEN"] == "memory",
		Env: map[string]string{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken},
	}
	if !strings.Contains(env["BROKEN"], "hang") {
		config.Grace = time.Minute // a busy machine is not taken for an engine that hangs
	}
	for name, value := range env {
		config.Env[name] = value
	}
	f.Function, err = lambdaapi.Start(config)
	if errors.Is(err, lambdaapi.ErrNoConfinement) {
		config.Confine = false
		f.Function, err = lambdaapi.Start(config)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = f.Close()
		_ = server.Close()
		_ = house.Close()
	})
	return f
}

// turn has Alexa switch a lamp, and says what it gets.
func (f *running) turn(t *testing.T, name string) string {
	t.Helper()
	directive := fmt.Appendf(nil, `{"header":{"namespace":"Alexa.PowerController","name":%q,"payloadVersion":"3","messageId":"1","correlationToken":"2"},
		"endpoint":{"endpointId":"light#porch_light","scope":{"type":"BearerToken","token":"any"}},"payload":{}}`, name)
	result, err := f.Invoke(t.Context(), fmt.Appendf(nil, `{"directive":%s}`, directive))
	if err != nil {
		t.Fatal(err)
	}
	if result.Error != nil {
		return "nothing (`" + result.Error.Type + "`)"
	}
	asked, err := alexa.Parse(directive)
	if err != nil {
		t.Fatal(err)
	}
	alexatest.CheckReply(t, asked, result.Payload)
	var answer alexa.Answer
	if err := json.Unmarshal(result.Payload, &answer); err != nil {
		t.Fatal(err)
	}
	return "`" + answer.Event.Header.Name + "`"
}

// state is how the house says that the lamp is.
func (f *running) state() string {
	lamp, _ := f.house.State("light.porch_light")
	return lamp.State
}

// why is what the log says of the failsafe, without the time, "" when it was not taken.
func (f *running) why(t *testing.T) string {
	t.Helper()
	said := regexp.MustCompile(`\[FAILSAFE\] Mode active: the engine does not work here: (.*), since `).FindStringSubmatch(f.log.String())
	if said == nil {
		return ""
	}
	return said[1]
}

// end ends the function's process.
func (f *running) end(t *testing.T, with syscall.Signal) {
	t.Helper()
	pid := f.PID()
	if pid == 0 { // to which a signal is one to the test's own process group
		t.Fatal("it has ended before")
	}
	if err := syscall.Kill(pid, with); err != nil {
		t.Fatal(err)
	}
	for patience := time.Now().Add(time.Minute); f.PID() != 0; time.Sleep(time.Millisecond) {
		if time.Now().After(patience) {
			t.Fatal("it does not end")
		}
	}
}

// compare compares a part of a page, between two comments, with what is so.
func compare(t *testing.T, page, part, is string) {
	t.Helper()
	begin, end := "<!-- "+part+" -->\n", "\n<!-- /"+part+" -->"
	text := read(t, page)
	before, rest, found := strings.Cut(text, begin)
	said, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no part %q:\n%s", page, part, is)
	}
	head, body, _ := strings.Cut(said, "|\n|---|---|---|---|\n")
	if body == is || t.Failed() {
		return
	}
	if !update {
		t.Fatalf("%s says\n%s\nand it is\n%s\n(UPDATE=1 go test ./app/delivery -run Broken writes it)", page, body, is)
	}
	if err := os.WriteFile(page, []byte(before+begin+head+"|\n|---|---|---|---|\n"+is+end+after), 0o600); err != nil {
		t.Fatal(err)
	}
}
