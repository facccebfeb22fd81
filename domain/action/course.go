package action

import (
	"slices"
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

	made    int  // how many of the plan's calls the home has carried out
	pending bool // a call is under way
	then    bool // the call that Then asked for was sent
	began   time.Time
	sent    time.Time // when the last call was sent
	looks   int
	err     error
}

// phase is what a course is about.
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
func Begin(o Order, now time.Time) (*Course, Step) {
	c := &Course{order: o, plan: o.Plan, began: now, sent: now, targets: make([]target, len(o.Targets))}
	for i, t := range o.Targets {
		c.targets[i].Target = t
	}
	switch {
	case !c.plan.Sends():
		c.see([]home.State{c.plan.State}, now, true)
		return c, Step{}
	case !now.Before(o.Deadline):
		return c, c.fail(fault.New(fault.Deadline, "The time for this request ran out before anything was sent."))
	}
	return c, c.send(c.plan.Call, now)
}

// Next tells the course what followed its last step and returns the next one.
func (c *Course) Next(e Event) Step {
	if e.Kind == Replied {
		return c.replied(e)
	}
	if e.Kind == Saw {
		c.looks++
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
		return c.fail(silence(c))
	}
}

// send sends a call. It gives up on its reply at the deadline, or earlier to watch.
func (c *Course) send(call home.ServiceCall, now time.Time) Step {
	c.phase, c.pending, c.sent = calling, true, now
	return Step{Do: Send, Call: call, For: min(c.order.Patience.Reply, c.left(now))}
}

// left is the time until the deadline.
func (c *Course) left(now time.Time) time.Duration { return c.order.Deadline.Sub(now) }

// last says whether no further call of the plan follows the one that is under way.
func (c *Course) last() bool { return c.then || c.made >= c.plan.steps()-1 }

// unanswered goes on when a call got no reply in time. The state says something of
// the last call only: the effect of several does not show before that.
func (c *Course) unanswered(now time.Time) Step {
	switch left := c.left(now); {
	case left <= 0:
		return c.cancel()
	case c.last():
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
		return c.fail(silence(c))
	}
	return Step{Do: Cancel, For: c.order.Patience.Margin / 2}
}

// replied goes on from the reply to a call.
func (c *Course) replied(e Event) Step {
	c.pending = false
	kind := fault.Of(e.Err)
	switch {
	case e.Err == nil:
		c.see(e.States, e.At, true)
		return c.took(e.At)
	case c.then: // the command itself was taken; the state says how it is
		return c.took(e.At)
	case kind == fault.Unanswered && c.phase == ending:
		return c.fail(silence(c))
	case kind == fault.Unanswered && c.last() && c.left(e.At) > 0:
		c.phase = watching
		return c.look(e.At, c.all())
	case kind == fault.Unsupported && c.plan.Instead != nil && c.made == 0 && c.left(e.At) > 0:
		if c.plan.Half {
			c.phase = checking
			return c.look(e.At, c.all())
		}
		return c.other(e.At)
	case explicable(kind, len(c.targets)) && c.left(e.At) > 0:
		c.err, c.phase = c.partly(e.Err), explaining
		return c.look(e.At, c.all())
	default:
		return c.fail(c.partly(e.Err))
	}
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
	case c.then || c.made == c.plan.steps():
		c.phase, c.looks = settling, 0
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
		t.blind = e.Err
		return Step{}
	case !c.plan.untouched(t.state):
		return c.fail(fault.New(fault.Failed, "The home began to do it, and could not finish."))
	case c.left(e.At) <= 0:
		return c.fail(fault.New(fault.Deadline, "The time for this request ran out before anything was done."))
	default:
		return c.other(e.At)
	}
}

// settle waits until the effect shows on all targets, or there is no time left.
func (c *Course) settle(e Event) Step {
	if call, ok := c.further(); ok && c.left(e.At) > 0 {
		c.then = true
		return c.send(call, e.At)
	}
	var open []home.EntityID
	var limit time.Duration
	unseen := false
	for i := range c.targets {
		t := &c.targets[i]
		if c.settled(t) {
			continue
		}
		open = append(open, t.ID)
		unseen = unseen || t.state.ID == ""
		limit = max(limit, c.limit(t))
	}
	left := min(limit-e.At.Sub(c.sent), c.left(e.At))
	switch {
	case len(open) == 0 || c.left(e.At) <= 0:
		return Step{}
	case e.Kind == Silent || e.Kind == Replied && unseen:
		return c.look(e.At, open)
	case left <= 0:
		return Step{}
	default:
		return Step{Do: Wait, For: min(c.order.Patience.pause(c.pauses()), left)}
	}
}

