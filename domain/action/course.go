package action

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Course is an order on its way, as a state machine. Begin returns its first step; the driver does each step
// and tells Next what followed, until the step is Stop. A call is sent once at most.
// It is not safe for concurrent use.
type Course struct {
	order   Order
	plan    Plan // the order's, or its other one
	phase   phase
	targets []target

	calls   int          // how many calls were sent
	made    int          // how many of the plan's calls the home has carried out
	changed []home.State // what the replies brought
	pending bool         // a call is under way
	then    bool         // the call that Then asked for was sent
	began   time.Time
	sent    time.Time // when the last call was sent
	pauses  int       // how many pauses there were in this phase
	err     error
}

// phase is what a course is waiting for.
type phase uint8

const (
	// calling: a call is under way, and nothing else is done.
	calling phase = iota
	// checking: did the call that is not supported have an effect?
	checking
	// explaining: what is the state that the refusal is about?
	explaining
	// settling: the home took the calls, and the effect is looked for.
	settling
	// watching: no reply came, and the effect is looked for beside the call.
	watching
	// ending: the time is up, and the call is cancelled.
	ending
)

// target is what is known of one entity.
type target struct {
	Target
	state home.State // as the home said it last; ID is "" before
	at    time.Time  // when it said so
	told  bool       // the reply to the call said it
	first time.Time  // Updated as it was seen first
	there bool       // it was available once
	gone  bool
	blind error // why it is not looked at any more; nil while it is
}

// Begin begins an order and returns its first step.
func Begin(o Order, now time.Time) (c *Course, first Step) {
	c = &Course{order: o, plan: o.Plan, began: now, sent: now, targets: make([]target, len(o.Targets))}
	for i, t := range o.Targets {
		c.targets[i].Target = t
	}
	switch {
	case !c.plan.Sends():
		c.see([]home.State{c.plan.State}, now, true)
	case !now.Before(o.Deadline):
		first = c.fail(fault.New(fault.Deadline, "The time for this request ran out before anything was sent."))
	default:
		first = c.send(c.plan.Call, now)
	}
	return c, first
}

// Next tells the course what followed its last step and returns the next one.
func (c *Course) Next(e Event) Step {
	if e.Kind == Replied {
		return c.replied(e)
	}
	if e.Kind == Saw {
		c.see(e.States, e.At, false)
		c.miss(e)
	}
	switch c.phase {
	case calling:
		return c.unanswered(e.At)
	case checking:
		return c.checked(e)
	case explaining:
		return Step{}
	case settling:
		return c.settle(e)
	case watching:
		return c.watch(e)
	default:
		return c.silent()
	}
}

// send sends a call. It gives up on its reply at the deadline, or earlier to watch.
func (c *Course) send(call home.ServiceCall, now time.Time) Step {
	c.phase, c.pending, c.sent, c.pauses = calling, true, now, 0
	c.calls++
	return Step{Do: Send, Call: call, For: min(c.order.Patience.Reply, c.left(now))}
}

// left is the time until the deadline.
func (c *Course) left(now time.Time) time.Duration { return c.order.Deadline.Sub(now) }

// inquires says whether the states are read to learn what became of a call that was
// not taken.
func (c *Course) inquires(now time.Time) bool {
	return c.left(now) > 0 && !c.order.ReplyDecides && len(c.targets) > 0
}

// last says whether no further call of the plan follows the one that is under way.
func (c *Course) last() bool { return c.made >= c.plan.steps()-1 }

// unanswered goes on when a call got no reply in time. The state says something of
// the last call only: the effect of several does not show before that.
func (c *Course) unanswered(now time.Time) Step {
	switch left := c.left(now); {
	case left <= 0:
		return c.cancel()
	case c.last() && c.inquires(now):
		c.phase = watching
		return c.look(now, c.all())
	default:
		return Step{Do: Wait, For: left}
	}
}

