package gateway_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

var unreachable = fault.New(fault.Unreachable, "The home cannot be reached.")

// breakers returns the states of the home's two breakers.
func (r *rig) breakers() (read, command ports.BreakerState) {
	for _, b := range r.gateway.Breakers() {
		switch {
		case b.Endpoint != "home":
		case b.Class == gateway.Read:
			read = b.State
		default:
			command = b.State
		}
	}
	return read, command
}

// TestBreakerOpens: after so many outages in a row, for so long, by tier; and be it
// that the port behind it is unloaded meanwhile.
func TestBreakerOpens(t *testing.T) {
	for name, tier := range map[string]struct {
		failures uint32
		open     time.Duration
	}{
		"minimum":  {5, 30 * time.Second},
		"standard": {3, 20 * time.Second},
		"maximum":  {2, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			h := &scripted{errs: []error{unreachable}}
			r := newRig(t, rigOptions{home: h, failures: tier.failures, open: tier.open})
			ask := func() fault.Kind {
				_, err := r.home.State(t.Context(), "light.kitchen")
				if err != nil && fault.Text(err) == "" {
					t.Errorf("%v has no text for people", err)
				}
				return fault.Of(err)
			}
			for range tier.failures {
				if kind := ask(); kind != fault.Unreachable {
					t.Errorf("got %v", kind)
				}
				if done, err := r.lazy.Unload(); !done || err != nil {
					t.Errorf("not unloaded: %t, %v", done, err)
				}
			}
			r.clock.Advance(tier.open - 1)
			for range 10 {
				if kind := ask(); kind != fault.Open {
					t.Errorf("got %v, want that the breaker is open", kind)
				}
			}
			if _, err := r.house.Config(t.Context()); fault.Of(err) != fault.Open {
				t.Errorf("another operation of the same endpoint and class: %v", err)
			}
			if h.made() != int(tier.failures) || r.lazy.Loaded() {
				t.Errorf("asked %d times, want %d", h.made(), tier.failures)
			}
			o := r.operation(t, "home.state")
			if o.Refused != 10 || o.Failures != 10+uint64(tier.failures) || o.Breaker != ports.BreakerOpen {
				t.Errorf("%+v", o)
			}
			h.fail(nil)
			if _, err := r.home.Call(t.Context(), light); err != nil {
				t.Errorf("commands have a breaker of their own: %v", err)
			}
			r.clock.Advance(1) // and be it that the process was frozen
			if read, _ := r.breakers(); read != ports.BreakerHalfOpen {
				t.Errorf("after its time it is %v", read)
			}
			if _, err := r.home.State(t.Context(), "light.kitchen"); err != nil {
				t.Errorf("the probe: %v", err)
			}
			if read, command := r.breakers(); read != ports.BreakerClosed || command != ports.BreakerClosed {
				t.Errorf("%v and %v", read, command)
			}
		})
	}
}

// TestMoved: what failed at the former home says nothing of another, nor what it
// asked for; what is under way there counts for nobody. What is not the home's stays.
func TestMoved(t *testing.T) {
	h := &scripted{errs: []error{unreachable}}
	r := newRig(t, rigOptions{home: h, failures: 1})
	parameters := gateway.Parameters{Port: gateway.NewPort(r.gateway, lifecycle.NewLazy("parameters", lifecycle.Immediate(), r.clock,
		func(context.Context) (gateway.ParameterStore, error) { return nil, unreachable }, nil))}
	open := func() (names []string) {
		for _, b := range r.gateway.Breakers() {
			if b.State != ports.BreakerClosed || b.Quiet > 0 {
				names = append(names, b.Endpoint+" "+b.Class.String())
			}
		}
		return names
	}
	h.fail(&fault.Error{Kind: fault.Throttled, Text: "No.", RetryAfter: 10 * time.Second})
	_, _ = r.home.State(t.Context(), "light.kitchen")
	_, _ = r.home.Call(t.Context(), light)
	_, _ = parameters.Below(t.Context(), "/lee")
	if got := open(); !slices.Equal(got, []string{"home read", "home command", "parameters read"}) {
		t.Fatalf("open are %q", got)
	}
	r.gateway.Moved()
	if got := open(); !slices.Equal(got, []string{"parameters read"}) {
		t.Errorf("open are %q", got)
	}
	h.fail(nil)
	if _, err := r.home.State(t.Context(), "light.kitchen"); err != nil {
		t.Errorf("the other home: %v", err)
	}

	h.during = func(context.Context) error {
		r.gateway.Moved()
		return unreachable
	}
	_, _ = r.home.State(t.Context(), "light.kitchen")
	if got := open(); !slices.Equal(got, []string{"parameters read"}) {
		t.Errorf("after a call that was under way when the home moved, open are %q", got)
	}
}

