package control_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

const ms = time.Millisecond

// The troubles of a command.
var (
	dropped = &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Sent: true}

	// lost: carried out, and no reply ever comes.
	lost = portstest.Trouble{Op: portstest.OpCall, After: portstest.Never}
	// swallowed: not carried out, and no reply ever comes.
	swallowed = portstest.Trouble{Op: portstest.OpCall, After: portstest.Never, Undone: true}
	// brokenOff: carried out, and the connection breaks at once.
	brokenOff = portstest.Trouble{Op: portstest.OpCall, Err: dropped}
	// vanished: not carried out, and the connection breaks at once.
	vanished = portstest.Trouble{Op: portstest.OpCall, Err: dropped, Undone: true}
	// unsent: the home does not even take it.
	unsent = portstest.Trouble{Op: portstest.OpCall, Before: portstest.Never}
)

// slow is a reply that comes so long after the command was carried out.
func slow(by time.Duration) portstest.Trouble {
	return portstest.Trouble{Op: portstest.OpCall, After: by}
}

// fails is a command that fails and is not carried out.
func fails(kind fault.Kind, sent bool) portstest.Trouble {
	return portstest.Trouble{Op: portstest.OpCall, Undone: true, Err: &fault.Error{Kind: kind, Text: "It did not work.", Sent: sent}}
}

func late(id home.EntityID, by time.Duration) func(*portstest.MemoryHome) {
	return func(h *portstest.MemoryHome) { h.Late(id, by) }
}

func travels(id home.EntityID, takes time.Duration) func(*portstest.MemoryHome) {
	return func(h *portstest.MemoryHome) { h.Travels(id, takes) }
}

// ahead makes the home's clock go wrong. What the home tells by it is true to the
// second, so its states are older than that.
func ahead(by time.Duration) func(*portstest.MemoryHome) {
	return func(h *portstest.MemoryHome) {
		time.Sleep(time.Minute)
		h.Ahead(by)
	}
}

func befall(troubles ...portstest.Trouble) func(*portstest.MemoryHome) {
	return func(h *portstest.MemoryHome) { h.Befall(troubles...) }
}

