package wiring_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// frail is a port that fails as it is told, until it is mended.
type frail struct {
	gateway.HomeAssistant // nil: nothing but State is asked of it
	load, use, unload     func(context.Context) error
	mended                atomic.Bool
	// ends is closed when the test is over: what hangs for ever hangs until then.
	ends chan struct{}
}

// meets is what becomes of something that may fail.
func (f *frail) meets(ctx context.Context, fails func(context.Context) error) error {
	if fails == nil || f.mended.Load() {
		return nil
	}
	return fails(ctx)
}

// hangs is what does not come back, whatever becomes of the context.
func (f *frail) hangs(context.Context) error {
	<-f.ends
	return nil
}

// patient is what comes back when its context ends.
func (f *frail) patient(ctx context.Context) error {
	<-ctx.Done()
	return fault.Wrap(fault.Deadline, "The home did not answer in time.", ctx.Err())
}

func (f *frail) State(ctx context.Context, id home.EntityID) (home.State, error) {
	return home.State{ID: id, Value: home.On}, f.meets(ctx, f.use)
}

func breaks(context.Context) error { panic("no") }

func fails(kind fault.Kind) func(context.Context) error {
	return func(context.Context) error { return fault.New(kind, "No.") }
}

// figures are what the diagnostics say of a port that fails.
type figures struct {
	Invocations struct{ Failures int }
	Gateway     []struct {
		Name            string
		Calls, Failures int
	}
	LIGS struct{ Loads, Failures int }
	LUGS struct {
		Unloads        int
		UnloadFailures int `json:"unload_failures"`
		Resurrections  int
	}
}

// TestPortsThatFail: a port that does not load, that panics, that hangs until the
// deadline, or that fails at being closed. The caller gets a proper error in time,
// a ping is answered as ever, the next who asks finds the port mended, and the
// figures say what was. That nothing outlives its port TestMain sees.
func TestPortsThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		port func(*frail)
		// answer is what Alexa is told, "" for the state that it asked for.
		answer alexa.ErrorType
		// loads and unloads are those that failed, crossings calls of the port.
		loads, crossings, unloads int
	}{
		"does not load":                 {func(f *frail) { f.load = fails(fault.Unreachable) }, alexa.BridgeUnreachable, 1, 1, 0},
		"cannot be made":                {func(f *frail) { f.load = fails(fault.Misconfigured) }, alexa.BridgeUnreachable, 1, 1, 0},
		"panics while it loads":         {func(f *frail) { f.load = breaks }, alexa.InternalError, 1, 1, 0},
		"hangs while it loads":          {func(f *frail) { f.load = f.patient }, alexa.BridgeUnreachable, 1, 1, 0},
		"hangs for ever while it loads": {func(f *frail) { f.load = f.hangs }, alexa.BridgeUnreachable, 1, 1, 0},
		"fails":                         {func(f *frail) { f.use = fails(fault.Unreachable) }, alexa.BridgeUnreachable, 0, 1, 0},
		"panics":                        {func(f *frail) { f.use = breaks }, alexa.InternalError, 0, 1, 0},
		"hangs":                         {func(f *frail) { f.use = f.patient }, alexa.BridgeUnreachable, 0, 1, 0},
		"cannot be closed":              {func(f *frail) { f.unload = func(context.Context) error { return errors.New("no") } }, "", 0, 0, 1},
		"panics while it is closed":     {func(f *frail) { f.unload = breaks }, "", 0, 0, 1},
		"hangs while it is closed":      {func(f *frail) { f.unload = f.hangs }, "", 0, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &frail{ends: make(chan struct{})}
				c.port(f)
				b := buildOn(t, f)
				if got := b.report(t); got != string(c.answer) {
					t.Errorf("the first was answered %q, want %q", got, c.answer)
				}
				if answer := b.invoke(t, []byte(`{"test":"ping"}`)); !strings.Contains(string(answer), "pong") {
					t.Errorf("a ping was answered %s", answer)
				}
				if answer := string(b.invoke(t, []byte(`{"operation":"lugs","unload":true}`))); !strings.Contains(answer, `"relief"`) {
					t.Errorf("lugs was answered %s", answer)
				}
				f.mended.Store(true)
				if got := b.report(t); got != "" {
					t.Errorf("when it was mended the next was answered %q", got)
				}
				var d figures
				if err := json.Unmarshal([]byte(b.operate(t, "diagnostics")), &d); err != nil {
					t.Fatal(err)
				}
				failures := 0
				if c.answer != "" {
					failures = 1
				}
				for _, o := range d.Gateway {
					if o.Name == "home.state" && (o.Calls != 2 || o.Failures != c.crossings) {
						t.Errorf("the crossings: %+v", o)
					}
				}
				if d.Invocations.Failures != failures || d.LIGS.Failures != c.loads || d.LUGS.UnloadFailures != c.unloads {
					t.Errorf("it says of itself %+v", d)
				}
				if want := 2 - c.loads; d.LIGS.Loads != want || d.LUGS.Resurrections != want-1 || d.LUGS.Unloads != want-1 {
					t.Errorf("it says of itself %+v, want %d loads", d, want)
				}
			})
		})
	}
}

// buildOn puts an engine together whose home is f.
func buildOn(t *testing.T, f *frail) *built {
	t.Helper()
	b := &built{log: &log{}}
	e := env{"HOME_ASSISTANT_URL": nobody, "HOME_ASSISTANT_TOKEN": "token", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "8192"}
	s := wiring.Start{Environment: e.environment(), Began: time.Now(), Log: b.log}
	load := func(ctx context.Context) (gateway.HomeAssistant, error) {
		err := f.meets(ctx, f.load)
		return f, err
	}
	unload := func(gateway.HomeAssistant) error {
		return f.meets(context.Background(), f.unload)
	}
	app := fx.New(fx.NopLogger, fx.Supply(s), wiring.Module(),
		fx.Decorate(func(clock ports.Clock) *lifecycle.Lazy[gateway.HomeAssistant] {
			return lifecycle.NewLazy("home", lifecycle.Conditional(time.Minute), clock, load, unload)
		}),
		fx.Populate(&b.Engine, &b.home))
	if err := app.Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		close(f.ends)
		f.mended.Store(true)
		if _, err := b.home.Unload(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// report asks for a state and returns the error that Alexa is told, "" for none. There
// is time for one attempt.
func (b *built) report(t *testing.T) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
	defer cancel()
	reply, err := b.Invoke(ctx, directiveFor(t, "Alexa.ReportState", "light#porch_light"))
	if err != nil {
		t.Fatal(err)
	}
	answered := read(t, reply)
	if name := answered.Event.Header.Name; name != alexa.NameStateReport && name != alexa.NameErrorResponse {
		t.Errorf("answered %s", reply)
	}
	return string(answered.Event.Payload.Type)
}
