package action

import (
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

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
		return c.pause(left)
	}
}

// pause waits before the next look, for as long as there is time.
func (c *Course) pause(left time.Duration) Step {
	c.pauses++
	return Step{Do: Wait, For: min(c.order.Patience.pause(c.pauses-1), left)}
}

// further returns the call that the plan's Then asks for.
func (c *Course) further() (call home.ServiceCall, ok bool) {
	if c.plan.Then == nil || c.then || len(c.targets) != 1 {
		return call, false
	}
	if t := c.targets[0]; t.state.ID != "" && t.state.Available() {
		return c.plan.Then(t.state)
	}
	return call, false
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
		shown = shown && (t.gone || t.state.ID != "" && t.state.Available() && c.shows(t, c.touched(t)))
	}
	left := c.left(e.At)
	switch {
	case shown:
		return Step{}
	case left <= 0:
		return c.cancel()
	case e.Kind == Silent:
		return c.look(e.At, c.all())
	default:
		return c.pause(left)
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

// touched says whether the state has changed since the command was sent. The home
// says by its own clock when that was, and when it told the state by the same one
// where it can: a clock that is wrong is found out by that, to the second.
func (c *Course) touched(t *target) bool {
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
		if e.Err != nil && c.phase == settling && !c.bears(t, e.Err) {
			t.blind = e.Err
		}
	}
}

// bears says whether a target is looked at again after a look that failed: one that
// nothing may be claimed of, when the home may answer the next look.
func (c *Course) bears(t *target, err error) bool {
	return t.Manner.care(t.state) != Trusting && fault.Of(err).Outage()
}
