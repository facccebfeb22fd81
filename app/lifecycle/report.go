package lifecycle

import (
	"encoding/json"
	"time"

	"github.com/lambda-execution-engine/lee/ports"
)

// PortReport is what is known of a port's life.
type PortReport struct {
	Name   string `json:"name"`
	Policy Policy `json:"policy"`
	// Loaded says whether something is held now, InFlight how many use it, Holds
	// how many live handles there are on it.
	Loaded   bool  `json:"loaded"`
	InFlight int64 `json:"in_flight"`
	Holds    int64 `json:"holds"`
	// Loads, Failures and Unloads count since the process started. Failures are
	// loads that failed, panicked or did not come back in time; Resurrections are
	// loads of what had been closed before.
	Loads         int64 `json:"loads"`
	Failures      int64 `json:"failures"`
	Resurrections int64 `json:"resurrections"`
	Unloads       int64 `json:"unloads"`
	// LoadTime is how long the last load took.
	LoadTime ports.Milliseconds `json:"load_time"`
	// Unloaded counts the unloads by reason, Refused what was not closed by the
	// check that refused it, UnloadFailures unloads that failed, panicked or hung.
	Unloaded       ByReason `json:"-"`
	Refused        ByCheck  `json:"refused"`
	UnloadFailures int64    `json:"-"`
	// Allocated is how many bytes the process allocated during the load of what
	// is held now, Given the same of all that was closed: estimates of what it
	// costs and of what closing gave back.
	Allocated int64 `json:"allocated"`
	Given     int64 `json:"given"`
	// Used is when it was last used; zero for never.
	Used time.Time `json:"used,omitzero"`
}

// ByReason counts unloads by Reason. In JSON it is an object.
type ByReason [Reasons]int64

// ByCheck counts refusals by Check. In JSON it is an object.
type ByCheck [Checks]int64

// MarshalJSON implements json.Marshaler.
func (counts ByReason) MarshalJSON() ([]byte, error) {
	named := map[string]int64{}
	for i, n := range counts {
		named[Reason(i).String()] = n
	}
	return json.Marshal(named)
}

// MarshalJSON implements json.Marshaler.
func (counts ByCheck) MarshalJSON() ([]byte, error) {
	named := map[string]int64{}
	for i, n := range counts {
		named[Check(i).String()] = n
	}
	return json.Marshal(named)
}

// Report returns what is known of the port's life so far.
func (l *Lazy[T]) Report() PortReport {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.held.Load()
	if h != nil {
		l.fold(h)
	}
	r := PortReport{
		Name:           l.name,
		Policy:         l.policy,
		Loads:          l.life.loads,
		Failures:       l.life.failures,
		Resurrections:  l.life.resurrections,
		Unloaded:       l.life.unloads,
		Refused:        l.life.refusals,
		UnloadFailures: l.life.unloadFailures,
		LoadTime:       ports.Milliseconds(l.life.loadTime),
		Given:          l.life.given,
		Used:           l.life.used,
	}
	for _, n := range r.Unloaded {
		r.Unloads += n
	}
	if h != nil {
		r.Loaded, r.InFlight, r.Holds, r.Allocated = true, h.gate.inside(), h.gate.holds.Load(), h.allocated
	}
	return r
}

// fold reads the clock for all that used the port since the last look: that
// is late by what has passed since, and a crossing costs no clock. It returns
// whether there was somebody. mu must be held.
func (l *Lazy[T]) fold(h *holding[T]) bool {
	uses := h.gate.uses()
	used := uses != l.life.seen
	if used || h.gate.inside() > 0 {
		l.life.used, l.life.seen = l.clock.Now(), uses
	}
	return used
}