// effects are commands, what goes wrong with them, and what Alexa must be told.
var effects = []struct {
	name      string
	directive alexa.Directive
	befalls   []func(*portstest.MemoryHome)
	// says is a property and its value in JSON: "powerState \"ON\"".
	says string
	// err is the type of the error; "" for none.
	err alexa.ErrorType
	// took is how long the answer takes.
	took time.Duration
	// uncertain is the property's uncertainty: how long ago the house said it, or
	// a command was sent that it takes to be carried out.
	uncertain time.Duration
}{
	{name: "a device that reports 400 ms late", directive: turnOn, befalls: f(late("light.lamp", 400*ms)), says: `powerState "ON"`, took: 700 * ms},
	{name: "a device that reports 1.4 s late", directive: turnOn, befalls: f(late("light.lamp", 1400*ms)), says: `powerState "ON"`, took: 1500 * ms},
	{name: "a device that reports 3 s late", directive: turnOn, befalls: f(late("light.lamp", 3*time.Second)), says: `powerState "ON"`, took: 1500 * ms, uncertain: 1500 * ms},
	{name: "a device that reports its brightness 3 s late", directive: half, befalls: f(late("light.lamp", 3*time.Second)), says: `brightness 50`, took: 1500 * ms, uncertain: 1500 * ms},
	{name: "a device that does nothing", directive: turnOn, befalls: f(late("light.lamp", time.Hour)), says: `powerState "ON"`, took: 1500 * ms, uncertain: 1500 * ms},
	{name: "a relative change that reports late", directive: brighter, befalls: f(late("light.lit", 400*ms)), says: `brightness 75`, took: 700 * ms},
	{name: "a relative change that never reports", directive: brighter, befalls: f(late("light.lit", time.Hour)), says: `brightness 50`, took: 1500 * ms},
	{name: "a scene that reports late", directive: film, befalls: f(late("scene.film", 400*ms)), took: 700 * ms},
	{name: "a blind on its way", directive: openBlind, befalls: f(travels("cover.blind", 20*time.Second)), says: `rangeValue 0`},

	{name: "a lock that takes 3 s", directive: lock, befalls: f(travels("lock.door", 3*time.Second)), says: `lockState "LOCKED"`, took: 3100 * ms},
	{name: "a lock that is still at it", directive: lock, befalls: f(travels("lock.door", time.Minute)), err: alexa.EndpointUnreachable, took: whole - 2*margin},
	{name: "a lock that jams", directive: lock, befalls: f(travels("lock.door", 2*time.Second), func(h *portstest.MemoryHome) { h.Jams("lock.door") }), says: `lockState "JAMMED"`, took: 2300 * ms},
	{name: "a lock that reports late", directive: lock, befalls: f(late("lock.door", 1200*ms)), says: `lockState "LOCKED"`, took: 1500 * ms},
	{name: "a lock that never reports", directive: lock, befalls: f(late("lock.door", time.Hour)), err: alexa.EndpointUnreachable, took: whole - 2*margin},
	{name: "a lock that reports 3 s late", directive: lock, befalls: f(late("lock.door", 3*time.Second)), says: `lockState "LOCKED"`, took: 3100 * ms},
	{name: "a lock that begins late and takes 3 s", directive: lock, befalls: f(late("lock.door", 600*ms), travels("lock.door", 3*time.Second)), says: `lockState "LOCKED"`, took: 3900 * ms},
	{name: "a garage door that never reports", directive: openGarage, befalls: f(late("cover.garage", time.Hour)), took: whole - 2*margin},
	{name: "a garage door that reports 2.5 s late", directive: openGarage, befalls: f(late("cover.garage", 2500*ms)), says: `mode "position.open"`, took: 3100 * ms},

	{name: "a reply that comes late", directive: turnOn, befalls: f(befall(slow(time.Second))), says: `powerState "ON"`, took: time.Second},
	{name: "a reply that comes later than its effect", directive: turnOn, befalls: f(befall(slow(5 * time.Second))), says: `powerState "ON"`, took: soft},
	{name: "a reply and an effect that come late", directive: turnOn, befalls: f(befall(slow(2*time.Second)), late("light.lamp", time.Hour)), says: `powerState "ON"`, took: 2 * time.Second, uncertain: 2 * time.Second},
	{name: "a reply that reports a relative change late", directive: brighter, befalls: f(befall(slow(2 * time.Second))), says: `brightness 75`, took: 2 * time.Second},
	{name: "a reply that reports a lock late", directive: lock, befalls: f(befall(slow(2*time.Second)), travels("lock.door", 4*time.Second)), says: `lockState "LOCKED"`, took: 4300 * ms},

	{name: "no reply, and the effect shows", directive: turnOn, befalls: f(befall(lost)), says: `powerState "ON"`, took: soft},
	{name: "no reply, and the effect shows late", directive: turnOn, befalls: f(befall(lost), late("light.lamp", 4*time.Second)), says: `powerState "ON"`, took: 4600 * ms},
	{name: "no reply, and no effect", directive: turnOn, befalls: f(befall(swallowed)), err: alexa.EndpointUnreachable, took: whole - margin},
	{name: "no reply of a lock, and the effect shows", directive: lock, befalls: f(befall(lost), travels("lock.door", 3*time.Second)), says: `lockState "LOCKED"`, took: 3 * time.Second},
	{name: "no reply of a lock, and it is still at it", directive: lock, befalls: f(befall(lost), travels("lock.door", time.Hour)), err: alexa.EndpointUnreachable, took: whole - margin},
	{name: "no reply of a relative change that is late", directive: brighter, befalls: f(befall(lost), late("light.lit", 3*time.Second)), says: `brightness 75`, took: 3 * time.Second},
	{name: "no reply of a relative change without effect", directive: brighter, befalls: f(befall(swallowed)), err: alexa.EndpointUnreachable, took: whole - margin},
	{name: "no reply of a relative change by a clock that is ahead", directive: brighter, befalls: f(ahead(time.Hour), befall(lost)), says: `brightness 75`, took: soft},
	{name: "no reply of a relative change by a clock that is behind", directive: brighter, befalls: f(ahead(-time.Hour), befall(lost)), says: `brightness 75`, took: soft},
	{name: "no effect of a relative change by a clock that is ahead", directive: brighter, befalls: f(ahead(time.Hour), befall(swallowed)), err: alexa.EndpointUnreachable, took: whole - margin},
	{name: "no effect of a relative change by a clock that is behind", directive: brighter, befalls: f(ahead(-time.Hour), befall(swallowed)), err: alexa.EndpointUnreachable, took: whole - margin},
	{name: "broken off, and the effect shows", directive: turnOn, befalls: f(befall(brokenOff))},
	{name: "broken off, and the effect shows late", directive: turnOn, befalls: f(befall(brokenOff), late("light.lamp", 900*ms)), says: `powerState "ON"`, took: 1500 * ms},
	{name: "broken off, and no effect", directive: turnOn, befalls: f(befall(vanished)), err: alexa.EndpointUnreachable, took: whole - margin},
	{name: "broken off late", directive: turnOn, befalls: f(befall(portstest.Trouble{Op: portstest.OpCall, After: 2 * time.Second, Err: dropped, Undone: true})), err: alexa.EndpointUnreachable, took: whole - margin},
	{name: "never sent", directive: turnOn, befalls: f(befall(unsent)), err: alexa.BridgeUnreachable, took: whole - margin},
	{name: "cannot be sent", directive: turnOn, befalls: f(befall(fails(fault.Unreachable, false))), err: alexa.BridgeUnreachable},
	{name: "cannot be sent, known late", directive: turnOn, befalls: f(befall(portstest.Trouble{Op: portstest.OpCall, Before: 3 * time.Second, Undone: true, Err: fault.New(fault.Unreachable, "The home cannot be reached.")})), err: alexa.BridgeUnreachable, took: 3 * time.Second},
	{name: "a breaker that is open", directive: turnOn, befalls: f(befall(fails(fault.Open, false))), err: alexa.BridgeUnreachable},
	{name: "LEE's own token rejected", directive: turnOn, befalls: f(befall(fails(fault.NotAllowed, true))), err: alexa.BridgeUnreachable},
	{name: "Alexa's token rejected", directive: turnOn, befalls: f(befall(fails(fault.TokenRejected, true))), err: alexa.InvalidAuthorizationCredential},
	{name: "an integration that fails", directive: turnOn, befalls: f(befall(fails(fault.Failed, true))), err: alexa.InternalError},
	{name: "an unknown service", directive: turnOn, befalls: f(befall(fails(fault.Unsupported, true))), err: alexa.InvalidDirective},

	{name: "gone", directive: turnOn, befalls: f(func(h *portstest.MemoryHome) { h.Remove("light.lamp") }), err: alexa.NoSuchEndpoint},
	{name: "gone, and no reply", directive: turnOn, befalls: f(befall(swallowed), func(h *portstest.MemoryHome) { h.Remove("light.lamp") }), err: alexa.NoSuchEndpoint, took: soft},
	{name: "unavailable", directive: directive("light#broken", alexa.PowerController, "TurnOn", `{}`), err: alexa.EndpointUnreachable},
	{name: "unavailable before a step", directive: directive("light#broken", alexa.ColorTemperatureController, "IncreaseColorTemperature", `{}`), err: alexa.EndpointUnreachable},
	{name: "refused, and explained", directive: tooWarm, err: alexa.TemperatureValueOutOfRange},
	{name: "refused, and gone", directive: turnOn, befalls: f(befall(fails(fault.Refused, true)), func(h *portstest.MemoryHome) { h.Remove("light.lamp") }), err: alexa.NoSuchEndpoint},
	{name: "refused, and unavailable", directive: directive("light#broken", alexa.PowerController, "TurnOn", `{}`), befalls: f(befall(fails(fault.Refused, true))), err: alexa.EndpointUnreachable},
	{name: "refused, and nobody can say why", directive: turnOn, befalls: f(befall(fails(fault.Refused, true), portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.Unreachable, "Away.")})), err: alexa.InvalidValue},
	{name: "refused what holds already", directive: directive("light#lit", alexa.PowerController, "TurnOn", `{}`), befalls: f(befall(fails(fault.Refused, true))), says: `powerState "ON"`},

	{name: "a look that fails after the reply", directive: directive("light#lit", alexa.PowerController, "TurnOn", `{}`), befalls: f(befall(portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.Unreachable, "Away.")})), err: alexa.EndpointUnreachable},
	{name: "a second look that fails", directive: turnOn, befalls: f(late("light.lamp", 400*ms), befall(portstest.Trouble{Op: portstest.OpState}, portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.Unreachable, "Away.")})), says: `powerState "ON"`, took: 100 * ms, uncertain: 100 * ms},
	{name: "a second look that hangs", directive: turnOn, befalls: f(late("light.lamp", 400*ms), befall(portstest.Trouble{Op: portstest.OpState}, portstest.Trouble{Op: portstest.OpState, After: portstest.Never})), says: `powerState "ON"`, took: 1600 * ms, uncertain: 1600 * ms},
	{name: "a second look at a lock that fails", directive: lock, befalls: f(late("lock.door", 400*ms), befall(portstest.Trouble{Op: portstest.OpState}, portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.Unreachable, "Away.")})), says: `lockState "LOCKED"`, took: 700 * ms},
	{name: "looks that fail beside a call without reply", directive: turnOn, befalls: f(befall(lost, portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.Unreachable, "Away.")}, portstest.Trouble{Op: portstest.OpState, After: portstest.Never})), says: `powerState "ON"`, took: 3300 * ms},
	{name: "it goes away meanwhile", directive: turnOn, befalls: f(late("light.lamp", time.Hour), befall(portstest.Trouble{Op: portstest.OpState}, portstest.Trouble{Op: portstest.OpState, Err: fault.New(fault.NotFound, "Gone.")})), err: alexa.NoSuchEndpoint, took: 100 * ms},
}

