package gateway_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// both runs a test on the long way and on the short one.
func both(t *testing.T, h *scripted, test func(t *testing.T, r *rig)) {
	for name, reflex := range map[string]int{"the long way": 0, "the short way": 50} {
		t.Run(name, func(t *testing.T) {
			h.fail(nil)
			r := newRig(t, rigOptions{home: h, reflex: reflex, policy: lifecycle.Immediate()})
			ctx := traced(t.Context(), "1")
			r.heatState(ctx, t)
			if direct := r.operation(t, "home.state").Direct; direct != (reflex > 0) {
				t.Fatalf("the short way is taken: %t", direct)
			}
			test(t, r)
		})
	}
}

// TestContract: whatever way a call takes, a face does what its port promises.
func TestContract(t *testing.T) {
	for name, reflex := range map[string]int{"the long way": 0, "the short way": 50} {
		t.Run(name, func(t *testing.T) {
			open := func(t *testing.T) (*rig, *portstest.MemoryHome) {
				t.Helper()
				h := portstest.NewHome(
					home.State{ID: "light.bed_light", Value: home.Off},
					home.State{ID: "light.kitchen_lights", Value: home.On},
					home.State{ID: "lock.front_door", Value: "locked"},
					home.State{ID: "climate.heatpump", Value: "heat", Attributes: home.Fields{
						{Name: home.AttrHVACModes, Value: home.Texts("off", "heat")},
						{Name: home.AttrMinTemp, Value: home.Number(7)}, {Name: home.AttrMaxTemp, Value: home.Number(35)},
						{Name: home.AttrTemperature, Value: home.Number(20)},
					}},
				)
				r := newRig(t, rigOptions{home: h, reflex: reflex, failures: 100})
				for range 30 {
					_, _ = r.home.State(t.Context(), "light.bed_light")
					_, _ = r.home.Call(t.Context(), home.CallOn("light.bed_light", "light", "turn_off"))
					_, _ = r.home.Call(t.Context(), home.CallOn("light.bed_light", "light", "turn_on"))
					_, _ = r.home.Call(t.Context(), home.CallOn("light.bed_light", "light", "turn_off"))
				}
				r.gateway.Cool(t.Context())
				return r, h
			}
			portstest.Home(t, func(t *testing.T) (ports.Home, portstest.HomeSetup) {
				t.Helper()
				r, h := open(t)
				return r.home, portstest.HomeSetup{
					Lights:     []home.EntityID{"light.bed_light", "light.kitchen_lights"},
					Thermostat: "climate.heatpump",
					Latched:    "lock.front_door",
					Away:       func() { h.SetAway(true) },
					Hang:       h.Hang,
					Lose: func() {
						h.Befall(portstest.Trouble{Op: portstest.OpCall, Err: &fault.Error{Kind: fault.Unanswered, Text: "No answer.", Sent: true}})
					},
				}
			})
			portstest.House(t, func(t *testing.T) (ports.House, portstest.HouseSetup) {
				t.Helper()
				r, h := open(t)
				return r.house, portstest.HouseSetup{Away: func() { h.SetAway(true) }}
			})
		})
	}
}

// TestPanic: a panic is an error, and what was leased is given back.
func TestPanic(t *testing.T) {
	h := &scripted{}
	both(t, h, func(t *testing.T, r *rig) {
		defer func(during func(context.Context) error) { h.during = during }(h.during)
		h.during = func(context.Context) error { panic("ouch") }
		before := r.operation(t, "home.state")
		_, err := r.home.State(t.Context(), "light.kitchen")
		if fault.Of(err) != fault.Internal || !strings.Contains(err.Error(), "home.state: internal: A part of LEE failed.: panic: a value of type string") || strings.Contains(fault.Text(err), "ouch") {
			t.Errorf("got %v, people see %q", err, fault.Text(err))
		}
		if after := r.operation(t, "home.state"); after.Failures != before.Failures+1 || after.Retries != 0 {
			t.Errorf("%+v", after)
		}
		if report := r.lazy.Report(); report.InFlight != 0 {
			t.Errorf("%+v", report)
		}
		if done, err := r.lazy.Unload(); !done || err != nil {
			t.Errorf("cannot be unloaded after that: %t, %v", done, err)
		}
	})
}

// TestShortWayFails: a failure on the short way is repeated, counted and told to
// the breaker as on the long one, and ends the short way until all is well.
func TestShortWayFails(t *testing.T) {
	h := &scripted{}
	r := newRig(t, rigOptions{home: h, reflex: 50, retry: gateway.Retry{Attempts: 2, Longest: time.Second}})
	r.heatState(t.Context(), t)
	calls := h.made()
	h.mu.Lock()
	h.errs = make([]error, calls+10)
	h.errs[calls] = unreachable // once
	h.mu.Unlock()
	if _, err := r.home.State(t.Context(), "light.kitchen"); err != nil {
		t.Errorf("a blip was not repeated: %v", err)
	}
	if o := r.operation(t, "home.state"); o.Retries != 1 || o.Failures != 0 || !o.Direct {
		t.Errorf("after a blip: %+v", o)
	}
	h.fail(unreachable)
	for range 3 {
		if _, err := r.home.State(t.Context(), "light.kitchen"); fault.Of(err) != fault.Unreachable || !strings.HasPrefix(err.Error(), "home.state: unreachable: ") {
			t.Errorf("got %v", err)
		}
		if o := r.operation(t, "home.state"); o.Direct {
			t.Errorf("still takes the short way: %+v", o)
		}
	}
	calls = h.made()
	r.gateway.Cool(t.Context())
	if _, err := r.home.State(t.Context(), "light.kitchen"); fault.Of(err) != fault.Open || h.made() != calls || !strings.HasPrefix(err.Error(), "home.state: breaker open: ") {
		t.Errorf("the breaker was passed by: %v", err)
	}
	if _, err := r.house.Config(t.Context()); fault.Of(err) != fault.Open || !strings.HasPrefix(err.Error(), "house.config: breaker open: ") {
		t.Errorf("got %v", err)
	}
	h.fail(nil)
	r.clock.Advance(20 * time.Second)
	r.gateway.Cool(t.Context())
	if o := r.operation(t, "home.state"); o.Direct {
		t.Errorf("takes the short way past a breaker that is half open: %+v", o)
	}
	if _, err := r.home.State(t.Context(), "light.kitchen"); err != nil {
		t.Error(err)
	}
	r.gateway.Cool(t.Context())
	if o := r.operation(t, "home.state"); !o.Direct {
		t.Errorf("does not come back to the short way: %+v", o)
	}
}

