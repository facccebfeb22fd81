package lifecycle

import "time"

// PortReport is what is known of a port's life.
type PortReport struct {
	Name   string
	Policy Policy
	// Loaded says whether something is held now, InFlight how many use it, Holds
	// how many live handles there are on it.
	Loaded          bool
	InFlight, Holds int64
	// Loads, Failures and Unloads count since the process started. Failures are
	// loads that failed, panicked or did not come back in time; Resurrections are
	// loads of what had been closed before.
	Loads, Failures, Resurrections, Unloads int64
	// Unloaded counts the unloads by reason, Refused what was not closed by the
	// check that refused it, UnloadFailures unloads that failed, panicked or hung.
	Unloaded       [Reasons]int64
	Refused        [Checks]int64
	UnloadFailures int64
	// LoadTime is how long the last load took.
	LoadTime time.Duration
	// Allocated is how many bytes the process allocated during the load of what
	// is held now, Given the same of all that was closed: estimates of what it
	// costs and of what closing gave back.
	Allocated, Given int64
	// Used is when it was last used; zero for never.
	Used time.Time
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
		LoadTime:       l.life.loadTime,
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

// fold reads the clock for whoever has used the port since the last look: that
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
