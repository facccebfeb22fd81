package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/control"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// section returns the counts of a section of the cache.
func (r *rig) section(s ports.Section) ports.SectionReport {
	return r.cache.Report().Sections[s-1]
}

// TestHitLoadsNothing: an answer from the cache does not load the port behind it.
func TestHitLoadsNothing(t *testing.T) {
	h := &scripted{}
	loads := 0
	r := newRig(t, rigOptions{load: func(context.Context) (gateway.HomeAssistant, error) {
		loads++
		return h, nil
	}})
	first, err := r.house.Config(t.Context())
	if err != nil || loads != 1 {
		t.Fatalf("%d loads, %v", loads, err)
	}
	if done, err := r.lazy.Unload(); !done || err != nil {
		t.Fatal(done, err)
	}
	for range 10 {
		if again, err := r.house.Config(t.Context()); err != nil || again.Name != first.Name {
			t.Errorf("got %+v, %v", again, err)
		}
	}
	if loads != 1 || h.made() != 1 || r.lazy.Loaded() {
		t.Errorf("%d loads and %d calls, want 1 and 1", loads, h.made())
	}
	if s := r.section(ports.SectionConfiguration); s.Hits != 10 || s.Misses != 1 || s.Entries != 1 {
		t.Errorf("%+v", s)
	}
	if o := r.operation(t, "house.config"); o.Calls != 11 || o.Failures != 0 {
		t.Errorf("%+v", o)
	}
	r.clock.Advance(time.Minute)
	if _, err := r.house.Config(t.Context()); err != nil || loads != 2 || h.made() != 2 {
		t.Errorf("after its time: %d loads and %d calls, %v", loads, h.made(), err)
	}
}

