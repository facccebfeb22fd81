// Package capability translates between the home's language and Alexa's. It
// holds one file per Alexa interface, with all that is known of that interface:
// which entities have it, how discovery describes it, its properties, its
// directives. One small table per Home Assistant domain (the kind_*.go files)
// says which interfaces make up an endpoint of that domain.
//
// Everything here is pure: no I/O, no clock, no shared state. A caller that wants to
// teach LEE a further interface writes one file and adds one line to a table.
package capability

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// View is an entity as a translation sees it: its state, and what of the house
// it needs besides.
type View struct {
	State home.State
	House House
}

// House is what a translation needs to know of the house as a whole.
type House struct {
	// Temperature is the unit of the house's temperatures; "" counts as °C. It
	// is known only for kinds that ask for it (Kind.Units).
	Temperature home.Unit
	// Locale is the locale of labels, "en-US"; "" counts as that.
	Locale string
	// Codes are the codes that are configured for locks and alarm panels; nil for
	// none.
	Codes map[home.EntityID]secret.Text
	// Streams is the address below which Alexa finds the cameras' streams, known
	// only for kinds that ask for it (Kind.Streams); "" for nowhere.
	Streams string
	// Sessions are the cameras that can be seen over WebRTC, known only for kinds that
	// ask for Streams; nil for none.
	Sessions []home.EntityID
	// NoUnlock says that locks are not unlocked by voice, NoDisarm that alarm
	// panels are not disarmed.
	NoUnlock, NoDisarm bool
}

// code returns the parameters with which a service gets the code that is
// configured for an entity; none when there is none.
func (h House) code(id home.EntityID) []home.Field { return withCode(h.Codes[id]) }

func withCode(code secret.Text) []home.Field {
	if code.Empty() {
		return nil
	}
	return []home.Field{{Name: "code", Value: home.Secret(code)}}
}

// turnedOff is the error of what the house's own settings forbid.
func turnedOff(what, variable string) error {
	return fault.New(fault.Disabled, what+" by voice is turned off ("+variable+").")
}

// Interface is one Alexa interface as the entities of one kind have it.
type Interface struct {
	// Namespace and Instance name it; most interfaces have no instance.
	Namespace alexa.Namespace
	Instance  string
	// Supports says whether an entity has the interface; nil means every one.
	Supports func(View) bool
	// Describe returns the interface's entry in discovery. Its instance is
	// filled in by the caller.
	Describe func(View) alexa.Capability
	// Read returns the interface's properties as the state has them; what the
	// state does not tell is left out. nil means that there are none.
	Read func(View) []Reading
	// Bounds is the range that discovery declares for the numbers that Read returns;
	// nil for none. What is further outside than one step is not reported.
	Bounds func(View) alexa.Range
	// Directives are what the interface can be told to do, by name.
	Directives map[string]Action
}

// Reading is the value of one property.
type Reading struct {
	Name  string
	Value any
}

// Action is what becomes of a directive.
type Action struct {
	// NeedsState says that Plan needs the entity's state, which costs a round
	// trip before the command. Home Assistant's services take most things
	// relatively, so few directives set it; each says why.
	NeedsState bool
	// NeedsStateFor says so of a request where that depends on what it asks for;
	// nil leaves it to NeedsState. The request has no state, and the home's units
	// where the kind asks for them.
	NeedsStateFor func(Request) bool
	// Plan returns the service call that carries the directive out. Its error
	// is a *fault.Error, and nothing has been sent then.
	Plan func(Request) (action.Plan, error)
	// Refused explains, knowing the entity's state, why the home refused the
	// plan: a *fault.Error, with the fields that Amazon asks for (alexa.Refuse). nil,
	// or a nil answer, leaves it at what the home said.
	Refused func(Request) error
	// Missed explains, knowing the entity's state, why a command that the home took
	// has not had its effect and cannot be assumed to: an error as Refused returns
	// it. nil, or a nil answer, means that the state is the answer.
	Missed func(Request) error
	// Success makes the event that answers when the command was done; nil for
	// Alexa.Response.
	Success *SuccessEvent
}

// Reads says whether the entity's state must be read before r can be planned.
func (a Action) Reads(r Request) bool {
	return a.NeedsState || a.NeedsStateFor != nil && a.NeedsStateFor(r)
}

// Request is a directive for an entity. The view's state is that of before the
// command where the action needs it, and has only the entity's id otherwise.
type Request struct {
	Directive alexa.Directive
	View
	// Now is when the request is planned: what plays has moved on since the
	// state was written. Zero when nobody said.
	Now time.Time
}

// ID returns the entity that the directive is for.
func (r Request) ID() home.EntityID { return r.State.ID }

// SuccessEvent is the event by which an interface says that a command was done.
type SuccessEvent struct {
	Namespace alexa.Namespace
	Name      string
	// Payload makes the event's payload, given the state after the command, the plan
	// that was carried out and the time of the answer as Amazon writes it.
	Payload func(after View, plan action.Plan, now string) any
}

// reading returns a single reading.
func reading(name string, value any) []Reading { return []Reading{{name, value}} }
