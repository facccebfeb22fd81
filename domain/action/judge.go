package action

import (
	"fmt"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Result returns what became of the order. It is called when the course is over.
func (c *Course) Result() Result {
	r := Result{Outcomes: make([]Outcome, len(c.targets)), Plan: c.plan, Sent: c.calls, Made: c.made, Changed: c.changed, Err: c.err}
	for i := range c.targets {
		r.Outcomes[i] = c.judge(&c.targets[i])
	}
	return r
}

// judge says what may be said of one entity.
func (c *Course) judge(t *target) Outcome {
	o := Outcome{ID: t.ID, State: t.state, Said: t.state, At: t.at}
	switch {
	case t.gone:
		o.Verdict = Gone
	case t.state.ID == "":
		o.Verdict = Unknown
	case !t.state.Available():
		o.Verdict = Away
		if c.departed(t) {
			o.Verdict, o.State.Value, o.At, o.Whole = Left, home.Off, c.sent, true
		}
	case len(c.plan.Wants) == 0 || c.plan.Reached(t.state):
		o.Verdict, o.Certain, o.Whole = Shown, c.plan.Certain(t.state), true
	default:
		c.doubt(t, &o)
	}
	if o.Verdict == Unknown {
		o.Cause = t.blind
	}
	return o
}

// doubt says what may be said of an entity whose state does not show the effect.
func (c *Course) doubt(t *target, o *Outcome) {
	care := t.Manner.care(t.state)
	switch {
	case c.err != nil:
		o.Verdict = Unknown
	case care == Trusting:
		o.Verdict, o.At = Assumed, c.sent
		o.State, o.Whole = c.plan.Assume(t.state)
	case slices.Contains(t.Manner.Stuck, t.state.Value):
		o.Verdict = Stuck
	case care == Patient && !c.plan.Contradicted(t.state):
		o.Verdict = Unconfirmed
	case t.blind != nil:
		o.Verdict = Unknown
	default:
		o.Verdict = Ignored
	}
}

// departed says whether the device has left the network as the command's effect: it was
// there when the command was sent.
func (c *Course) departed(t *target) bool {
	return (c.plan.Leaves || t.Leaves) && c.err == nil && (t.told || t.there || c.touched(t))
}

func done(made, of int) string {
	return fmt.Sprintf("The home did %d of %d steps.", made, of)
}