// TestOneRoundTrip: setting a temperature takes the home's units, which are known
// after the first time.
func TestOneRoundTrip(t *testing.T) {
	h := portstest.NewHome(home.State{ID: "climate.heatpump", Value: "heat", Attributes: home.Fields{
		{Name: home.AttrHVACModes, Value: home.Texts("off", "heat")}, {Name: home.AttrTemperature, Value: home.Number(20)},
		{Name: home.AttrMinTemp, Value: home.Number(7)}, {Name: home.AttrMaxTemp, Value: home.Number(35)},
		{Name: home.AttrSupportedFeatures, Value: home.Number(1)},
	}})
	r := newRig(t, rigOptions{home: h})
	s := control.New(r.home, r.house, capability.NewCatalog(capability.Kinds()), r.clock, action.DefaultPatience(), capability.House{})
	for i, want := range []int{2, 1, 1} {
		before := len(h.Journal())
		_, err := s.Handle(t.Context(), alexa.Directive{
			Header:   alexa.Header{Namespace: "Alexa.ThermostatController", Name: "SetTargetTemperature", PayloadVersion: "3"},
			Endpoint: alexa.EndpointRef{EndpointID: "climate#heatpump"},
			Payload:  json.RawMessage(fmt.Sprintf(`{"targetSetpoint":{"value":%d,"scale":"CELSIUS"}}`, 21+i)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if trips := len(h.Journal()) - before; trips != want {
			t.Errorf("%d round trips, want %d: %+v", trips, want, h.Journal()[before:])
		}
	}
}

// TestStatesAreFresh: one entity's state is never from the cache; all states are
// for a second, and not from before a command.
func TestStatesAreFresh(t *testing.T) {
	h := portstest.NewHome(home.State{ID: "light.kitchen", Value: home.Off})
	r := newRig(t, rigOptions{home: h})
	states := func(ctx context.Context) string {
		t.Helper()
		states, err := r.home.States(ctx)
		if err != nil || len(states) != 1 {
			t.Fatalf("got %+v, %v", states, err)
		}
		return states[0].Value
	}
	if got := states(t.Context()); got != home.Off {
		t.Errorf("at first %q", got)
	}
	h.Set(home.State{ID: "light.kitchen", Value: home.On}) // by a switch on the wall
	if got := states(t.Context()); got != home.Off {
		t.Errorf("within the burst %q, want what it was", got)
	}
	if state, err := r.home.State(t.Context(), "light.kitchen"); err != nil || state.Value != home.On {
		t.Errorf("one state is %q, %v", state.Value, err)
	}
	if got := states(gateway.Fresh(t.Context())); got != home.On {
		t.Errorf("fresh %q", got)
	}
	if got := states(t.Context()); got != home.On {
		t.Errorf("after a fresh answer %q", got)
	}
	if _, err := r.home.Call(t.Context(), home.CallOn("light.kitchen", "light", "turn_off")); err != nil {
		t.Fatal(err)
	}
	if got := states(t.Context()); got != home.Off {
		t.Errorf("after a command %q", got)
	}
	h.Set(home.State{ID: "light.kitchen", Value: home.On})
	r.clock.Advance(time.Second)
	if got := states(t.Context()); got != home.On {
		t.Errorf("after the burst %q", got)
	}
	if n := h.Count(portstest.OpStates); n != 4 {
		t.Errorf("the home was asked for all states %d times, want 4", n)
	}
}

// TestInvalidate: what a command may have changed, and what a webhook reports,
// is asked for again.
func TestInvalidate(t *testing.T) {
	for name, c := range map[string]struct {
		do             func(r *rig)
		states, config bool // still known
	}{
		"a light": {func(r *rig) { _, _ = r.home.Call(context.Background(), light) }, false, true},
		"a command that fails": {func(r *rig) {
			_, _ = r.home.Call(context.Background(), home.CallOn("light.none", "light", "explode"))
		}, false, true},
		"everything off": {func(r *rig) {
			_, _ = r.home.Call(context.Background(), home.CallOn("light.kitchen", "homeassistant", "turn_off"))
		}, false, true},
		"an area off": {func(r *rig) {
			_, _ = r.home.Call(context.Background(), home.ServiceCall{Domain: "homeassistant", Service: "turn_off", Area: "kitchen"})
		}, false, true},
		"the home moves": {func(r *rig) {
			_, _ = r.home.Call(context.Background(), home.ServiceCall{Domain: "homeassistant", Service: "set_location"})
		}, false, false},
		"scripts are reloaded": {func(r *rig) {
			_, _ = r.home.Call(context.Background(), home.ServiceCall{Domain: "script", Service: "reload"})
		}, false, false},
		"a webhook on states": {func(r *rig) { r.gateway.Invalidate(ports.SectionStates) }, false, true},
		"a webhook on the home": {func(r *rig) {
			r.gateway.Invalidate(ports.SectionConfiguration, ports.SectionRegistry)
		}, true, false},
		"a question": {func(r *rig) { _, _ = r.home.State(context.Background(), "light.kitchen") }, true, true},
		"nothing":    {func(r *rig) { r.gateway.Invalidate() }, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := portstest.NewHome(home.State{ID: "light.kitchen", Value: home.Off})
			r := newRig(t, rigOptions{home: h})
			ask := func() {
				_, err := r.home.States(t.Context())
				_, err2 := r.house.Config(t.Context())
				if err != nil || err2 != nil {
					t.Fatal(err, err2)
				}
			}
			ask()
			c.do(r)
			ask()
			if got := h.Count(portstest.OpStates) == 1; got != c.states {
				t.Errorf("the states are still known: %t, want %t", got, c.states)
			}
			if got := h.Count(portstest.OpConfig) == 1; got != c.config {
				t.Errorf("the configuration is still known: %t, want %t", got, c.config)
			}
		})
	}
}

// TestInvalidatedOnTheWay: an answer that was asked for before a command is kept
// for nobody, and told to nobody who asks after it.
func TestInvalidatedOnTheWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		h := &scripted{during: func(context.Context) error {
			if asked.Add(1) == 1 {
				time.Sleep(time.Minute)
			}
			return nil
		}}
		r := newRig(t, rigOptions{home: h})
		var all sync.WaitGroup
		all.Go(func() { _, _ = r.home.States(t.Context()) })
		synctest.Wait()
		r.gateway.Invalidate(ports.SectionStates)
		started := time.Now()
		if _, err := r.home.States(t.Context()); err != nil || time.Since(started) != 0 || asked.Load() != 2 {
			t.Errorf("who asked afterwards waited %v for the call of before: %v", time.Since(started), err)
		}
		r.gateway.Invalidate(ports.SectionStates)
		all.Wait()
		if r.section(ports.SectionStates).Entries != 0 {
			t.Error("what was asked for before is kept")
		}
	})
}

// TestOwners: without a token of LEE's own, each sees what was told to his own
// token.
func TestOwners(t *testing.T) {
	for name, c := range map[string]struct {
		bearerOnly bool
		calls      int
	}{"LEE's own token": {false, 1}, "each his own": {true, 2}} {
		t.Run(name, func(t *testing.T) {
			h := &scripted{}
			r := newRig(t, rigOptions{home: h, bearerOnly: c.bearerOnly})
			for range 3 {
				for _, token := range []string{"anna", "ben"} {
					if _, err := r.house.Config(ports.WithBearer(t.Context(), secret.New(token))); err != nil {
						t.Fatal(err)
					}
				}
			}
			if h.made() != c.calls {
				t.Errorf("%d calls, want %d", h.made(), c.calls)
			}
			before := h.made()
			_, _ = r.house.Config(t.Context())
			_, _ = r.house.Config(t.Context())
			if n, want := h.made()-before, map[bool]int{false: 0, true: 2}[c.bearerOnly]; n != want {
				t.Errorf("%d calls for somebody without a token, want %d", n, want)
			}
		})
	}
}

// TestCopies: nobody can change what the next one gets.
func TestCopies(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}})
	for _, ctx := range []context.Context{t.Context(), t.Context(), gateway.Fresh(t.Context()), t.Context(), t.Context()} {
		config, err := r.house.Config(ctx)
		if err != nil || config.Components[0] != "light" {
			t.Fatalf("got %+v, %v", config, err)
		}
		config.Components[0] = "changed"
		states, err := r.home.States(ctx)
		if err != nil || states[0].Value != home.On {
			t.Fatalf("got %+v, %v", states, err)
		}
		states[0].Value = "changed"
	}
}

