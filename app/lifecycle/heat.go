package lifecycle

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// Level is how often an operation has been called of late.
type Level uint8

// The levels of heat. The numbers are calls that still count, each losing half
// its weight in ten minutes.
const (
	Cold     Level = iota // fewer than 5
	Warm                  // 5 to 20
	Hot                   // 20 to 100
	Critical              // 100 and more
)

const (
	warmFrom     = 5
	hotFrom      = 20
	criticalFrom = 100
	halfLife     = 10 * time.Minute
)

// String returns "cold", "warm", "hot" or "critical".
func (l Level) String() string { return [...]string{"cold", "warm", "hot", "critical"}[l] }

// MarshalText implements encoding.TextMarshaler.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// levelOf returns the level of a number of calls.
func levelOf(calls float64) Level {
	switch {
	case calls >= criticalFrom:
		return Critical
	case calls >= hotFrom:
		return Hot
	case calls >= warmFrom:
		return Warm
	default:
		return Cold
	}
}

// Heat is the heat of one operation. Counting a call is one atomic addition; the
// arithmetic of decay is done when somebody looks. The zero value is cold. It is safe for
// concurrent use.
type Heat struct {
	// counted are all calls ever.
	counted atomic.Uint64
	mu      sync.Mutex
	// cooled are the calls up to the last Cool, kept is what they weighed then, at
	// is when that was.
	cooled uint64
	kept   float64
	at     time.Time
}

// Count counts one call and returns how many there have been.
func (h *Heat) Count() uint64 { return h.counted.Add(1) }

// Cool takes the calls since the last Cool into account, lets the older ones fade
// to now, and returns the level.
func (h *Heat) Cool(now time.Time) Level {
	h.mu.Lock()
	defer h.mu.Unlock()
	total := h.Total()
	h.kept, h.cooled, h.at = h.weight(now, total), total, now
	return levelOf(h.kept)
}

// weight returns how many of total calls count at now. A clock that was put back
// makes nothing heavier. mu must be held.
func (h *Heat) weight(now time.Time, total uint64) float64 {
	kept := h.kept
	if passed := now.Sub(h.at); kept > 0 && passed > 0 {
		kept *= math.Exp2(-float64(passed) / float64(halfLife))
	}
	return kept + float64(total-h.cooled)
}

// Weight returns how many calls count at now.
func (h *Heat) Weight(now time.Time) float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.weight(now, h.Total())
}

// Level returns the level at now.
func (h *Heat) Level(now time.Time) Level { return levelOf(h.Weight(now)) }

// Total returns how many calls there have been.
func (h *Heat) Total() uint64 { return h.counted.Load() }
