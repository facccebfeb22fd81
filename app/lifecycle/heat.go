package lifecycle

import (
	"math"
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
// arithmetic of decay is done when somebody looks. The zero value is cold. It is
// safe for concurrent use, except that only one goroutine may call Cool.
type Heat struct {
	// fresh are the calls since the last Cool.
	fresh atomic.Uint64
	// total are all calls ever.
	total atomic.Uint64
	// kept is the weight of the calls before the last Cool, as float bits.
	kept atomic.Uint64
	// at is when that was, in nanoseconds of Unix time.
	at atomic.Int64
}

// Count counts one call and returns how many there have been since the last
// Cool.
func (h *Heat) Count() uint64 { return h.fresh.Add(1) }

// Cool takes the fresh calls into account, lets the older ones fade to now, and
// returns the level.
func (h *Heat) Cool(now time.Time) Level {
	fresh := h.fresh.Swap(0)
	h.total.Add(fresh)
	kept := h.weight(now) + float64(fresh)
	h.kept.Store(math.Float64bits(kept))
	h.at.Store(now.UnixNano())
	return levelOf(kept)
}

// weight returns what the calls before the last Cool weigh now.
func (h *Heat) weight(now time.Time) float64 {
	kept := math.Float64frombits(h.kept.Load())
	passed := now.UnixNano() - h.at.Load()
	if kept == 0 || passed <= 0 {
		return kept
	}
	return kept * math.Exp2(-float64(passed)/float64(halfLife))
}

// Weight returns how many calls count at now.
func (h *Heat) Weight(now time.Time) float64 { return h.weight(now) + float64(h.fresh.Load()) }

// Level returns the level at now.
func (h *Heat) Level(now time.Time) Level { return levelOf(h.Weight(now)) }

// Total returns how many calls there have been.
func (h *Heat) Total() uint64 { return h.total.Load() + h.fresh.Load() }
