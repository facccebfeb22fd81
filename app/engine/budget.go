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
	// Spent is what initialisation took: the first event has been waiting for as
	// long.
	Spent time.Duration
	// Margin is kept of Lambda's own deadline, to write the answer in.
	Margin time.Duration
	// Grace is how long past the deadline a handler's own answer is waited for.
	Grace time.Duration
}

// DefaultBudget returns the budget of a function whose initialisation took
// spent.
func DefaultBudget(spent time.Duration) Budget {
	return Budget{Whole: 7 * time.Second, Spent: spent, Margin: 300 * time.Millisecond, Grace: 150 * time.Millisecond}
}

// limit returns a context that ends when the answer must be made.
func (b Budget) limit(ctx context.Context, started time.Time, first bool) (context.Context, context.CancelFunc) {
	whole := b.Whole
	if first {
		whole = max(whole-b.Spent, b.Whole/4)
	}
	end := started.Add(whole)
	if deadline, ok := ctx.Deadline(); ok && deadline.Add(-b.Margin).Before(end) {
		end = deadline.Add(-b.Margin)
	}
	return context.WithDeadline(ctx, end)
}
