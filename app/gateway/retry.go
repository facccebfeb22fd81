package gateway

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Retry says how often and how soon what may be repeated is repeated.
type Retry struct {
	// Attempts is how often an operation is tried in all; 1 or less means once.
	Attempts int
	// First is the pause before the second attempt; each further one is twice as
	// long.
	First time.Duration
	// Jitter is the share of a pause by which it varies, 0 to 1: processes that
	// failed together are not to come back together.
	Jitter float64
	// Longest is the longest pause. Where the other side asks for a longer one
	// (Retry-After) there is no further attempt.
	Longest time.Duration
	// Least is how much time must be left of the deadline for another attempt.
	Least time.Duration
}

// DefaultRetry is three attempts with pauses of 100 and 200 ms between them (a
// fourth would follow after 400).
func DefaultRetry() Retry {
	return Retry{
		Attempts: 3, First: 100 * time.Millisecond, Jitter: 0.2,
		Longest: 2 * time.Second, Least: 300 * time.Millisecond,
	}
}

// next says whether an operation that has failed with err after so many attempts
// is to be tried again, and after which pause. left is what is left of the
// deadline.
func (r Retry) next(class Class, attempts int, err error, left time.Duration) (pause time.Duration, again bool) {
	if attempts >= r.Attempts || !repeatable(class, err) {
		return 0, false
	}
	pauses := backoff.ExponentialBackOff{
		InitialInterval: r.First << (attempts - 1), RandomizationFactor: r.Jitter, Multiplier: 2, MaxInterval: r.Longest,
	}
	pauses.Reset()
	pause = pauses.NextBackOff()
	var e *fault.Error
	if errors.As(err, &e) {
		pause = max(pause, e.RetryAfter)
	}
	return pause, pause <= r.Longest && left >= pause+r.Least
}

// repeatable says whether an operation that failed with err may be repeated: a
// failure that would only come again is not, and a command only when not a byte
// of it was sent.
func repeatable(class Class, err error) bool {
	switch fault.Of(err) {
	case fault.Unreachable, fault.Unanswered, fault.Throttled:
	default:
		return false
	}
	var e *fault.Error
	return class == Read || errors.As(err, &e) && !e.Sent
}

// endless is what is left of a deadline that there is not.
const endless = time.Duration(1<<63 - 1)

// again says whether a failed operation is tried once more, after it has waited
// as long as it must before. A probe of a breaker that is half open is made
// once, and nothing goes on when the breaker has opened meanwhile.
func (g *Gateway) again(ctx context.Context, op *Operation, p *place, ticket ports.Ticket, attempts int, err error) bool {
	left := endless
	if deadline, ok := ctx.Deadline(); ok {
		left = time.Until(deadline)
	}
	pause, again := g.retry.next(op.Class, attempts, err, left)
	if !again || ticket.Report != nil && p.breaker.State() == ports.BreakerHalfOpen {
		return false
	}
	return ports.Sleep(ctx, pause) && p.breaker.State() != ports.BreakerOpen && ports.InTime(ctx, g.clock) == nil
}
