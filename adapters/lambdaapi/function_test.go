package lambdaapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestInvoke(t *testing.T) {
	f := start(t, nil)
	first := invoke(t, f, order{Do: "echo", Text: "lamp"})
	if string(first.Payload) != `"lamp"` || first.Error != nil || first.Exit != "" {
		t.Fatalf("first: %+v", first)
	}
	if !first.Cold || first.Process != 1 || first.InitDuration <= 0 || first.Duration <= 0 {
		t.Errorf("the first invocation is not a cold one: %+v", first)
	}
	second := invoke(t, f, order{Do: "echo", Text: "fan"})
	if string(second.Payload) != `"fan"` || second.Cold || second.Process != 1 || second.InitDuration != 0 {
		t.Errorf("the second invocation is not a warm one: %+v", second)
	}
	if second.RequestID == first.RequestID {
		t.Errorf("both have the id %s", second.RequestID)
	}
}

// What ends badly, how it is told, and whether the process outlives it.
func TestFailures(t *testing.T) {
	t.Parallel()
	const timeout = 500 * time.Millisecond
	cases := map[string]struct {
		order   order
		kind    string
		message string // {id} stands for the request id
		exit    string
	}{
		"handler error": {order{Do: "fail", Text: "no such lamp"},
			"errorString", "no such lamp", ""},
		"panic": {order{Do: "panic", Text: "out of bulbs"},
			"string", "out of bulbs", "exit status 1"},
		"exit": {order{Do: "exit"},
			TypeExit, "RequestId: {id} Error: Runtime exited with error: exit status 3", "exit status 3"},
		"exit with success": {order{Do: "exit quietly"},
			TypeExit, "RequestId: {id} Error: Runtime exited without providing a reason", "exit status 0"},
		"hang": {order{Do: "hang"},
			TypeTimedOut, "RequestId: {id} Error: Task timed out after 0.50 seconds", "signal: killed"},
		"answer too large": {order{Do: "large", Size: MaxResponse + 1},
			TypeResponseTooLarge, "Response payload size exceeded maximum allowed payload size (6291556 bytes).", "exit status 1"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, func(config *Config) {
				if c.kind == TypeTimedOut {
					config.Timeout = timeout
				}
			})
			if _, err := f.Init(t.Context()); err != nil {
				t.Fatal(err)
			}
			failed := invoke(t, f, c.order)
			if failed.Error == nil {
				t.Fatalf("no error: %+v", failed)
			}
			message := strings.ReplaceAll(c.message, "{id}", failed.RequestID)
			if failed.Error.Type != c.kind || failed.Error.Message != message || failed.Exit != c.exit {
				t.Errorf("got %q, %q, exit %q", failed.Error.Type, failed.Error.Message, failed.Exit)
			}
			var payload struct{ ErrorType, ErrorMessage string }
			if err := json.Unmarshal(failed.Payload, &payload); err != nil {
				t.Fatalf("payload %s: %v", failed.Payload, err)
			}
			if payload.ErrorType != c.kind || payload.ErrorMessage != message {
				t.Errorf("payload %s", failed.Payload)
			}

			if _, err := f.Init(t.Context()); err != nil { // so that no time-out meets a slow start
				t.Fatal(err)
			}
			after := invoke(t, f, order{Do: "echo", Text: "still there"})
			restarted := c.exit != ""
			if string(after.Payload) != `"still there"` || after.Cold != restarted || (after.Process == 2) != restarted {
				t.Errorf("afterwards: %+v", after)
			}
		})
	}
}

func TestProcessThatDiesBetweenInvocations(t *testing.T) {
	f := start(t, nil)
	invoke(t, f, order{Do: "echo"})
	pid := f.PID()
	if pid == 0 { // to which a signal is one to the test's own process group
		t.Fatal("it has ended before")
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the end of the process", func() bool { return f.PID() == 0 })
	if after := invoke(t, f, order{Do: "echo", Text: "again"}); string(after.Payload) != `"again"` || after.Process != 2 {
		t.Errorf("not restarted: %+v", after)
	}
}

func TestExecutableThatIsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bootstrap")
	if err := portstest.WriteProgram(file, []byte("no program")); err != nil {
		t.Fatal(err)
	}
	f := start(t, func(config *Config) { config.Executable = file })
	result := invoke(t, f, order{Do: "echo"})
	if result.Error == nil || result.Error.Type != TypeInvalidEntrypoint || result.Process != 0 {
		t.Errorf("result %+v", result)
	}
}

func TestInitAhead(t *testing.T) {
	f := start(t, nil)
	if f.PID() != 0 {
		t.Errorf("process %d runs before it is needed", f.PID())
	}
	took, err := f.Init(t.Context())
	if err != nil || took <= 0 {
		t.Fatalf("init: %v, %v", took, err)
	}
	pid := f.PID()
	if again, err := f.Init(t.Context()); err != nil || again != took || f.PID() != pid {
		t.Errorf("second init: %v, %v, process %d after %d", again, err, f.PID(), pid)
	}
	if result := invoke(t, f, order{Do: "pid"}); !result.Cold || result.InitDuration != took || string(result.Payload) != strconv.Itoa(pid) {
		t.Errorf("first event: %+v", result)
	}
}

