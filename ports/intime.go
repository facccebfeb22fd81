package ports

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

type beginKey struct{}

// begin is when an invocation began and when its answer is due.
type begin struct {
	wall      time.Time // by the wall clock
	stands    time.Time // the same moment by the clock that stands still in a frozen process
	due       time.Time // by the latter
	unlimited bool
}

// WithBegin returns a context of an invocation that begins now and whose answer is due at
// ctx's deadline. Work that goes on after the answer belongs to it too.
func WithBegin(ctx context.Context, clock Clock) context.Context {
	b := &begin{wall: clock.Now(), stands: time.Now()}
	due, ok := ctx.Deadline()
	b.due, b.unlimited = due, !ok
	return context.WithValue(ctx, beginKey{}, b)
}

// InTime returns nil while something may be sent on behalf of an invocation, and a
// fault.Deadline when its answer was due before, by the wall clock: the one that asked for it
// has been told that it was not done. A context's own deadline does not say so. Lambda
// freezes the process after an answer, and what waited to be sent goes on where it was,
// perhaps hours later. An adapter asks right before it sends; in a context without
// WithBegin everything is in time.
func InTime(ctx context.Context, clock Clock) error {
	b, ok := ctx.Value(beginKey{}).(*begin)
	if !ok || b.unlimited || clock.Now().Sub(b.wall) < b.due.Sub(b.stands) {
		return nil
	}
	return fault.New(fault.Deadline, "The time for this request ran out before it was sent.")
}
