package demohome

import (
	"errors"
	"maps"
	"time"
)

// Call is a service call that came to the house from outside, over HTTP or the
// WebSocket, and reached its services, whatever they made of it. Calls that a
// fault kept from being applied are not among them.
type Call struct {
	// At is when it was applied.
	At time.Time
	// Domain and Service name the service, "light" and "turn_on".
	Domain, Service string
	// Data are the call's fields as they came, the target's among them.
	Data map[string]any
	// UserID is who called.
	UserID string
	// Refused is why the house refused it, nil if it did not.
	Refused error
}

// Name returns "light.turn_on".
func (c Call) Name() string { return c.Domain + "." + c.Service }

// Calls returns all calls since the house was made, in the order in which they
// were applied. The house keeps them for as long as it lives.
func (h *House) Calls() []Call {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]Call(nil), h.calls...)
}

var errClosed = errors.New("the house is closed")

// perform makes a call from outside and returns the states that changed in its
// context while it took. An entity that changed twice is there twice.
func (h *House) perform(ctx Context, domain, service string, data map[string]any) ([]*State, error) {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil, errClosed
	}
	h.busy.Add(1)
	defer h.busy.Done()
	defer h.unlock()

	var changed []*State
	w := h.watch(func(c change) {
		if c.context == ctx && c.new != nil {
			changed = append(changed, c.new)
		}
	})
	defer h.unwatch(w)

	entry := len(h.calls)
	h.calls = append(h.calls, Call{At: h.now(), Domain: domain, Service: service, Data: maps.Clone(data), UserID: ctx.UserID})
	over := h.noteCall(ctx, domain+"."+service, entitiesOf(data))
	err := (&task{house: h}).call(ctx, domain, service, data)
	h.calls[entry].Refused = err
	over(err)
	return changed, err
}

// entitiesOf returns the entities that a call's data names.
func entitiesOf(data map[string]any) []string {
	t, _, err := parseTarget(data)
	switch {
	case err != nil:
		return nil
	case t.all:
		return []string{"all"}
	}
	return t.entities
}
