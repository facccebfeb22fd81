package action

import (
	"errors"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Outcome is what is known of an entity when a course is over.
type Outcome struct {
	ID home.EntityID
	// Verdict says whether the command had its effect.
	Verdict Verdict
	// State is the entity as it may be reported, assumptions included. Its ID is ""
	// when nothing is known of it.
	State home.State
	// Said is the entity as the home said it last.
	Said home.State
	// At is since when nobody has confirmed State: when the home said it, or when
	// the command was sent that it is assumed to have carried out.
	At time.Time
	// Certain says that Said shows everything that was wanted.
	Certain bool
	// Whole says that State has everything that was wanted. It is false where a
	// value could not be assumed.
	Whole bool
	// Cause is why a Verdict of Unknown is one: the look that failed. It may be nil.
	Cause error
}

// Verdict is a judgement of a command's effect on an entity.
type Verdict uint8

// The verdicts.
const (
	// Unknown: nobody knows what the command has done.
	Unknown Verdict = iota
	// Shown: the state shows the effect, or nobody can say what it would show.
	Shown
	// Assumed: the state does not show it yet, and the home took the command.
	Assumed
	// Left: the device has left the network, as it does when it is turned off.
	Left
	// Unconfirmed: the state does not show it, nothing may be claimed, and nothing
	// contradicts it. What the command was about must be left out of an answer.
	Unconfirmed
	// Stuck: the state says itself why the command was not followed.
	Stuck
	// Ignored: the home took the command, and the device has not followed it.
	Ignored
	// Away: the home cannot reach the device.
	Away
	// Gone: the home does not know the entity.
	Gone
)

// Err returns what a verdict is as an error: nil where the command may be called
// done, a *fault.Error otherwise.
func (o Outcome) Err() error {
	switch o.Verdict {
	case Unknown:
		if errors.Is(o.Cause, home.ErrStarting) {
			return o.Cause // nothing was done: the home does not know the device yet
		}
		return fault.Wrap(fault.Unanswered, "The home took the command and could not be asked for its effect.", o.Cause)
	case Ignored:
		return fault.New(fault.Unavailable, "The home took the command, and the device did not follow it.")
	case Away:
		return fault.New(fault.Unavailable, "The home cannot reach the device.")
	case Gone:
		return fault.New(fault.NotFound, "The home does not know the device.")
	default:
		return nil
	}
}

// Result is what became of an order.
type Result struct {
	// Outcomes are the outcomes, in the order of the targets.
	Outcomes []Outcome
	// Plan is the plan that was carried out: the order's, or its other one.
	Plan Plan
	// Sent is how many calls were sent.
	Sent int
	// Made is how many of the plan's calls the home has carried out.
	Made int
	// Changed are the states that the replies brought, of entities that are no
	// targets too, in the order in which the home said them.
	Changed []home.State
	// Err is why a call failed, or that its reply did not come in time; nil when the
	// home took all calls. What was seen of the entities afterwards is in Outcomes
	// all the same.
	Err error
}

// Only returns the outcome of an order for a single entity, and its error: that the
// entity is gone or away explains a call that failed, otherwise the call's error
// counts first.
func (r Result) Only() (Outcome, error) {
	o := r.Outcomes[0]
	if r.Err != nil && o.Verdict != Gone && o.Verdict != Away {
		return o, r.Err
	}
	return o, o.Err()
}
