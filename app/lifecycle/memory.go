package lifecycle

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
)

// limitShare is which share of the function's memory Go is told to stay below.
// It is less than the share at which the Keeper sees an emergency (85 %): what
// is mere garbage is collected before that, and the rest is for what Go does not
// count, the program's own pages above all.
const limitShare = 0.8

// LimitMemory tells Go how much memory the process should use, given the
// function's memory in bytes, and returns the limit in bytes: it collects
// garbage more often near it. A limit that GOMEMLIMIT has set stays. It
// is called once, at start; functionMemory of 0 or less changes nothing.
func LimitMemory(functionMemory int64) (limit int64) {
	if set := debug.SetMemoryLimit(-1); set != math.MaxInt64 || functionMemory <= 0 {
		return set
	}
	limit = int64(float64(functionMemory) * limitShare)
	debug.SetMemoryLimit(limit)
	return limit
}

// MemoryInUse returns how many bytes Go has from the system and has not given
// back: what LimitMemory limits. It takes a quarter of a microsecond.
func MemoryInUse() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
