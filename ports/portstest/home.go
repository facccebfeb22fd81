package portstest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// HomeSetup says what is in the home under test, and how to upset it.
type HomeSetup struct {
	// Lights are two lights or more that can be switched.
	Lights []home.EntityID
	// Thermostat is a climate device whose temperature can be set, but not to 99.
	Thermostat home.EntityID
	// Latched is a lock that cannot be opened, only locked and unlocked.
	Latched home.EntityID

	// Away makes the home unreachable; nil when that cannot be done.
	Away func()
	// Hang makes the home take the next request and never answer it; taken says
	// whether it has. It is nil when that cannot be done.
	Hang func() (taken func() bool)
	// Lose makes the home carry out the next call and the reply be lost; nil when
	// that cannot be done.
	Lose func()
	// Rejecting is another client of the home, with credentials of its own that
	// the home rejects; nil when there is none.
	Rejecting ports.Home
}

// Home is the contract of ports.Home. open returns a home that nobody else uses
// meanwhile; it is opened again for every test, and each leaves the devices as it
// found them.
func Home(t *testing.T, open func(t *testing.T) (ports.Home, HomeSetup)) {
	for _, test := range []struct {
		name string
		run  func(*homeTest, *testing.T)
	}{
		{"state", (*homeTest).state},
		{"states", (*homeTest).states},
		{"call and state agree", (*homeTest).callAndState},
		{"nothing changed", (*homeTest).nothingChanged},
		{"several at once", (*homeTest).severalTargets},
		{"an entity that does not exist", (*homeTest).absent},
		{"a value that is refused", (*homeTest).refused},
		{"a service that there is not", (*homeTest).unsupported},
		{"a context that has ended", (*homeTest).ended},
		{"many at once", (*homeTest).manyAtOnce},
		{"away", (*homeTest).away},
		{"hangs", (*homeTest).hangs},
		{"the reply is lost", (*homeTest).loses},
		{"rejected credentials", (*homeTest).rejected},
		{"counts its requests", (*homeTest).counts},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := &homeTest{}
			h.Home, h.HomeSetup = open(t)
			test.run(h, t)
		})
	}
}

// homeTest is a home under test and what is in it.
type homeTest struct {
	ports.Home
	HomeSetup
}

// patience is what no answer of a home in the same building takes.
const patience = 20 * time.Second

func (h *homeTest) see(t *testing.T, id home.EntityID) home.State {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	state, err := h.State(ctx, id)
	if err != nil {
		t.Fatalf("State(%s): %v", id, err)
	}
	return state
}

// do makes a call that must succeed.
func (h *homeTest) do(t *testing.T, domain, service string, targets ...home.EntityID) []home.State {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience) // also when the test is over
	defer cancel()
	changed, err := h.Call(ctx, home.ServiceCall{Domain: domain, Service: service, Targets: targets})
	if err != nil {
		t.Fatalf("Call(%s.%s): %v", domain, service, err)
	}
	return changed
}

// turn turns lights to a value, and back when the test is over.
func (h *homeTest) turn(t *testing.T, value string, lights ...home.EntityID) []home.State {
	t.Helper()
	for _, id := range lights {
		if before := h.see(t, id); before.Value != value {
			t.Cleanup(func() { h.do(t, "light", "turn_"+before.Value, id) })
		}
	}
	return h.do(t, "light", "turn_"+value, lights...)
}

// fails wants err to be of a kind, and to say whether a command was sent.
func fails(t *testing.T, what string, err error, kind fault.Kind, sent bool) {
	t.Helper()
	var e *fault.Error
	switch {
	case err == nil:
		t.Errorf("%s succeeded, want %v", what, kind)
	case !errors.As(err, &e):
		t.Errorf("%s: %v is no *fault.Error", what, err)
	case e.Kind != kind:
		t.Errorf("%s: %v, want %v", what, err, kind)
	case e.Sent != sent:
		t.Errorf("%s: %v has Sent %v, want %v", what, err, e.Sent, sent)
	case e.Text == "":
		t.Errorf("%s: %v has no text for people", what, err)
	}
}

// last returns the last state of an entity among those that changed.
func last(changed []home.State, id home.EntityID) (home.State, bool) {
	for _, state := range slices.Backward(changed) {
		if state.ID == id {
			return state, true
		}
	}
	return home.State{}, false
}

