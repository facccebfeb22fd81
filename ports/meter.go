package ports

import "time"

// Meter is told what each invocation was like, once, when its answer has been
// made. It is safe for concurrent use.
type Meter interface {
	// Measure notes one invocation. It does not fail: what cannot be noted is lost.
	Measure(m Measurement)
}

// Measurement is what one invocation was like.
type Measurement struct {
	// Correlation is what the invocation is known as.
	Correlation string
	// At is when it ended, Took how long it was.
	At   time.Time
	Took time.Duration
	// Failed says that LEE could not do its part. That the home refused a value, or
	// that a device is switched off at the wall, is no failure.
	Failed bool
	// Cold says that it was the process's first.
	Cold bool
	// Memory is how many bytes are in use, Loaded how many ports are loaded.
	Memory int64
	Loaded int
	// Hits and Misses are of the cache, during this invocation.
	Hits, Misses uint64
	// BreakersOpen and BreakersClosed are how many breakers are; one that is half
	// open is neither.
	BreakersOpen, BreakersClosed int
	// RoundTrips is how many requests went to the home.
	RoundTrips int
}