// pauses is how many pauses there were: the first look comes without one.
func (c *Course) pauses() int {
	if c.targets[0].told {
		return c.looks
	}
	return max(c.looks-1, 0)
}

// further returns the call that the plan's Then asks for.
func (c *Course) further() (call home.ServiceCall, ok bool) {
	t := c.targets[0]
	if c.plan.Then == nil || c.then || t.state.ID == "" || !t.state.Available() {
		return call, false
	}
	return c.plan.Then(t.state)
}

// settled says whether nothing more is to be learned of a target by waiting.
func (c *Course) settled(t *target) bool {
	switch {
	case t.gone || t.blind != nil:
		return true
	case t.state.ID == "":
		return false
	default:
		return !t.state.Available() || c.shows(t, t.told)
	}
}

// limit is how long after the last call a target is waited for.
func (c *Course) limit(t *target) time.Duration {
	care := t.Manner.care(t.state)
	switch {
	case care == Trusting, t.state.Flag(home.AttrAssumedState), slices.Contains(t.Manner.Stuck, t.state.Value):
		return c.order.Patience.Effect
	default:
		return c.order.Deadline.Add(-c.order.Patience.Margin).Sub(c.sent) // the last look takes time itself
	}
}

// watch looks for the effect beside a call that gets no reply, until it shows or the
// time is up.
func (c *Course) watch(e Event) Step {
	shown := true
	for i := range c.targets {
		t := &c.targets[i]
		shown = shown && (t.gone || t.state.ID != "" && t.state.Available() && c.shows(t, c.changed(t)))
	}
	left := c.left(e.At)
	switch {
	case e.Kind == Saw && shown:
		return Step{}
	case left <= 0:
		return c.cancel()
	case e.Kind == Silent:
		return c.look(e.At, c.all())
	default:
		return Step{Do: Wait, For: min(c.order.Patience.pause(c.looks-1), left)}
	}
}

// shows says whether the state shows the effect, or that it is under way where that
// will do. A plan that cannot say what it wants is content when the reply told the
// state, or the state has changed since it was seen first.
func (c *Course) shows(t *target, told bool) bool {
	if len(c.plan.Wants) == 0 {
		return told || c.plan.Begins(t.state) || !t.state.Updated.Equal(t.first)
	}
	return c.plan.Reached(t.state)
}

// changed says whether the state has changed since the command was sent. The home
// says by its own clock when that was, and when it told the state by the same one
// where it can: a clock that is wrong is found out by that, to the second.
func (c *Course) changed(t *target) bool {
	since := c.began
	if told := t.state.Told; !told.IsZero() && (told.Before(since.Truncate(time.Second)) || told.After(t.at)) {
		since = told.Add(-t.at.Sub(c.began))
	}
	return t.state.Updated.After(since)
}

// all returns all targets.
func (c *Course) all() []home.EntityID {
	ids := make([]home.EntityID, len(c.targets))
	for i := range c.targets {
		ids[i] = c.targets[i].ID
	}
	return ids
}

// look reads states, in the time that is left.
func (c *Course) look(now time.Time, ids []home.EntityID) Step {
	return Step{Do: Look, Look: ids, For: min(c.order.Patience.Look, c.left(now))}
}

// see takes in the states that a reply brought or a look showed. Of several states
// of an entity the last one counts: it is how it ended.
func (c *Course) see(states []home.State, at time.Time, told bool) {
	for _, state := range states {
		i := slices.IndexFunc(c.targets, func(t target) bool { return t.ID == state.ID })
		if i < 0 {
			continue
		}
		t := &c.targets[i]
		if t.state.ID == "" {
			t.first = state.Updated
		}
		t.there = t.there || state.Available()
		t.state, t.at, t.told = state, at, t.told || told
	}
}

// miss takes in what a look did not show.
func (c *Course) miss(e Event) {
	for i := range c.targets {
		t := &c.targets[i]
		t.gone = t.gone || slices.Contains(e.Missing, t.ID)
		if e.Err != nil && c.phase == settling && !t.gone && !c.settled(t) && !c.bears(t, e.Err) {
			t.blind = e.Err
		}
	}
}

// bears says whether a target is looked at again after a look that failed: one that
// nothing may be claimed of, when the home may answer the next look.
func (c *Course) bears(t *target, err error) bool {
	return t.Manner.care(t.state) != Trusting && fault.Of(err).Outage()
}

// fail ends the course with an error.
func (c *Course) fail(err error) Step {
	c.err = err
	return Step{}
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
