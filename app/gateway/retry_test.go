package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// steady is the default without jitter, so that pauses can be foretold.
func steady() gateway.Retry {
	r := gateway.DefaultRetry()
	r.Jitter = 0
	return r
}

// TestAttempts says how often what is tried, and how long that takes.
func TestAttempts(t *testing.T) {
	const (
		read    = gateway.Read
		command = gateway.Command
		none    = time.Duration(0) // no deadline
		ms      = time.Millisecond
	)
	for _, c := range []struct {
		class    gateway.Class
		kind     fault.Kind
		sent     bool
		after    time.Duration // Retry-After
		deadline time.Duration
		attempts int
		took     time.Duration
	}{
		// Reads are repeated where it may help.
		{read, fault.Unreachable, false, 0, none, 3, 300 * ms},
		{read, fault.Unreachable, true, 0, none, 3, 300 * ms},
		{read, fault.Unanswered, true, 0, none, 3, 300 * ms},
		{read, fault.Throttled, true, 0, none, 3, 300 * ms},
		// And not where the same would only come again.
		{read, fault.Internal, false, 0, none, 1, 0},
		{read, fault.Unavailable, false, 0, none, 1, 0},
		{read, fault.NotFound, false, 0, none, 1, 0},
		{read, fault.Refused, false, 0, none, 1, 0},
		{read, fault.Failed, false, 0, none, 1, 0},
		{read, fault.Unsupported, false, 0, none, 1, 0},
		{read, fault.Invalid, false, 0, none, 1, 0},
		{read, fault.TokenRejected, false, 0, none, 1, 0},
		{read, fault.NotAllowed, false, 0, none, 1, 0},
		{read, fault.Misconfigured, false, 0, none, 1, 0},
		{read, fault.Deadline, false, 0, none, 1, 0},
		{read, fault.Open, false, 0, none, 1, 0},
		// Commands are repeated only when not a byte was sent.
		{command, fault.Unreachable, false, 0, none, 3, 300 * ms},
		{command, fault.Unreachable, true, 0, none, 1, 0},
		{command, fault.Unanswered, true, 0, none, 1, 0},
		{command, fault.Unanswered, false, 0, none, 3, 300 * ms},
		{command, fault.Throttled, true, 0, none, 1, 0},
		{command, fault.Throttled, false, 0, none, 3, 300 * ms},
		{command, fault.Refused, false, 0, none, 1, 0},
		{command, fault.Failed, false, 0, none, 1, 0},
		{command, fault.Deadline, false, 0, none, 1, 0},
		// The deadline must leave 300 ms for another attempt besides the pause.
		{read, fault.Unreachable, false, 0, 399 * ms, 1, 0},
		{read, fault.Unreachable, false, 0, 400 * ms, 2, 100 * ms},
		{read, fault.Unreachable, false, 0, 599 * ms, 2, 100 * ms},
		{read, fault.Unreachable, false, 0, 600 * ms, 3, 300 * ms},
		{read, fault.Unreachable, false, 0, ms, 1, 0},
		{command, fault.Unreachable, false, 0, 400 * ms, 2, 100 * ms},
		// Who asks to be left alone is, for as long as there is time for that.
		{read, fault.Throttled, true, 500 * ms, none, 3, 1000 * ms},
		{read, fault.Throttled, true, 50 * ms, none, 3, 300 * ms},
		{read, fault.Throttled, true, 2 * time.Second, none, 3, 4 * time.Second},
		{read, fault.Throttled, true, 2*time.Second + 1, none, 1, 0},
		{read, fault.Throttled, true, time.Hour, none, 1, 0},
		{read, fault.Throttled, true, time.Second, 1299 * ms, 1, 0},
		{read, fault.Throttled, true, time.Second, 1300 * ms, 2, time.Second},
		{read, fault.Unreachable, true, time.Second, 1300 * ms, 2, time.Second}, // a 503 may ask as well
	} {
		name := fmt.Sprintf("%v %v sent=%t after=%v deadline=%v", c.class, c.kind, c.sent, c.after, c.deadline)
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &scripted{errs: []error{&fault.Error{Kind: c.kind, Sent: c.sent, RetryAfter: c.after}}}
				r := newRig(t, rigOptions{home: h, retry: steady(), failures: 100})
				ctx := t.Context()
				if c.deadline != none {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, c.deadline)
					defer cancel()
				}
				started := time.Now()
				var err error
				if c.class == read {
					_, err = r.home.State(ctx, "light.kitchen")
				} else {
					_, err = r.home.Call(ctx, light)
				}
				if fault.Of(err) != c.kind {
					t.Errorf("got %v", err)
				}
				if h.made() != c.attempts || time.Since(started) != c.took {
					t.Errorf("%d attempts in %v, want %d in %v", h.made(), time.Since(started), c.attempts, c.took)
				}
				name := map[gateway.Class]string{read: "home.state", command: "home.call"}[c.class]
				if o := r.operation(t, name); o.Retries != uint64(c.attempts-1) || o.Failures != 1 || o.Calls != 1 {
					t.Errorf("%+v", o)
				}
			})
		})
	}
}