func f(all ...func(*portstest.MemoryHome)) []func(*portstest.MemoryHome) { return all }

func TestEffect(t *testing.T) {
	for _, test := range effects {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := furnished()
				for _, befalls := range test.befalls {
					befalls(h)
				}
				o := handle(t, h, test.directive, whole)
				if o.errorType() != test.err {
					t.Errorf("%v, want %q", o.err, test.err)
				}
				if n := h.Count(portstest.OpCall); n != 1 && !strings.Contains(test.name, "before a step") {
					t.Errorf("the command was sent %d times", n)
				}
				if o.took != test.took {
					t.Errorf("it took %v and %d looks, want %v", o.took, looks(h), test.took)
				}
				name, value, _ := strings.Cut(test.says, " ")
				got, uncertainty := o.property(name)
				if got != value {
					t.Errorf("%s is %s, want %s", name, got, value)
				}
				if uncertainty != test.uncertain {
					t.Errorf("%s has an uncertainty of %v, want %v", name, uncertainty, test.uncertain)
				}
				if n := looks(h); n > 13 {
					t.Errorf("the home was asked for the state %d times", n)
				}
			})
		})
	}
}

// TestInstead is of a cover that cannot be opened and can be set to a position.
func TestInstead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := furnished()
		h.Befall(fails(fault.Unsupported, true))
		o := handle(t, h, openBlind, whole)
		want := []string{"state", "call cover.open_cover", "call cover.set_cover_position"}
		if got := journal(h); o.err != nil || !slices.Equal(got, want) {
			t.Errorf("%v: the home was asked for %q, want %q", o.err, got, want)
		}
		if position, _ := o.property("rangeValue"); position != "100" {
			t.Errorf("it is at %s", position)
		}
	})
}

// TestNothingIsLeft wants a call that gets no reply to end with the answer: in a
// process that is frozen after it, nothing must be under way.
func TestNothingIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := furnished()
		h.Befall(lost)
		o := handleIn(context.WithoutCancel(t.Context()), t, h, turnOn)
		if o.err != nil || o.took != soft {
			t.Errorf("%v after %v", o.err, o.took)
		}
		synctest.Wait() // the bubble does not end while the call goes on
	})
}

// TestEveryDeadline wants an answer before every deadline, whatever is wrong.
func TestEveryDeadline(t *testing.T) {
	for _, within := range []time.Duration{0, margin / 2, margin, margin + 1, time.Second, soft, 3 * time.Second} {
		for name, trouble := range map[string]portstest.Trouble{"lost": lost, "swallowed": swallowed, "unsent": unsent, "vanished": vanished} {
			t.Run(fmt.Sprintf("%v/%s", within, name), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					h := furnished()
					h.Late("light.lamp", time.Hour)
					h.Befall(trouble)
					o := handle(t, h, turnOn, within)
					if o.err == nil || o.took > within {
						t.Errorf("%v after %v", o.err, o.took)
					}
				})
			})
		}
	}
}
