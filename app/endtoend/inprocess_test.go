package endtoend

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
)

// inProcess is the engine's parts in this process, where events may come side by
// side and a test may hold on to a port.
type inProcess struct {
	engine *engine.Engine
	home   *lifecycle.Lazy[gateway.HomeAssistant]
	output *output
	read   int // how much of the output has been told
	events atomic.Int64
}

var _ teller = (*inProcess)(nil)

func newInProcess(t *testing.T, h *home, more map[string]string) *inProcess {
	t.Helper()
	env := tellsAll(more)
	for name, value := range h.env() {
		env[name] = value
	}
	p := &inProcess{output: &output{}}
	environment := config.Environment{Lookup: func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}}
	s := wiring.Start{Environment: environment, Began: time.Now(), Log: p.output}
	if err := fx.New(fx.NopLogger, fx.Supply(s), wiring.Module(), fx.Populate(&p.engine, &p.home)).Err(); err != nil {
		t.Fatal(err)
	}
	p.engine.Ready()
	t.Cleanup(func() {
		if _, err := p.home.Unload(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// invoke has the engine answer an event.
func (p *inProcess) invoke(ctx context.Context, t *testing.T, event []byte) []byte {
	t.Helper()
	id := fmt.Sprintf("event-%d", p.events.Add(1))
	answer, err := p.engine.Invoke(lambdacontext.NewContext(ctx, &lambdacontext.LambdaContext{AwsRequestID: id}), event)
	if err != nil {
		t.Error(err)
	}
	return answer
}

// tell implements teller. The log is what was logged since the last time.
func (p *inProcess) tell(t *testing.T, event []byte) (answer []byte, log []string) {
	t.Helper()
	answer = p.invoke(t.Context(), t, event)
	all := p.output.String()
	for line := range strings.Lines(all[p.read:]) {
		log = append(log, line)
	}
	p.read = len(all)
	return answer, log
}

// TestChecksInProcess meets the two checks that no event meets from outside.
func TestChecksInProcess(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	p := newInProcess(t, h, map[string]string{
		"LUGS_IDLE_TIMEOUT": "0", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "8192", // the other tests' memory is this process's too
	})
	s := &story{teller: p}
	s.tell(t, reportState)
	s.begin(t, "in process: birth", ports...)

	fault := &demohome.Fault{Hang: demohome.Before, Times: 1}
	h.demo.Inject(fault)
	ctx, goAway := context.WithCancel(t.Context())
	var other atomic.Pointer[[]byte]
	done := make(chan struct{})
	go func() {
		defer close(done)
		answer := p.invoke(ctx, t, reportState)
		other.Store(&answer)
	}()
	for patience := time.Now().Add(5 * time.Second); fault.Hits() == 0 && time.Now().Before(patience); {
		time.Sleep(time.Millisecond)
	}
	s.step(t, "in process: in flight", ports, ping)
	goAway()
	<-done
	if answer := *other.Load(); !strings.Contains(string(answer), "ErrorResponse") {
		t.Errorf("who went away was answered %s", answer)
	}
	s.step(t, "in process: over", ports, ping)

	hold, err := p.home.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.step(t, "in process: held", ports, ping)
	hold.Release()
	s.step(t, "in process: released", ports, ping)
}
