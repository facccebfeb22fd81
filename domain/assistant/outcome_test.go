package assistant_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
)

// TestStill is of what is told of things that do not follow: their state, where that
// is something that people say.
func TestStill(t *testing.T) {
	t.Parallel()
	type pairs = []string
	for id, test := range map[home.EntityID]struct {
		intent string
		slots  pairs
		says   string
	}{
		"input_select.mood":        {intent.SetHelperOption, pairs{"helper", "house mood", "option", "away"}, "I have sent it, but House Mood is still Home."},
		"input_number.target":      {intent.SetHelperNumber, pairs{"helper", "target level", "number", "7"}, "I have sent it, but Target Level is still 5."},
		"input_text.note":          {intent.SetHelperOption, pairs{"helper", "door note", "option", "hello"}, "I have sent it, but Door Note didn't follow."},
		"input_boolean.guest_mode": {intent.SwitchHelperOn, pairs{"helper", "guest mode"}, "I have sent it, but Guest Mode didn't follow."},
		"input_button.bell":        {intent.SwitchHelperOn, pairs{"helper", "dinner bell"}, "I have sent it, but Dinner Bell didn't follow."},
		"timer.pasta":              {intent.StartTimer, pairs{"timer", "pasta"}, "I have sent it, but Pasta didn't follow."},
	} {
		t.Run(string(id), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.ignores = id
				says(t, r.ask(t, test.intent, test.slots...), test.says, false)
			})
		})
	}
}

// TestLateDevice wants a device that reports late to be waited for, and one that
// never does to be told of.
func TestLateDevice(t *testing.T) {
	t.Parallel()
	for late, want := range map[time.Duration]string{
		300 * time.Millisecond: "Everything in Study is off.",
		10 * time.Second:       "Stubborn Lamp didn't follow",
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			timer := time.AfterFunc(late, func() {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.at("light.stubborn").Value = home.Off
			})
			defer timer.Stop()
			began := time.Now()
			says(t, r.ask(t, intent.AreaOff, "area", "study"), want, false)
			if took := time.Since(began); took > patience.Command.Effect {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// TestPartly wants people to be told what was done where a call for several things
// failed at one of them.
func TestPartly(t *testing.T) {
	t.Parallel()
	for _, step := range []struct {
		kind fault.Kind
		says string
	}{
		{fault.Failed, "I have sent it, but Counter Light and Kettle didn't follow."},
		{fault.Refused, "I have sent it, but Counter Light and Kettle didn't follow."},
		{fault.Unsupported, "I have sent it, but Counter Light and Kettle didn't follow."},
		{fault.Unanswered, "has not said whether it was done"},
		{fault.Unreachable, "can't reach your home"},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.at("switch.kettle").Value = home.Off
			r.befall("homeassistant.turn_on", 0, fault.New(step.kind, "No."))
			says(t, r.ask(t, intent.AreaOn, "area", "kitchen"), step.says, false)
			if fault.Of(r.err) != step.kind || len(r.take()) != 1 {
				t.Errorf("the log has %v", r.err)
			}
		})
	}
}

// TestAfterwards is of what is told of a helper after a command.
func TestAfterwards(t *testing.T) {
	t.Parallel()
	guest := home.EntityID("input_boolean.guest_mode")
	becomes := func(value string) func(*house) { return func(h *house) { h.at(guest).Value = value } }
	for name, test := range map[string]struct {
		// befalls is what happens to the house while it has the call, and err what it
		// says after some time.
		befalls   func(*house)
		takes     time.Duration
		err       error
		says, log string
	}{
		"it does not follow": {func(h *house) { h.ignores = guest }, 0, nil, "I have sent it, but Guest Mode didn't follow.", ""},
		"it is gone": {func(h *house) {
			h.states = slices.DeleteFunc(h.states, func(s home.State) bool { return s.ID == guest })
		}, 0, nil, "can't reach Guest Mode", ""},
		"it is away":                    {becomes(home.Unavailable), 0, nil, "can't reach Guest Mode", ""},
		"the home is":                   {func(h *house) { h.away, h.ignores = fault.New(fault.Unreachable, "No."), guest }, 0, nil, "can't see what Guest Mode did", ""},
		"nothing of that":               {func(*house) {}, 0, nil, "Guest Mode is on.", ""},
		"a reply after a while":         {func(*house) {}, 3 * time.Second, nil, "Guest Mode is on.", ""},
		"no reply, but it shows":        {becomes(home.On), time.Minute, nil, "Guest Mode is on.", ""},
		"no reply, and it is as it was": {func(*house) {}, time.Minute, nil, "has not said whether it was done", "unanswered"},
		"broken off, but it shows":      {becomes(home.On), 0, fault.New(fault.Unanswered, "No."), "Guest Mode is on.", ""},
		"broken off":                    {func(*house) {}, 0, fault.New(fault.Unanswered, "No."), "has not said whether it was done", "unanswered"},
		"refused":                       {func(*house) {}, 0, fault.New(fault.Refused, "No."), "Your home declined that.", "refused"},
		"refused because it is away":    {becomes(home.Unavailable), 0, fault.New(fault.Refused, "No."), "can't reach Guest Mode", "refused"},
		"failed":                        {func(*house) {}, 0, fault.New(fault.Failed, "No."), "Your home tried, and it failed.", "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.befall("input_boolean.turn_on", test.takes, test.err)
				after := r.befalls["input_boolean.turn_on"]
				r.befalls["input_boolean.turn_on"] = func(ctx context.Context) error {
					r.mu.Lock()
					test.befalls(r.house)
					r.mu.Unlock()
					return after(ctx)
				}
				says(t, r.ask(t, intent.SwitchHelperOn, "helper", "guest mode"), test.says, false)
				if log := kindOf(r.err); log != test.log {
					t.Errorf("the log has %v, should have %q", r.err, test.log)
				}
				if n := len(r.take()); n != 1 {
					t.Errorf("the home was called %d times", n)
				}
			})
		})
	}
}

// kindOf returns the kind of an error by its name, "" for none.
func kindOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).String()
}

// TestLeaves wants a player that leaves the network when it is turned off to be off,
// and nothing else that leaves.
func TestLeaves(t *testing.T) {
	t.Parallel()
	for id, want := range map[home.EntityID]string{
		"media_player.radio": "Everything in Living Room is off.",
		"light.sofa":         "can't reach Sofa Lamp.",
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.befalls["homeassistant.turn_off"] = func(context.Context) error {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.at(id).Value = home.Unavailable
				r.at(id).Updated = time.Now().Add(time.Millisecond)
				return nil
			}
			says(t, r.ask(t, intent.AreaOff, "area", "living room"), want, false)
		})
	}
}

// TestCrowdedRoom wants the things of a room to be looked at in one question where
// they are many.
func TestCrowdedRoom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.befall("light.turn_off", 0, fault.New(fault.Failed, "No."))
		for _, id := range []home.EntityID{"light.a", "light.b", "light.c", "light.d", "light.e"} {
			r.states = append(r.states, home.State{ID: id, Value: home.On})
			r.crowd = append(r.crowd, id)
		}
		says(t, r.ask(t, intent.LightsOff, "area", "living room"), "Sofa Lamp, a, b, c, d and e didn't follow", false)
		if r.reads != 0 {
			t.Errorf("%d states were asked for one by one", r.reads)
		}
	})
}