// cancel ends the call that is under way.
func (c *Course) cancel() Step {
	c.phase = ending
	if !c.pending {
		return c.silent()
	}
	return Step{Do: Cancel, For: c.order.Patience.Margin / 2}
}

// replied goes on from the reply to a call.
func (c *Course) replied(e Event) Step {
	c.pending = false
	kind := fault.Of(e.Err)
	switch {
	case e.Err == nil:
		c.changed = append(c.changed, e.States...)
		c.see(e.States, e.At, true)
		return c.took(e.At)
	case c.then: // the command itself was taken; the state says how it is
		return c.took(e.At)
	case kind == fault.Unanswered && c.last() && c.inquires(e.At):
		c.phase = watching
		return c.look(e.At, c.all())
	case kind == fault.Unsupported && c.alternative() && c.left(e.At) > 0:
		if c.plan.Half {
			c.phase = checking
			return c.look(e.At, c.all())
		}
		return c.other(e.At)
	case explicable(kind, len(c.targets)) && c.inquires(e.At):
		c.err, c.phase = c.partly(e.Err), explaining
		return c.look(e.At, c.all())
	default:
		return c.fail(c.partly(e.Err))
	}
}

// alternative says whether the other call may be sent in place of the first one. Whether
// a call had begun can be seen of one entity, by its state before.
func (c *Course) alternative() bool {
	return c.plan.Instead != nil && c.made == 0 && (!c.plan.Half || len(c.targets) == 1 && !c.order.ReplyDecides)
}

// explicable says whether the state says more about a call that failed like this: why
// it was refused, or on which of several entities it was carried out all the same.
func explicable(kind fault.Kind, targets int) bool {
	return kind == fault.Refused || kind == fault.Unsupported || kind == fault.Failed && targets > 1
}

// took goes on when the home took a call.
func (c *Course) took(now time.Time) Step {
	if !c.then {
		c.made++
	}
	switch {
	case c.made == c.plan.steps():
		c.phase, c.pauses = settling, 0
		return c.settle(Event{Kind: Replied, At: now})
	case c.left(now) > 0:
		return c.send(c.plan.step(c.made), now)
	default:
		return c.fail(silence(c))
	}
}

// other sends the other call, in place of the one that is not supported.
func (c *Course) other(now time.Time) Step {
	c.plan = c.plan.Other()
	return c.send(c.plan.Call, now)
}

// checked goes on when it is known whether a call that failed had begun.
func (c *Course) checked(e Event) Step {
	t := &c.targets[0]
	switch {
	case t.gone:
		return Step{}
	case e.Err != nil || t.state.ID == "":
		return c.fail(fault.Wrap(fault.Unanswered, "The home did not say whether it was begun.", e.Err))
	case !c.plan.untouched(t.state):
		return c.fail(fault.New(fault.Failed, "The home began to do it, and could not finish."))
	case c.left(e.At) <= 0:
		return c.fail(fault.New(fault.Deadline, "The time for this request ran out before anything was done."))
	default:
		return c.other(e.At)
	}
}

// fail ends the course with an error.
func (c *Course) fail(err error) Step {
	c.err = err
	return Step{}
}

// silent ends the course when no reply came in time. Where the further call alone got
// none, the command itself was taken, and the state says how it is.
func (c *Course) silent() Step {
	if c.then {
		return Step{}
	}
	return c.fail(silence(c))
}

// partly adds to an error how many of several calls were made before it.
func (c *Course) partly(err error) error {
	if c.made == 0 {
		return err
	}
	return fault.Wrap(fault.Of(err), done(c.made, c.plan.steps()), err)
}

// silence is the error of a command whose reply did not come.
func silence(c *Course) error {
	if n := c.plan.steps(); n > 1 {
		return fault.New(fault.Unanswered, done(c.made, n))
	}
	return fault.New(fault.Unanswered, "The home did not say in time whether it was done.")
}