func (h *homeTest) counts(t *testing.T) {
	before := h.see(t, h.Lights[0])
	service := map[bool]string{true: "turn_on", false: "turn_off"}[before.Value == home.On]
	counted(t, "State", func(ctx context.Context) (want int64, err error) {
		_, err = h.State(ctx, h.Lights[0])
		return 1, err
	})
	counted(t, "States", func(ctx context.Context) (want int64, err error) {
		_, err = h.States(ctx)
		return 1, err
	})
	counted(t, "Call", func(ctx context.Context) (want int64, err error) {
		_, err = h.Call(ctx, home.CallOn(h.Lights[0], "light", service))
		return 1, err
	})
}

func (h *homeTest) state(t *testing.T) {
	for _, id := range append([]home.EntityID{h.Thermostat, h.Latched}, h.Lights...) {
		s := h.see(t, id)
		if s.ID != id || s.Value == "" || s.Updated.IsZero() || s.Changed.IsZero() || s.Changed.After(s.Updated) {
			t.Errorf("State(%s) is %+v", id, s)
		}
		if again := h.see(t, id); again.ID != s.ID {
			t.Errorf("State(%s) is of %s the second time", id, again.ID)
		}
	}
	if modes := h.see(t, h.Thermostat).Texts(home.AttrHVACModes); len(modes) == 0 {
		t.Errorf("%s has no %s", h.Thermostat, home.AttrHVACModes)
	}
	for _, id := range []home.EntityID{
		"light.there_is_no_such_light", "light", "light.", "all", "", ".", "light.a/../../config", "light.%2e", "LIGHT.X", "light.\x00",
	} {
		_, err := h.State(t.Context(), id)
		fails(t, "State("+string(id)+")", err, fault.NotFound, false)
	}
}

func (h *homeTest) states(t *testing.T) {
	states, err := h.States(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]home.EntityID, len(states))
	for i, s := range states {
		ids[i] = s.ID
		if !s.ID.Valid() {
			t.Errorf("States has an entity %q", s.ID)
		}
	}
	for _, id := range append([]home.EntityID{h.Thermostat, h.Latched}, h.Lights...) {
		i := slices.Index(ids, id)
		if i < 0 {
			t.Errorf("States lacks %s", id)
		} else if one := h.see(t, id); one.Value != states[i].Value || one.Name() != states[i].Name() {
			t.Errorf("States has %+v, State has %+v", states[i], one)
		}
	}
	clear(states) // the slice is the caller's
	again, err := h.States(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(again, ids, func(s home.State, id home.EntityID) bool { return s.ID == id }) {
		t.Error("States has another order, or others, the second time")
	}
}

func (h *homeTest) callAndState(t *testing.T) {
	id := h.Lights[0]
	h.turn(t, home.Off, id)
	for _, value := range []string{home.On, home.Off, home.On} {
		changed := h.turn(t, value, id)
		if s, ok := last(changed, id); !ok || s.Value != value || s.Updated.IsZero() {
			t.Errorf("turned %s, the call told %+v", value, changed)
		}
		if s := h.see(t, id); s.Value != value {
			t.Errorf("turned %s, State has %+v", value, s)
		}
	}
}

func (h *homeTest) nothingChanged(t *testing.T) {
	id := h.Lights[0]
	h.turn(t, home.Off, id)
	if changed := h.turn(t, home.Off, id); len(changed) > 0 {
		t.Errorf("turned off what was off, the call told %+v", changed)
	}
}

func (h *homeTest) severalTargets(t *testing.T) {
	h.turn(t, home.Off, h.Lights...)
	changed := h.turn(t, home.On, h.Lights...)
	for _, id := range h.Lights {
		if s, ok := last(changed, id); !ok || s.Value != home.On {
			t.Errorf("turned on %v, the call told nothing of %s", h.Lights, id)
		}
	}
}

func (h *homeTest) absent(t *testing.T) {
	if changed := h.do(t, "light", "turn_on", "light.there_is_no_such_light"); len(changed) > 0 {
		t.Errorf("the call told %+v", changed)
	}
}

func (h *homeTest) refused(t *testing.T) {
	before := h.see(t, h.Thermostat)
	_, err := h.Call(t.Context(), home.CallOn(h.Thermostat, "climate", "set_temperature",
		home.Field{Name: home.AttrTemperature, Value: home.Number(99)}))
	fails(t, "setting 99 degrees", err, fault.Refused, true)
	h.untouched(t, before)
}

func (h *homeTest) unsupported(t *testing.T) {
	before := h.see(t, h.Latched)
	_, err := h.Call(t.Context(), home.CallOn(h.Latched, "lock", "open"))
	fails(t, "opening what cannot be opened", err, fault.Unsupported, true)
	_, err = h.Call(t.Context(), home.CallOn(h.Latched, "lock", "there_is_no_such_service"))
	fails(t, "calling what is no service", err, fault.Unsupported, true)
	h.untouched(t, before)
}

