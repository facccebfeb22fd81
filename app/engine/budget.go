package engine

import (
	"context"
	"time"
)

// Budget is how long an answer may take.
type Budget struct {
	// Whole is the most that one answer may take; Alexa gives up after eight
	// seconds (https://developer.amazon.com/docs/alexa/device-apis/alexa-response.html).
	Whole time.Duration
	// Margin is kept of Lambda's own deadline, to write the answer in.
	Margin time.Duration
	// Grace is how long past the deadline a handler's own answer is waited for.
	Grace time.Duration
	// Follows is how soon after initialisation an event must come to have been
	// waiting for it: Lambda also initialises ahead of any event.
	Follows time.Duration
}

// DefaultBudget is what Alexa's eight seconds leave.
func DefaultBudget() Budget {
	return Budget{
		Whole:   7 * time.Second,
		Margin:  300 * time.Millisecond,
		Grace:   150 * time.Millisecond,
		Follows: 250 * time.Millisecond,
	}
}

// limit returns a context that ends when the answer to an event must be made.
// spent is for how long the event had been waiting when it was started with.
func (b Budget) limit(ctx context.Context, started time.Time, spent time.Duration) (context.Context, context.CancelFunc) {
	end := started.Add(max(b.Whole-spent, b.Whole/4))
	if deadline, ok := ctx.Deadline(); ok && deadline.Add(-b.Margin).Before(end) {
		end = deadline.Add(-b.Margin)
	}
	return context.WithDeadline(ctx, end)
}

// initialisation is the time from the process's begin until it is ready for
// events.
type initialisation struct{ began, ready time.Time }

// spent returns for how long the first event, which came at started, had been
// waiting by then: as long as initialisation took, when it came right after it.
func (i initialisation) spent(started time.Time, follows time.Duration) time.Duration {
	if i.began.IsZero() || i.ready.IsZero() || started.Sub(i.ready) > follows {
		return 0
	}
	return i.ready.Sub(i.began)
}