// TestProbe: when the breaker is half open, one call is let through, once.
func TestProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &scripted{errs: []error{unreachable}}
		r := newRig(t, rigOptions{home: h, failures: 1, retry: steady()})
		ask := func() fault.Kind {
			_, err := r.home.State(t.Context(), "light.kitchen")
			return fault.Of(err)
		}
		if kind := ask(); kind != fault.Unreachable || h.made() != 3 {
			t.Errorf("%v after %d attempts", kind, h.made())
		}
		r.clock.Advance(20 * time.Second)
		time.Sleep(20 * time.Second)
		if kind := ask(); kind != fault.Unreachable || h.made() != 4 {
			t.Errorf("the probe: %v, attempt %d, want the fourth", kind, h.made())
		}
		if kind := ask(); kind != fault.Open || h.made() != 4 {
			t.Errorf("after the probe: %v, attempt %d", kind, h.made())
		}
	})
}

// TestOpensMeanwhile: what waits to try again does not when the breaker opens.
func TestOpensMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &scripted{errs: []error{unreachable}}
		r := newRig(t, rigOptions{home: h, failures: 1, retry: gateway.Retry{Attempts: 3, First: time.Second, Longest: time.Hour}})
		var all sync.WaitGroup
		all.Go(func() { _, _ = r.home.State(t.Context(), "light.kitchen") })
		time.Sleep(time.Second / 2)
		all.Go(func() { _, _ = r.home.State(t.Context(), "light.kitchen") })
		all.Wait()
		// The first makes its three attempts and opens the breaker; the second has
		// made two by then.
		if h.made() != 5 {
			t.Errorf("%d attempts, want 5", h.made())
		}
	})
}

// TestNoOutage: what says nothing of the home's health opens no breaker.
func TestNoOutage(t *testing.T) {
	for kind := fault.Internal; kind <= fault.Open; kind++ {
		t.Run(kind.String(), func(t *testing.T) {
			h := &scripted{errs: []error{fault.New(kind, "")}}
			r := newRig(t, rigOptions{home: h, failures: 1})
			_, _ = r.home.State(t.Context(), "light.kitchen")
			want := ports.BreakerClosed
			if kind == fault.Unreachable || kind == fault.Unanswered || kind == fault.Throttled {
				want = ports.BreakerOpen
			}
			if read, _ := r.breakers(); read != want {
				t.Errorf("the breaker is %v, want %v", read, want)
			}
		})
	}
}

// TestUnansweredOutage: a command without an answer is an outage when its time is
// up, and none when its effect was seen meanwhile and nobody waits any longer.
func TestUnansweredOutage(t *testing.T) {
	for name, c := range map[string]struct {
		limit, cancel time.Duration
		want          ports.BreakerState
	}{
		"its time is up":      {7 * time.Second, time.Hour, ports.BreakerOpen},
		"its effect was seen": {time.Hour, 2 * time.Second, ports.BreakerClosed},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &scripted{during: func(ctx context.Context) error {
					<-ctx.Done()
					return &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Cause: ctx.Err(), Sent: true}
				}}
				r := newRig(t, rigOptions{home: h, failures: 1})
				ctx, cancel := context.WithTimeout(t.Context(), c.limit)
				defer cancel()
				time.AfterFunc(c.cancel, cancel)
				_, _ = r.home.Call(ctx, home.ServiceCall{Domain: "script", Service: "bedtime"})
				if _, call := r.breakers(); call != c.want {
					t.Errorf("the breaker is %v, want %v", call, c.want)
				}
			})
		})
	}
}

