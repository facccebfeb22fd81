package demohome

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Event is something that happened in the house.
type Event struct {
	// At is when it was over.
	At time.Time
	// Service is the service that was called, "light.turn_on"; empty when a
	// device reported by itself or late.
	Service string
	// Targets are the entities that the call named; empty without a call.
	Targets []string
	// Refused is what the house answered to a call that it refused, else empty.
	Refused string
	// Changes are what changed, in the order in which it did.
	Changes []Change
}

// Change is an entity's state before and after.
type Change struct{ Old, New State }

// String returns the event in one line for people: "light.turn_on
// kitchen_lights → on, brightness 255".
func (e Event) String() string {
	var b strings.Builder
	if e.Service != "" {
		b.WriteString(e.Service)
		for i, id := range e.Targets {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteByte(' ')
			b.WriteString(e.short(id))
		}
		b.WriteString(" → ")
	}
	switch {
	case e.Refused != "":
		b.WriteString("refused: " + e.Refused)
	case len(e.Changes) == 0:
		b.WriteString("nothing changed")
	}
	named := e.Service != "" && len(e.Targets) == 1
	for i, c := range e.Changes {
		if i > 0 {
			b.WriteString("; ")
		}
		if !named || c.New.EntityID != e.Targets[0] {
			b.WriteString(e.short(c.New.EntityID) + " → ")
		}
		b.WriteString(c.String())
	}
	return b.String()
}

// short leaves out a domain that the service has said already.
func (e Event) short(id string) string {
	if domainOf(id) == domainOf(e.Service) {
		return objectOf(id)
	}
	return id
}

// told are the attributes worth telling people of, in this order.
var told = []string{
	"brightness", "color_temp_kelvin", "hs_color", "effect", "current_position", "current_tilt_position",
	"percentage", "preset_mode", "direction", "oscillating", "temperature", "target_temp_low", "target_temp_high",
	"humidity", "mode", "fan_mode", "swing_mode", "volume_level", "is_volume_muted", "media_title", "source", "sound_mode",
	"operation_mode", "away_mode", "fan_speed", "remaining", "next_state", "current_activity", "motion_detection",
}

// String returns the new state and what else is new: "on, brightness 255".
func (c Change) String() string {
	parts := []string{c.New.State}
	for _, name := range told {
		was, is := c.Old.Attributes[name], c.New.Attributes[name]
		if is != nil && text(was) != text(is) {
			parts = append(parts, fmt.Sprintf("%s %s", strings.ReplaceAll(name, "_", " "), text(is)))
		}
	}
	return strings.Join(parts, ", ")
}

// news is what the observer has not been told yet.
type news struct {
	events []Event
	// calls are the calls under way, by the id of their context: what changes
	// in it is told with the call.
	calls   map[string]*Event
	telling bool
}

// note keeps a change for the observer.
func (h *House) note(c Change) {
	if h.options.Observer == nil {
		return
	}
	if call, ok := h.news.calls[c.New.Context.ID]; ok {
		call.Changes = append(call.Changes, c)
		return
	}
	h.news.events = append(h.news.events, Event{At: c.New.LastUpdated, Changes: []Change{c}})
}

// noteCall keeps a call for the observer; the function returned says that it is
// over.
func (h *House) noteCall(ctx Context, service string, targets []string) (over func(error)) {
	if h.options.Observer == nil {
		return func(error) {}
	}
	event := &Event{Service: service, Targets: slices.Clone(targets)}
	h.news.calls[ctx.ID] = event
	return func(err error) {
		delete(h.news.calls, ctx.ID)
		event.At = h.now()
		if err != nil {
			event.Refused = err.Error()
		}
		h.news.events = append(h.news.events, *event)
	}
}

// unlock lets others at the house and tells the observer what is new. One
// goroutine tells at a time and takes along what the others leave, so that the
// order stays; the observer may call the house.
func (h *House) unlock() {
	if !h.news.telling {
		h.news.telling = true
		for len(h.news.events) > 0 {
			events := h.news.events
			h.news.events = nil
			h.mu.Unlock()
			for _, e := range events {
				h.options.Observer(e)
			}
			h.mu.Lock()
		}
		h.news.telling = false
	}
	h.mu.Unlock()
}
