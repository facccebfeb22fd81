package demohome

// What moves by a motor, covers and valves, is on its way for a while after the
// call has returned.

// stride is how many per cent a second they move.
const stride = 10

// travel moves a position attribute to where it is wanted, a stride a second.
// Moving says what the entity is like on its way, arrived what it is like there;
// either is called before the entity reports.
func (h *House) travel(e *entity, attribute string, to int, moving, arrived func()) {
	e.cancel()
	moving()
	h.report(e)
	var step func()
	step = func() {
		at := e.int(attribute)
		at += min(max(to-at, -stride), stride)
		e.set(attribute, at)
		if at == to {
			e.cancel = func() {}
			arrived()
		} else {
			moving()
			h.later(e, 1, step)
		}
		h.report(e)
	}
	h.later(e, 1, step)
}

// trip is the travel of what does not know its position.
func (h *House) trip(e *entity, seconds int, moving, arrived func()) {
	e.cancel()
	if seconds > 0 {
		moving()
		h.report(e)
		h.later(e, seconds, func() {
			arrived()
			h.report(e)
		})
		return
	}
	arrived()
	h.report(e)
}

// later does something with an entity after some seconds of the house, unless
// something else is begun with it before.
func (h *House) later(e *entity, seconds int, do func()) {
	t := h.after(h.seconds(float64(seconds)), func() {
		if h.entities[e.ID] == e {
			do()
		}
	})
	e.cancel = func() { h.stop(t) }
}

// settle makes a cover or a valve stand still where it is.
func settle(e *entity) {
	if at, positioned := e.attrs["current_position"]; positioned {
		e.set("is_closed", at == 0)
	}
	e.state = "open"
	if e.attrs["is_closed"] == true {
		e.state = "closed"
	}
}
