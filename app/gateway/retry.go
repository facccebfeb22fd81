package gateway

import (
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Retry says how often and how soon what may be repeated is repeated.
type Retry struct {
	// Attempts is how often an operation is tried in all; 1 means never again.
	Attempts int
	// First is the pause before the second attempt; each further one is twice as
	// long.
	First time.Duration
	// Jitter is the share of a pause by which it varies, 0 to 1.
	Jitter float64
	// Least is how much time must be left of the deadline for another attempt.
	Least time.Duration
}

// DefaultRetry is three attempts with pauses of 100 and 200 ms.
func DefaultRetry() Retry {
	return Retry{Attempts: 3, First: 100 * time.Millisecond, Jitter: 0.2, Least: 300 * time.Millisecond}
}

// pause returns how long to wait after the nth attempt, which failed with err: as
// long as the other side asked for, where it did.
func (r Retry) pause(n int, err error) time.Duration {
	b := backoff.ExponentialBackOff{
		InitialInterval:     r.First << (n - 1),
		RandomizationFactor: r.Jitter,
		Multiplier:          2,
		MaxInterval:         time.Minute,
	}
	b.Reset()
	pause := b.NextBackOff()
	var e *fault.Error
	if errors.As(err, &e) {
		pause = max(pause, e.RetryAfter)
	}
	return pause
}

// zeroTicket is the ticket of a call that went the short way.
var zeroTicket ports.Ticket