// TestRetryHelps: a blip is not seen by the caller.
func TestRetryHelps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		blip := fault.New(fault.Unreachable, "The home cannot be reached.")
		h := &scripted{errs: []error{blip, blip, nil}}
		r := newRig(t, rigOptions{home: h, retry: gateway.DefaultRetry(), failures: 1})
		started := time.Now()
		state, err := r.home.State(t.Context(), "light.kitchen")
		if err != nil || state.ID != "light.kitchen" {
			t.Errorf("got %+v, %v", state, err)
		}
		if took := time.Since(started); took < 240*time.Millisecond || took > 360*time.Millisecond {
			t.Errorf("with pauses of 100 and 200 ms, ± 20 %%: %v", took)
		}
		if b := r.breaker(t, "home", gateway.Read); b.State.String() != "closed" {
			t.Errorf("a blip has opened the breaker: %+v", b)
		}
	})
}

// TestRetryStops: one that goes away while it waits is not kept.
func TestRetryStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &scripted{errs: []error{fault.New(fault.Unreachable, "The home cannot be reached.")}}
		r := newRig(t, rigOptions{home: h, retry: steady()})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		started := time.Now()
		if _, err := r.home.State(ctx, "light.kitchen"); fault.Of(err) != fault.Unreachable {
			t.Errorf("got %v", err)
		}
		if h.made() != 1 || time.Since(started) != 50*time.Millisecond {
			t.Errorf("%d attempts in %v", h.made(), time.Since(started))
		}
	})
}

// TestNoRetry: the zero Retry tries once.
func TestNoRetry(t *testing.T) {
	h := &scripted{errs: []error{errors.New("no"), fault.New(fault.Unreachable, "")}}
	r := newRig(t, rigOptions{home: h})
	for want := 1; want <= 3; want++ {
		if _, err := r.home.State(t.Context(), "light.kitchen"); err == nil || h.made() != want {
			t.Errorf("%d attempts, want %d: %v", h.made(), want, err)
		}
	}
}

// TestNotTriedAgainAfterFreeze: what waits to be tried again, or for what is behind the port
// to be loaded, is not sent when the process was frozen meanwhile and its answer is out.
func TestNotTriedAgainAfterFreeze(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := portstest.NewClock()
		h := &scripted{errs: []error{unreachable}}
		loads := false
		r := newRig(t, rigOptions{clock: clock, retry: steady(), load: func(context.Context) (gateway.HomeAssistant, error) {
			if loads {
				clock.Advance(time.Minute)
			}
			return h, nil
		}})
		until, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		begin := func() context.Context { return context.WithoutCancel(ports.WithBegin(until, clock)) }
		freeze := func() { time.AfterFunc(1, func() { clock.Advance(time.Minute) }) }
		for what, ask := range map[string]func(context.Context) error{
			"a read":    func(ctx context.Context) error { _, err := r.home.State(ctx, "light.kitchen"); return err },
			"a command": func(ctx context.Context) error { _, err := r.home.Call(ctx, light); return err },
		} {
			before := h.made()
			freeze()
			if err := ask(begin()); fault.Of(err) != fault.Unreachable || h.made() != before+1 {
				t.Errorf("%s was tried %d times: %v", what, h.made()-before, err)
			}
		}
		if _, err := r.lazy.Unload(); err != nil {
			t.Fatal(err)
		}
		loads = true
		before := h.made()
		if _, err := r.home.Call(begin(), light); fault.Of(err) != fault.Deadline || h.made() != before {
			t.Errorf("a command was sent after the port was loaded: %v", err)
		}
	})
}
