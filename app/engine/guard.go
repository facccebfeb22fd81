package engine

import (
	"context"
	"errors"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// guarded runs a handler and returns what it returns. A handler that panics, or
// that ends without returning, has failed; one that has not returned when ctx
// and the grace after it are over is gone without, since whoever asked must have
// an answer. What such a handler returns later is lost.
func guarded[T any](ctx context.Context, grace time.Duration, handle func(context.Context) (T, error)) (T, error) {
	type reply struct {
		value T
		err   error
	}
	replies := make(chan reply, 1)
	go func() {
		r := reply{err: broken(errors.New("the handler ended without returning"))}
		defer func() {
			if p := recover(); p != nil {
				r.err = broken(fault.Panic(p))
			}
			replies <- r
		}()
		r.value, r.err = handle(ctx)
	}()
	select {
	case r := <-replies:
		return r.value, r.err
	case <-ctx.Done():
	}
	// The handler sees the same deadline; its own words are better than ours.
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case r := <-replies:
		return r.value, r.err
	case <-timer.C:
		return *new(T), fault.New(fault.Unanswered, "The home did not say in time whether it was done.")
	}
}

// broken is the failure of a part that did not fail as parts should.
func broken(cause error) error { return fault.Wrap(fault.Internal, "A part of LEE failed.", cause) }
