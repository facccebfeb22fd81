package endtoend

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// sideBySide is the released program under a Runtime API that hands it two events at
// once, as Lambda does where a function runs on instances of one's own
// (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html).
type sideBySide struct {
	output *output
	read   int // how much of the output has been told
	offers chan offered

	mu      sync.Mutex
	number  int
	answers map[string]chan []byte
}

var _ teller = (*sideBySide)(nil)

// offered is an event on its way, and how long its answer may take.
type offered struct {
	id     string
	event  []byte
	within time.Duration
}

func startSideBySide(t *testing.T, h *home, more map[string]string) *sideBySide {
	t.Helper()
	var c lambdaapi.Config
	asReleased(t)(&c)
	s := &sideBySide{output: &output{}, offers: make(chan offered), answers: map[string]chan []byte{}}
	api := httptest.NewServer(s.routes())
	env := tellsAll(more)
	maps.Copy(env, h.env())
	env["AWS_LAMBDA_RUNTIME_API"] = strings.TrimPrefix(api.URL, "http://")
	env["AWS_LAMBDA_MAX_CONCURRENCY"] = "2"
	env["TMPDIR"] = t.TempDir() // an environment's processes leave marks for each other there
	command := exec.Command(c.Executable)
	for name, value := range env {
		command.Env = append(command.Env, name+"="+value)
	}
	command.Stdout, command.Stderr = s.output, s.output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
		api.CloseClientConnections()
		api.Close()
		s.output.check(t, []string{ownCanary, accountCanary, h.token})
	})
	return s
}

// routes is the Runtime API
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
func (s *sideBySide) routes() http.Handler {
	const root = "/2018-06-01/runtime/invocation/"
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+root+"next", func(w http.ResponseWriter, r *http.Request) {
		select {
		case o := <-s.offers:
			w.Header().Set("Lambda-Runtime-Aws-Request-Id", o.id)
			w.Header().Set("Lambda-Runtime-Deadline-Ms", fmt.Sprint(time.Now().Add(o.within).UnixMilli()))
			_, _ = w.Write(o.event)
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("POST "+root+"{id}/{kind}", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		to := s.answers[r.PathValue("id")]
		s.mu.Unlock()
		to <- body
		w.WriteHeader(http.StatusAccepted)
	})
	return mux
}

// begin hands the program an event, whose answer comes by the channel.
func (s *sideBySide) begin(t *testing.T, event []byte, within time.Duration) (id string, answer <-chan []byte) {
	t.Helper()
	to := make(chan []byte, 1)
	s.mu.Lock()
	s.number++
	id = fmt.Sprintf("event-%d", s.number)
	s.answers[id] = to
	s.mu.Unlock()
	select {
	case s.offers <- offered{id, event, within}:
	case <-time.After(patience):
		t.Fatalf("nobody takes the event:\n%s", s.output)
	}
	return id, to
}

// await returns an answer.
func (s *sideBySide) await(t *testing.T, answer <-chan []byte) []byte {
	t.Helper()
	select {
	case raw := <-answer:
		return raw
	case <-time.After(patience):
		t.Fatalf("no answer:\n%s", s.output)
		return nil
	}
}

// tell implements teller. The log is what was logged since the last time.
func (s *sideBySide) tell(t *testing.T, event []byte) (answer []byte, log []string) {
	t.Helper()
	id, to := s.begin(t, event, 10*time.Second)
	answer = s.await(t, to)
	last := s.output.wait(t, `"message":"answered"`, `"correlation":"`+id+`"`)
	all := s.output.String()
	all = all[:strings.Index(all, last)+len(last)]
	for line := range strings.Lines(all[s.read:]) {
		log = append(log, line)
	}
	s.read = len(all)
	return answer, log
}

// TestSideBySide meets the two checks that no event meets alone: a port that another
// event uses, and one that is held.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	p := startSideBySide(t, h, map[string]string{"LUGS_IDLE_TIMEOUT": "0"})
	s := &story{teller: p}
	s.tell(t, reportState)
	s.begin(t, "side by side: birth", ports...)

	fault := &demohome.Fault{Hang: demohome.Before, Times: 2} // a read is sent again on another connection
	h.demo.Inject(fault)
	_, other := p.begin(t, reportState, 8*time.Second)
	until(t, "the home gets the question", func() bool { return fault.Hits() > 0 })
	s.step(t, "side by side: in flight", ports, ping)
	if answer := p.await(t, other); !strings.Contains(string(answer), "BRIDGE_UNREACHABLE") {
		t.Errorf("who asked what hung was answered %s", answer)
	}
	s.step(t, "side by side: over", ports, ping)
	s.step(t, "side by side: held", ports, []byte(`{"operation":"lugs","hold":"home"}`), ping)
	s.step(t, "side by side: released", ports, []byte(`{"operation":"lugs","release":"home"}`), ping)
	p.named(t)
}

// named wants each line of the log to say of which event it is.
func (s *sideBySide) named(t *testing.T) {
	t.Helper()
	lines := 0
	for line := range strings.Lines(s.output.String()) {
		var members struct{ Message, Correlation string }
		if json.Unmarshal([]byte(line), &members) != nil || members.Message == "" {
			continue // a metric
		}
		lines++
		if !strings.HasPrefix(members.Correlation, "event-") {
			t.Errorf("a line does not say of which event it is: %s", line)
		}
	}
	if lines < s.number {
		t.Errorf("%d lines are logged for %d events", lines, s.number)
	}
}
