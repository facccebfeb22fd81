package gateway

import (
	"context"
	"sync"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// flights are the calls under way whose answers several callers may share. It is
// not x/sync's singleflight because of who may end a call: there, the first
// caller's context does, or nobody's.
type flights struct {
	mu   sync.Mutex
	byID map[flightKey]*flight
}

// flightKey is what is asked for, and the generation of its section: a caller
// that asks after a command does not get an answer that was asked for before it.
type flightKey struct {
	key        ports.CacheKey
	generation uint64
}

// flight is one call.
type flight struct {
	done    chan struct{}
	value   any
	err     error
	waiting int
	cancel  context.CancelFunc
}

// join returns the answer of the call that is under way for the key; where there
// is none it makes it, and mine is true. The call has the deadline of the caller
// that began it, and is cancelled when nobody waits for it any more. One that ran out
// of time is made again by those who have time left.
func (f *flights) join(ctx context.Context, key flightKey, call func(context.Context) (any, error)) (value any, mine bool, err error) {
	for {
		if ctx.Err() != nil {
			return nil, true, outOfTime(ctx)
		}
		one, mine := f.board(ctx, key, call)
		select {
		case <-one.done:
			if !mine && one.err != nil && fault.Of(one.err) == fault.Deadline && ctx.Err() == nil {
				continue
			}
			return one.value, mine, one.err
		case <-ctx.Done():
			f.leave(key, one)
			return nil, mine, outOfTime(ctx)
		}
	}
}

func outOfTime(ctx context.Context) error {
	return fault.Wrap(fault.Deadline, "The time for this request ran out.", ctx.Err())
}

// board returns the flight for the key, which it has begun where mine is true.
func (f *flights) board(ctx context.Context, key flightKey, call func(context.Context) (any, error)) (one *flight, mine bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if one = f.byID[key]; one != nil {
		one.waiting++
		return one, false
	}
	one = &flight{done: make(chan struct{}), waiting: 1}
	var own context.Context
	if deadline, ok := ctx.Deadline(); ok {
		own, one.cancel = context.WithDeadline(context.WithoutCancel(ctx), deadline)
	} else {
		own, one.cancel = context.WithCancel(context.WithoutCancel(ctx))
	}
	if f.byID == nil {
		f.byID = map[flightKey]*flight{}
	}
	f.byID[key] = one
	go func() {
		defer one.cancel()
		one.err = fault.Guard(func() (err error) {
			one.value, err = call(own)
			return err
		})
		f.mu.Lock()
		f.forget(key, one)
		f.mu.Unlock()
		close(one.done)
	}()
	return one, true
}

// leave is what a caller does who waits no longer. The last one ends the call.
func (f *flights) leave(key flightKey, one *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if one.waiting--; one.waiting == 0 {
		f.forget(key, one)
		one.cancel()
	}
}

// forget takes a flight out of the table, unless another has taken its place. mu
// must be held.
func (f *flights) forget(key flightKey, one *flight) {
	if f.byID[key] == one {
		delete(f.byID, key)
	}
}