// untouched wants an entity to be as it was.
func (h *homeTest) untouched(t *testing.T, before home.State) {
	t.Helper()
	now := h.see(t, before.ID)
	for _, name := range []string{home.AttrTemperature, home.AttrTargetTempLow, home.AttrTargetTempHigh} {
		if !now.Attributes.Get(name).Equal(before.Attributes.Get(name), 0) {
			t.Errorf("%s of %s was %v and is %v", name, before.ID, before.Attributes.Get(name), now.Attributes.Get(name))
		}
	}
	if now.Value != before.Value {
		t.Errorf("%s was %s and is %s", before.ID, before.Value, now.Value)
	}
}

func (h *homeTest) ended(t *testing.T) {
	id := h.Lights[0]
	h.turn(t, home.Off, id)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.State(ctx, id)
	fails(t, "State", err, fault.Deadline, false)
	_, err = h.States(ctx)
	fails(t, "States", err, fault.Deadline, false)
	_, err = h.Call(ctx, home.CallOn(id, "light", "turn_on"))
	fails(t, "Call", err, fault.Deadline, false)
	if s := h.see(t, id); s.Value != home.Off {
		t.Errorf("a call that was not sent has turned the light %s", s.Value)
	}
}

func (h *homeTest) manyAtOnce(t *testing.T) {
	h.turn(t, home.Off, h.Lights...)
	var all sync.WaitGroup
	for i := range 8 {
		id := h.Lights[i%len(h.Lights)]
		all.Go(func() {
			for range 3 {
				if _, err := h.Call(t.Context(), home.CallOn(id, "light", "turn_on")); err != nil {
					t.Errorf("Call: %v", err)
				}
				if s, err := h.State(t.Context(), id); err != nil || s.ID != id {
					t.Errorf("State(%s): %+v, %v", id, s, err)
				}
				if states, err := h.States(t.Context()); err != nil || len(states) == 0 {
					t.Errorf("States: %d, %v", len(states), err)
				}
			}
		})
	}
	all.Wait()
	h.turn(t, home.Off, h.Lights...)
}

func (h *homeTest) away(t *testing.T) {
	if h.Away == nil {
		t.Skip("this home cannot be made unreachable")
	}
	h.Away()
	_, err := h.State(t.Context(), h.Lights[0])
	fails(t, "State", err, fault.Unreachable, false)
	_, err = h.States(t.Context())
	fails(t, "States", err, fault.Unreachable, false)
	_, err = h.Call(t.Context(), home.CallOn(h.Lights[0], "light", "turn_on"))
	fails(t, "Call", err, fault.Unreachable, false)
}

func (h *homeTest) hangs(t *testing.T) {
	if h.Hang == nil {
		t.Skip("this home cannot be made to hang")
	}
	_, err := h.State(Expiring(t, h.Hang()), h.Lights[0])
	fails(t, "State", err, fault.Deadline, false)
	_, err = h.States(Expiring(t, h.Hang()))
	fails(t, "States", err, fault.Deadline, false)
	_, err = h.Call(Expiring(t, h.Hang()), home.CallOn(h.Lights[0], "light", "turn_on"))
	fails(t, "Call", err, fault.Unanswered, true)
	h.see(t, h.Lights[0]) // it goes on afterwards
}

func (h *homeTest) loses(t *testing.T) {
	if h.Lose == nil {
		t.Skip("this home cannot be made to lose a reply")
	}
	id := h.Lights[0]
	h.turn(t, home.Off, id)
	h.Lose()
	_, err := h.Call(t.Context(), home.CallOn(id, "light", "turn_on"))
	fails(t, "Call", err, fault.Unanswered, true)
	if s := h.see(t, id); s.Value != home.On {
		t.Errorf("the call was carried out and the light is %s", s.Value)
	}
	h.turn(t, home.Off, id)
}

func (h *homeTest) rejected(t *testing.T) {
	if h.Rejecting == nil {
		t.Skip("there is no client with rejected credentials")
	}
	_, err := h.Rejecting.State(t.Context(), h.Lights[0])
	fails(t, "State", err, fault.NotAllowed, false)
	_, err = h.Rejecting.States(t.Context())
	fails(t, "States", err, fault.NotAllowed, false)
	_, err = h.Rejecting.Call(t.Context(), home.CallOn(h.Lights[0], "light", "turn_on"))
	fails(t, "Call", err, fault.NotAllowed, true)
}