// TestErrorsAreNotKept and a home that answers again is asked again.
func TestErrorsAreNotKept(t *testing.T) {
	h := &scripted{errs: []error{errors.New("no"), errors.New("no"), nil}}
	r := newRig(t, rigOptions{home: h})
	for i := range 5 {
		if _, err := r.house.Config(t.Context()); (err != nil) != (i < 2) {
			t.Errorf("the %dth time: %v", i, err)
		}
	}
	if h.made() != 3 {
		t.Errorf("asked %d times, want 3", h.made())
	}
}

// TestShared: who misses at the same time shares one call.
func TestShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &scripted{during: func(context.Context) error {
			time.Sleep(time.Second)
			return nil
		}}
		r := newRig(t, rigOptions{home: h})
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				ctx := traced(t.Context(), "x")
				config, err := r.house.Config(ctx)
				if err != nil || config.Name != "Home" {
					t.Errorf("got %+v, %v", config, err)
				}
				config.Components[0] = "changed"
				if crumbs, _ := gateway.TraceOf(ctx).Crumbs(); len(crumbs) == 0 || crumbs[0].Took != time.Second {
					t.Errorf("left %+v", crumbs)
				}
			})
		}
		all.Wait()
		if o := r.operation(t, "house.config"); h.made() != 1 || o.Shared != 19 || o.Calls != 20 {
			t.Errorf("asked %d times: %+v", h.made(), o)
		}
	})
}

// TestSharedDeadlines: each who waits for a shared call waits for as long as he
// may, and none fails by another's going away.
func TestSharedDeadlines(t *testing.T) {
	type waiter struct {
		limit time.Duration // his deadline
		gone  time.Duration // when he goes away; 0 for never
		err   bool
	}
	for name, c := range map[string]struct {
		takes   time.Duration // a call that is not cancelled
		waiters []waiter      // the first begins
		calls   int
		ended   time.Duration // when the last has his answer
	}{
		"all have time":           {time.Second, []waiter{{5 * time.Second, 0, false}, {2 * time.Second, 0, false}}, 1, time.Second},
		"the beginner goes away":  {2 * time.Second, []waiter{{5 * time.Second, time.Second, true}, {5 * time.Second, 0, false}}, 1, 2 * time.Second},
		"another goes away":       {2 * time.Second, []waiter{{5 * time.Second, 0, false}, {5 * time.Second, time.Second, true}}, 1, 2 * time.Second},
		"one has less time":       {2 * time.Second, []waiter{{5 * time.Second, 0, false}, {time.Second, 0, true}}, 1, 2 * time.Second},
		"the beginner has less":   {2 * time.Second, []waiter{{time.Second, 0, true}, {5 * time.Second, 0, false}}, 2, 3 * time.Second},
		"nobody has time":         {time.Hour, []waiter{{time.Second, 0, true}, {2 * time.Second, 0, true}}, 2, 2 * time.Second},
		"all go away":             {time.Hour, []waiter{{2 * time.Hour, time.Second, true}, {2 * time.Hour, 3 * time.Second, true}}, 1, 3 * time.Second},
		"the beginner alone":      {time.Hour, []waiter{{time.Second, 0, true}}, 1, time.Second},
		"he goes away, all alone": {time.Hour, []waiter{{2 * time.Hour, time.Second, true}}, 1, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &scripted{during: func(ctx context.Context) error {
					select {
					case <-time.After(c.takes):
						return nil
					case <-ctx.Done():
						return fault.Wrap(fault.Deadline, "The home did not answer in time.", ctx.Err())
					}
				}}
				r := newRig(t, rigOptions{home: h})
				started := time.Now()
				var all sync.WaitGroup
				for _, w := range c.waiters {
					all.Go(func() {
						ctx, cancel := context.WithTimeout(t.Context(), w.limit)
						defer cancel()
						if w.gone > 0 {
							time.AfterFunc(w.gone, cancel)
						}
						_, err := r.house.Config(ctx)
						if (err != nil) != w.err || err != nil && fault.Of(err) != fault.Deadline {
							t.Errorf("%+v: %v", w, err)
						}
					})
					synctest.Wait()
				}
				all.Wait()
				if took := time.Since(started); h.made() != c.calls || took != c.ended {
					t.Errorf("%d calls in %v, want %d in %v", h.made(), took, c.calls, c.ended)
				}
			})
		})
	}
}

// TestNoCache: without a cache everything is asked for.
func TestNoCache(t *testing.T) {
	h := &scripted{}
	r := newRig(t, rigOptions{home: h, noCache: true})
	for range 3 {
		if _, err := r.house.Config(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	r.gateway.Invalidate(ports.SectionConfiguration)
	if h.made() != 3 {
		t.Errorf("asked %d times, want 3", h.made())
	}
}
