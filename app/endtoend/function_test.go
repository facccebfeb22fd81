package endtoend

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// function is LEE as Lambda runs it: dist/bootstrap in a process of its own.
type function struct {
	*lambdaapi.Function
	output *output
	// failsafe says that the failsafe answers, which has no line in the log for
	// what went well.
	failsafe bool
	// secrets are what must show in no answer and nowhere in the output.
	secrets []string
}

// output is what a process prints.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// patience is what nothing takes that comes at all, however busy the machine is.
const patience = time.Minute

// raceOptions are those of the race detector in the programs: without the second one each
// program would end a second late.
const raceOptions = "halt_on_error=1 atexit_sleep_ms=0"

// until waits for something to become true.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("without success: %s", what)
		}
	}
}

// wait returns the output's first line that holds all the words; it comes by a
// pipe, and so a moment after the answer. The test fails when it does not.
func (o *output) wait(t *testing.T, words ...string) string {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
	lines:
		for line := range strings.Lines(o.String()) {
			for _, word := range words {
				if !strings.Contains(line, word) {
					continue lines
				}
			}
			return line
		}
		if time.Now().After(end) {
			t.Fatalf("no line of the output has %q:\n%s", words, o)
		}
	}
}

// start starts LEE against a home, with more in its environment. Change is for
// what else Lambda may do differently.
func start(t *testing.T, h *home, env map[string]string, change ...func(*lambdaapi.Config)) *function {
	t.Helper()
	f := &function{
		output:   &output{},
		failsafe: env["LAMBDA_MODE"] == "failsafe",
		secrets:  []string{ownCanary, accountCanary},
	}
	config := lambdaapi.Config{
		Executable: program(t, "bootstrap"),
		Env:        map[string]string{"GORACE": raceOptions},
		Output:     f.output,
		Timeout:    10 * time.Second,
		Grace:      patience,
	}
	if h != nil {
		maps.Copy(config.Env, h.env())
		f.secrets = append(f.secrets, h.token)
	}
	maps.Copy(config.Env, env)
	for _, c := range change {
		c(&config)
	}
	var err error
	if f.Function, err = lambdaapi.Start(config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		f.output.check(t, f.secrets)
	})
	return f
}

// asReleased has the programs started as they are released, without the race detector.
func asReleased(t *testing.T) func(*lambdaapi.Config) {
	t.Helper()
	folder, err := released()
	if err != nil {
		t.Fatal(err)
	}
	return func(c *lambdaapi.Config) { c.Executable = filepath.Join(folder, "bootstrap") }
}

// check looks at all that a process has printed.
func (o *output) check(t *testing.T, secrets []string) {
	t.Helper()
	out := o.String()
	for _, secret := range secrets {
		if secret != "" && strings.Contains(out, secret) {
			t.Errorf("a secret is in the output:\n%s", out)
		}
	}
	for _, sign := range []string{"DATA RACE", "goroutine 1 [", "fatal error:"} {
		if strings.Contains(out, sign) {
			t.Errorf("the function broke (%s):\n%s", sign, out)
		}
	}
	if t.Failed() {
		t.Logf("the last that the function printed:\n%s", out[max(0, len(out)-4000):])
	}
}

// invoke sends an event that LEE must answer, whatever it is, and checks what
// holds of all answers: the process lives on, no secret is in the answer, and
// there is a line in the log under the request's id.
func (f *function) invoke(t *testing.T, event []byte) lambdaapi.Result {
	t.Helper()
	result, err := f.Invoke(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	if result.Error != nil || result.Exit != "" {
		t.Fatalf("the function failed: %v %s\n%s", result.Error, result.Exit, f.output)
	}
	if result.Process != 1 {
		t.Errorf("it is process %d that answers", result.Process)
	}
	if !json.Valid(result.Payload) {
		t.Fatalf("the answer is not JSON: %.300q", result.Payload)
	}
	for _, secret := range f.secrets {
		if secret != "" && bytes.Contains(result.Payload, []byte(secret)) {
			t.Errorf("a secret is in the answer: %.300s", result.Payload)
		}
	}
	return result
}

// logged is the line that an invocation leaves in the engine's log.
type logged struct {
	Level, Outcome, Event, Directive, Endpoint, Error string
}

// line returns the line of an invocation.
func (f *function) line(t *testing.T, result lambdaapi.Result) (l logged) {
	t.Helper()
	raw := f.output.wait(t, `"message":"answered"`, `"correlation":"`+result.RequestID+`"`)
	if err := json.Unmarshal([]byte(raw), &l); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	return l
}
