package engine

import (
	"context"
	"errors"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// guarded runs a handler and returns what it returns. A handler that panics, or
// that ends without returning, has failed; one that has not returned when ctx
// and the grace after it are over is gone without, since the caller must have
// an answer. What such a handler returns later is lost.
func guarded[T any](ctx context.Context, grace time.Duration, handle func(context.Context) (T, error)) (T, error) {
	type reply struct {
		value T
		err   error
	}
	replies := make(chan reply, 1)
	go func() {
		r := reply{err: fault.Wrap(fault.Internal, "A part of LEE failed.", errors.New("the handler ended without returning"))}
		defer func() { replies <- r }()
		r.err = fault.Guard(func() (err error) {
			r.value, err = handle(ctx)
			return err
		})
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