// TestRefusedOnShortWay: a failure that is no outage changes nothing.
func TestRefusedOnShortWay(t *testing.T) {
	h := &scripted{}
	r := newRig(t, rigOptions{home: h, reflex: 50})
	r.heatState(t.Context(), t)
	h.fail(errors.New("no"))
	for range 5 {
		if _, err := r.home.State(t.Context(), "light.kitchen"); err == nil {
			t.Error("no error")
		}
	}
	if o := r.operation(t, "home.state"); !o.Direct || o.Failures != 5 {
		t.Errorf("%+v", o)
	}
}

// TestTimings: on the short way one crossing in sixty-four is timed.
func TestTimings(t *testing.T) {
	h := &scripted{during: func(context.Context) error {
		time.Sleep(time.Microsecond)
		return nil
	}}
	r := newRig(t, rigOptions{home: h, reflex: 50})
	ctx := traced(t.Context(), "1")
	r.heatState(ctx, t)
	timed := 0
	for range 640 {
		ctx := traced(t.Context(), "1")
		_, _ = r.home.State(ctx, "light.kitchen")
		crumbs, _ := gateway.TraceOf(ctx).Crumbs()
		if len(crumbs) != 1 || crumbs[0].Name != "home.state" {
			t.Fatalf("left %+v", crumbs)
		}
		if crumbs[0].Timed {
			timed++
		}
	}
	if timed != 10 || r.operation(t, "home.state").Mean < ports.Milliseconds(time.Microsecond) {
		t.Errorf("%d of 640 crossings were timed: %+v", timed, r.operation(t, "home.state"))
	}
}

// TestCrossingsAndUnloads has thousands of crossings on both ways while the port
// is unloaded all the time and its heat decided on: no call meets a closed port,
// and no call is lost.
func TestCrossingsAndUnloads(t *testing.T) {
	const callers, atLeast, enough = 4, 2000, 100
	var made atomic.Int64
	load := func(context.Context) (gateway.HomeAssistant, error) {
		made.Add(1)
		return &mortal{}, nil
	}
	r := newRig(t, rigOptions{load: load, reflex: 50})
	lazy := lifecycle.NewLazy("home", lifecycle.Immediate(), r.clock, load, func(h gateway.HomeAssistant) error {
		h.(*mortal).dead.Store(true) //nolint:errcheck // it is one
		return nil
	})
	face := gateway.Home{Port: gateway.NewPort(r.gateway, lazy)}
	keeper := lifecycle.NewKeeper(lifecycle.Options{Clock: r.clock, Enabled: true})
	keeper.Watch(lazy)
	var running, unloads, calls atomic.Int64
	running.Store(callers)
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			defer running.Add(-1)
			for i := 0; i < atLeast || unloads.Load() < enough; i++ {
				ctx := traced(t.Context(), string(rune('0'+caller)))
				calls.Add(1)
				if _, err := face.Call(ctx, home.CallOn("light.kitchen", "light", []string{"turn_on", "turn_off"}[i&1])); err != nil {
					t.Error(err)
					return
				}
				if i%8 == 0 {
					runtime.Gosched()
				}
			}
		})
	}
	all.Go(func() {
		for running.Load() > 0 {
			r.gateway.Cool(t.Context())
			keeper.CarryOut(t.Context())
			keeper.Decide(t.Context())
			if done, err := lazy.Unload(); err != nil {
				t.Error(err)
			} else if done {
				unloads.Add(1)
			}
		}
	})
	all.Wait()
	o := r.operation(t, "home.call")
	if o.Calls != uint64(calls.Load()) || o.Failures != 0 {
		t.Errorf("of %d calls %d were counted, %d failed", calls.Load(), o.Calls, o.Failures)
	}
	t.Logf("%d calls, %d loads, direct: %t", calls.Load(), made.Load(), o.Direct)
}

// mortal is a home that fails when it is closed during a call or before it.
type mortal struct {
	scripted
	dead atomic.Bool
}

func (m *mortal) Call(context.Context, home.ServiceCall) ([]home.State, error) {
	if m.dead.Load() {
		return nil, errors.New("called when closed")
	}
	runtime.Gosched()
	if m.dead.Load() {
		return nil, errors.New("closed from under the call")
	}
	return nil, nil
}