func TestSizesOfEventsAndAnswers(t *testing.T) {
	f := start(t, nil)
	event := []byte(`{"do":"length","text":"`)
	event = append(event, bytes.Repeat([]byte("x"), MaxEvent-len(event)-2)...)
	event = append(event, `"}`...)
	result, err := f.Invoke(t.Context(), event)
	if want := strconv.Itoa(MaxEvent - len(`{"do":"length","text":""}`)); err != nil || string(result.Payload) != want {
		t.Errorf("largest event: %.100s, %v, want %s", result.Payload, err, want)
	}
	if _, err := f.Invoke(t.Context(), append(event, ' ')); !errors.Is(err, ErrEventTooLarge) {
		t.Errorf("one byte more: %v", err)
	}
	if result := invoke(t, f, order{Do: "large", Size: MaxResponse}); result.Error != nil || len(result.Payload) != MaxResponse {
		t.Errorf("largest answer: %d bytes, %v", len(result.Payload), result.Error)
	}
	for _, odd := range []string{"", "{", "\x00\xff", "[]"} {
		if result, err := f.Invoke(t.Context(), []byte(odd)); err != nil || result.Error == nil || result.Process != 1 {
			t.Errorf("event %q: %+v, %v", odd, result, err)
		}
	}
}

func TestOneAtATime(t *testing.T) {
	f := start(t, nil)
	const callers = 8
	var group sync.WaitGroup
	ids := make(chan string, callers)
	for n := range callers {
		group.Go(func() {
			text := strconv.Itoa(n)
			event, _ := json.Marshal(order{Do: "echo", Text: text})
			result, err := f.Invoke(t.Context(), event)
			if err != nil || string(result.Payload) != strconv.Quote(text) || result.Process != 1 {
				t.Errorf("caller %d: %+v, %v", n, result, err)
			}
			ids <- result.RequestID
		})
	}
	group.Wait()
	close(ids)
	seen := map[string]bool{}
	for id := range ids {
		seen[id] = true
	}
	if len(seen) != callers {
		t.Errorf("%d ids for %d invocations", len(seen), callers)
	}
}

// A caller who stops waiting takes his event out of the queue, but not out of the function.
func TestCallersWhoLeave(t *testing.T) {
	f := start(t, nil)
	file := filepath.Join(t.TempDir(), "go")
	event, _ := json.Marshal(order{Do: "wait", File: file})

	ctx, leave := context.WithCancel(t.Context())
	running := make(chan error, 1)
	go func() {
		_, err := f.Invoke(ctx, event)
		running <- err
	}()
	eventually(t, "the invocation's begin", func() bool { return exists(file + ".begun") })

	queued, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := f.Invoke(queued, []byte(`{"do":"exit"}`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("in the queue: %v", err)
	}
	leave()
	if err := <-running; !errors.Is(err, context.Canceled) {
		t.Errorf("under way: %v", err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if result := invoke(t, f, order{Do: "echo", Text: "next"}); string(result.Payload) != `"next"` || result.Process != 1 {
		t.Errorf("afterwards: %+v", result)
	}
}

func TestClose(t *testing.T) {
	f := start(t, nil)
	file := filepath.Join(t.TempDir(), "never")
	event, _ := json.Marshal(order{Do: "wait", File: file})
	running := make(chan error, 1)
	go func() {
		_, err := f.Invoke(context.Background(), event)
		running <- err
	}()
	eventually(t, "the invocation's begin", func() bool { return exists(file + ".begun") })
	pid := f.PID()

	if err := f.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if err := <-running; !errors.Is(err, ErrClosed) {
		t.Errorf("under way: %v", err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d is still there, perhaps as a zombie: %v", pid, err)
	}
	if _, err := f.Invoke(context.Background(), event); !errors.Is(err, ErrClosed) {
		t.Errorf("invoke after close: %v", err)
	}
	if _, err := f.Init(context.Background()); !errors.Is(err, ErrClosed) {
		t.Errorf("init after close: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

// Amazon's client never does this; a hand-written runtime may.
func TestAnswerWithoutANextPoll(t *testing.T) {
	t.Parallel()
	for how, want := range map[string]struct{ kind, exit string }{
		"answer and hang": {TypeTimedOut, "signal: killed"},
		"answer and exit": {"", "exit status 0"},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			f := start(t, func(config *Config) {
				config.Env[childVariable] = how
				if want.kind == TypeTimedOut {
					config.Timeout = 500 * time.Millisecond
				}
			})
			result := invoke(t, f, order{Do: "echo"})
			kind := ""
			if result.Error != nil {
				kind = result.Error.Type
			}
			if kind != want.kind || result.Exit != want.exit || (kind == "") != (string(result.Payload) == `"on"`) {
				t.Errorf("result %+v, payload %s", result, result.Payload)
			}
		})
	}
}

func TestCloseWithoutAnyEvent(t *testing.T) {
	f := start(t, nil)
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

func TestOutput(t *testing.T) {
	var output bytes.Buffer
	f := start(t, func(config *Config) { config.Output = &output })
	invoke(t, f, order{Do: "print", Text: "lamp"})
	if err := f.Close(); err != nil { // after it nobody writes
		t.Fatal(err)
	}
	if got := output.String(); got != "to stdout: lamp\nto stderr: lamp\n" {
		t.Errorf("got %q", got)
	}
}
