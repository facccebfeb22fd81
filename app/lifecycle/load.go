package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"runtime/metrics"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// opening is a load under way, which others wait for instead of loading again.
type opening struct {
	// done is closed when the load has come back, with err.
	done chan struct{}
	err  error
	// abandoned is closed when the one that began it went away without it: nobody
	// waits for a load that hangs longer than that.
	abandoned chan struct{}
}

// open sees to it that something is held, by loading it or by waiting for a caller
// that does. No lock is held meanwhile.
func (l *Lazy[T]) open(ctx context.Context) error {
	for {
		under, mine := l.begin(ctx)
		if under == nil {
			return nil
		}
		select {
		case <-under.done:
			// A load that ran out of its beginner's time is no answer to those who
			// have time left.
			if !mine && under.err != nil && ctx.Err() == nil && outOfTime(under.err) {
				continue
			}
			return under.err
		case <-under.abandoned:
		case <-ctx.Done():
			if mine {
				l.abandon(ctx, under)
			}
			return fault.Wrap(fault.Deadline, "The time for this request ran out.", fmt.Errorf("loading %s: %w", l.name, ctx.Err()))
		}
	}
}

func outOfTime(err error) bool {
	return fault.Of(err) == fault.Deadline || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// begin returns the load under way, which it has begun itself where mine is
// true; nil when something is held.
func (l *Lazy[T]) begin(ctx context.Context) (under *opening, mine bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held.Load() != nil {
		return nil, false
	}
	if l.opening == nil {
		l.opening = &opening{done: make(chan struct{}), abandoned: make(chan struct{})}
		go l.fill(ctx, l.opening)
		return l.opening, true
	}
	return l.opening, false
}

// abandon gives a load up that has not come back in time. What it may still
// bring is closed.
func (l *Lazy[T]) abandon(ctx context.Context, under *opening) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.opening != under {
		return // it has just come back
	}
	l.opening = nil
	l.life.failures++
	close(under.abandoned)
	l.log.Debug("[LIGS] gave up loading", correlation.Field(ctx), zap.String("port", l.name), zap.Error(ctx.Err()))
}

// fill loads and tells everybody who waits, also when the loader ends its
// goroutine.
func (l *Lazy[T]) fill(ctx context.Context, under *opening) {
	var value T
	err := l.broken(errors.New("it did not return"))
	started, before := time.Now(), allocated()
	defer func() {
		took, cost := time.Since(started), allocated()-before
		if l.settle(ctx, under, value, err, took, cost) || err != nil {
			return
		}
		l.log.Debug("[LIGS] loaded too late, closing", correlation.Field(ctx), zap.String("port", l.name), zap.Duration("took", took))
		if err := l.close(value); err != nil {
			l.log.Debug("[LIGS] could not close what was late", correlation.Field(ctx), zap.String("port", l.name), zap.Error(err))
		}
	}()
	err = fault.Guard(func() (err error) {
		value, err = l.load(ctx)
		return err
	})
	if errors.Is(err, fault.ErrPanic) {
		err = l.broken(errors.Unwrap(err))
	}
}

// broken is the failure of a load that ended as no load should.
func (l *Lazy[T]) broken(cause error) error {
	return fault.Wrap(fault.Internal, "A part of LEE could not be started.", fmt.Errorf("loading %s: %w", l.name, cause))
}

// settle notes how a load ended; it returns false when the load was given up.
func (l *Lazy[T]) settle(ctx context.Context, under *opening, value T, err error, took time.Duration, cost int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.opening != under {
		return false
	}
	l.opening = nil
	under.err = err
	defer close(under.done)
	if err != nil {
		l.life.failures++
		l.log.Debug("[LIGS] could not load", correlation.Field(ctx), zap.String("port", l.name), zap.Duration("took", took), zap.Error(err))
		return true
	}
	l.life.loads++
	resurrected := l.life.loads > 1
	if resurrected {
		l.life.resurrections++
	}
	l.life.loadTime = took
	l.life.seen = 0 // of the new gate, which one that waits is about to enter
	l.held.Store(&holding[T]{value: value, allocated: cost})
	l.log.Debug("[LIGS] loaded", correlation.Field(ctx), zap.String("port", l.name), zap.Duration("took", took),
		zap.Int64("allocated", cost), zap.Bool("resurrected", resurrected))
	return true
}

// allocated returns how many bytes the whole process has allocated so far. What
// it grew by around a load is an estimate of what closing it gives back: it counts
// what others allocated meanwhile, and small things only some kilobytes at a time.
func allocated() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
