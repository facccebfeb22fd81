package demohome

import "time"

// recent is how long after a call what an entity reports is put down to that
// call (CONTEXT_RECENT_TIME_SECONDS in Home Assistant's helpers/entity.py).
const recent = 5 * time.Second

// A change is one state giving way to another. Old is nil for an entity that is
// new, new for one that is gone.
type change struct {
	entity   string
	old, new *State
	at       time.Time
	context  Context
}

// A watcher is told of every change, with the house locked.
type watcher struct{ tell func(change) }

func (h *House) watch(tell func(change)) *watcher {
	w := &watcher{tell}
	h.watchers = append(h.watchers, w)
	return w
}

func (h *House) unwatch(w *watcher) {
	for i := range h.watchers {
		if h.watchers[i] == w {
			h.watchers = append(h.watchers[:i:i], h.watchers[i+1:]...)
			return
		}
	}
}

func (h *House) tell(c change) {
	for _, w := range h.watchers {
		w.tell(c)
	}
}

// blame puts down what the entity reports from now on to a context.
func (h *House) blame(e *entity, ctx Context) {
	e.context, e.contextUntil = ctx, h.now().Add(recent)
}

// report makes the entity say what it is now: at once, or later if it is late.
func (h *House) report(e *entity) {
	state, attributes := e.state, e.view(h.kinds[e.domain])
	if e.late == 0 {
		h.publish(e, state, attributes)
		return
	}
	// Two timers that end together may fire in any order; what the device says
	// must not.
	e.unsaid = append(e.unsaid, func() { h.publish(e, state, attributes) })
	h.after(e.late, func() {
		say := e.unsaid[0]
		e.unsaid = e.unsaid[1:]
		if h.entities[e.ID] == e {
			say()
		}
	})
}

// publish makes a state the one that the house shows. One that says nothing new
// only shows that the entity has reported.
func (h *House) publish(e *entity, state string, attributes map[string]any) {
	now, old := h.now(), e.shown
	if old.saysTheSame(state, attributes) {
		again := *old
		again.LastReported = now
		e.shown, h.body = newState(again), nil
		return
	}
	ctx := e.context
	if now.After(e.contextUntil) {
		ctx = h.newContext("")
	}
	fresh := State{
		EntityID: e.ID, State: state, Attributes: attributes,
		LastChanged: now, LastUpdated: now, LastReported: now, Context: ctx,
	}
	if old.State == state {
		fresh.LastChanged = old.LastChanged
	}
	e.shown, h.body = newState(fresh), nil
	h.note(Change{Old: *old, New: *e.shown})
	h.tell(change{entity: e.ID, old: old, new: e.shown, at: now, context: ctx})
	h.regroupWith(e, ctx)
}