// TestDeadlineOutage: running out of time is the home's fault only when it has
// had some.
func TestDeadlineOutage(t *testing.T) {
	for name, c := range map[string]struct {
		limit, cancel time.Duration
		want          ports.BreakerState
	}{
		"seconds":      {7 * time.Second, time.Hour, ports.BreakerOpen},
		"hardly any":   {900 * time.Millisecond, time.Hour, ports.BreakerClosed},
		"he went away": {time.Hour, 3 * time.Second, ports.BreakerClosed},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &scripted{during: func(ctx context.Context) error {
					<-ctx.Done()
					return fault.Wrap(fault.Deadline, "The home did not answer in time.", ctx.Err())
				}}
				r := newRig(t, rigOptions{home: h, failures: 1})
				ctx, cancel := context.WithTimeout(t.Context(), c.limit)
				defer cancel()
				time.AfterFunc(c.cancel, cancel)
				if _, err := r.home.State(ctx, "light.kitchen"); fault.Of(err) != fault.Deadline {
					t.Errorf("got %v", err)
				}
				if read, _ := r.breakers(); read != c.want {
					t.Errorf("the breaker is %v, want %v", read, c.want)
				}
			})
		})
	}
}

// TestLeftAlone: an endpoint that asks for it is left alone, for reads and
// commands alike, but never for more than a minute.
func TestLeftAlone(t *testing.T) {
	for name, c := range map[string]struct{ asks, gets time.Duration }{
		"ten seconds": {10 * time.Second, 10 * time.Second},
		"an hour":     {time.Hour, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			h := &scripted{errs: []error{&fault.Error{Kind: fault.Throttled, Sent: true, RetryAfter: c.asks}, nil}}
			r := newRig(t, rigOptions{home: h, failures: 100})
			if _, err := r.home.State(t.Context(), "light.kitchen"); fault.Of(err) != fault.Throttled {
				t.Errorf("got %v", err)
			}
			r.clock.Advance(c.gets - 1)
			for _, ask := range []func() error{
				func() error { _, err := r.home.State(t.Context(), "light.kitchen"); return err },
				func() error { _, err := r.home.Call(t.Context(), light); return err },
			} {
				err := ask()
				if fault.Of(err) != fault.Open || fault.Text(err) != "The home asked to be left alone for a moment." {
					t.Errorf("got %v", err)
				}
			}
			if b := r.breaker(t, "home", gateway.Read); b.Quiet != 1 || h.made() != 1 {
				t.Errorf("asked %d times: %+v", h.made(), b)
			}
			r.clock.Advance(1)
			if _, err := r.home.Call(t.Context(), light); err != nil || h.made() != 2 {
				t.Errorf("asked %d times: %v", h.made(), err)
			}
			r.clock.Advance(-time.Hour) // the clock is put right
			if _, err := r.home.Call(t.Context(), light); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestLeftAloneUnderAnotherClock: a clock that is put right does not make a minute
// an hour.
func TestLeftAloneUnderAnotherClock(t *testing.T) {
	h := &scripted{errs: []error{&fault.Error{Kind: fault.Throttled, Sent: true, RetryAfter: 30 * time.Second}, nil}}
	r := newRig(t, rigOptions{home: h, failures: 100})
	_, _ = r.home.Call(t.Context(), light)
	r.clock.Advance(-time.Hour)
	if _, err := r.home.Call(t.Context(), light); err != nil {
		t.Error(err)
	}
}

// TestHangsOnShortWay: what nobody times counts as well.
func TestHangsOnShortWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &scripted{}
		r := newRig(t, rigOptions{home: h, reflex: 50, failures: 1})
		r.heatState(t.Context(), t)
		h.during = func(ctx context.Context) error {
			<-ctx.Done()
			return fault.Wrap(fault.Deadline, "The home did not answer in time.", ctx.Err())
		}
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		if _, err := r.home.State(ctx, "light.kitchen"); fault.Of(err) != fault.Deadline {
			t.Errorf("got %v", err)
		}
		if read, _ := r.breakers(); read != ports.BreakerOpen {
			t.Errorf("the breaker is %v", read)
		}
	})
}

// TestLoadOutage: a port that cannot be loaded is as good as a home that cannot
// be reached.
func TestLoadOutage(t *testing.T) {
	loads := 0
	r := newRig(t, rigOptions{load: func(context.Context) (gateway.HomeAssistant, error) {
		loads++
		return nil, unreachable
	}})
	for range 5 {
		_, _ = r.home.Call(t.Context(), home.CallOn("light.kitchen", "light", "turn_on"))
	}
	if _, command := r.breakers(); command != ports.BreakerOpen || loads != 3 {
		t.Errorf("after %d loads the breaker is %v", loads, command)
	}
}
