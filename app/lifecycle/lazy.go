// Package lifecycle decides when the things behind the ports exist: built when
// first used (LIGS), closed when idle (LUGS), kept close when they are used a
// lot (the reflex table).
package lifecycle

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Lazy holds what is behind one port: nothing until somebody needs it, and
// nothing again once it has been closed for being idle. It is safe for
// concurrent use.
type Lazy[T any] struct {
	name   string
	policy Policy
	clock  ports.Clock
	load   func(context.Context) (T, error)
	unload func(T) error

	held atomic.Pointer[holding[T]]
	// used is when it was last handed out, in nanoseconds of Unix time.
	used  atomic.Int64
	stats lazyStats

	mu      sync.Mutex
	opening *opening
}

// Policy says when something may be closed.
type Policy struct {
	// Core things are never closed.
	Core bool
	// Grace is how long something must have been idle before it is closed; 0
	// means that it is closed as soon as nobody uses it.
	Grace time.Duration
}

// holding is something loaded, with the number of those who are using it. The
// number is hugely negative once it is being closed: whoever enters then finds
// out and goes away.
type holding[T any] struct {
	value T
	users atomic.Int64
}

const closing = -1 << 40

func (h *holding[T]) enter() bool {
	if h.users.Add(1) > 0 {
		return true
	}
	h.users.Add(-1)
	return false
}

func (h *holding[T]) leave() { h.users.Add(-1) }

// opening is a load under way, which others wait for instead of loading again.
type opening struct {
	done chan struct{}
	err  error
}

// lazyStats counts what happened to a Lazy.
type lazyStats struct {
	loads, failures, unloads atomic.Int64
	loadTime                 atomic.Int64 // of the last load, in nanoseconds
}

// NewLazy returns a Lazy that holds nothing yet. load builds what it holds; its
// context is that of whoever needs it first, and what it returns must outlive
// that. A load that fails is tried again by the next who needs it. unload closes
// what was loaded; it may be nil.
func NewLazy[T any](name string, policy Policy, clock ports.Clock, load func(context.Context) (T, error), unload func(T) error) *Lazy[T] {
	return &Lazy[T]{name: name, policy: policy, clock: clock, load: load, unload: unload}
}

// Lease is the right to use what a Lazy holds until Release.
type Lease[T any] struct{ h *holding[T] }

// Value returns what is leased.
func (l Lease[T]) Value() T { return l.h.value }

// Release gives it back. It must be called once.
func (l Lease[T]) Release() { l.h.leave() }

// Acquire returns a lease of what is held, loading it first where need be. What
// is leased is not closed before it is released. The error is the loader's, a
// fault.Internal when the loader panicked, or the context's when that ended
// before the load did.
func (l *Lazy[T]) Acquire(ctx context.Context) (Lease[T], error) {
	for {
		if h := l.held.Load(); h != nil && h.enter() {
			return Lease[T]{h}, nil
		}
		if err := l.open(ctx); err != nil {
			return Lease[T]{}, err
		}
	}
}

// Touch notes that the port was used. Whoever crosses often calls it once an
// invocation rather than at each crossing: it reads the clock.
func (l *Lazy[T]) Touch() { l.used.Store(l.clock.Now().UnixNano()) }

// open sees to it that something is held, by loading it or by waiting for whoever
// does. No lock is held meanwhile.
func (l *Lazy[T]) open(ctx context.Context) error {
	l.mu.Lock()
	if h := l.held.Load(); h != nil && h.users.Load() >= 0 {
		l.mu.Unlock()
		return nil
	}
	under := l.opening
	if under == nil {
		under = &opening{done: make(chan struct{})}
		l.opening = under
		go l.fill(ctx, under)
	}
	l.mu.Unlock()
	select {
	case <-under.done:
		return under.err
	case <-ctx.Done():
		return fault.Wrap(fault.Deadline, "The time for this request ran out.", ctx.Err())
	}
}

// fill loads and tells everybody who waits.
func (l *Lazy[T]) fill(ctx context.Context, under *opening) {
	started := time.Now()
	value, err := l.guardedLoad(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		h := &holding[T]{value: value}
		l.held.Store(h)
		l.stats.loads.Add(1)
		l.stats.loadTime.Store(int64(time.Since(started)))
		l.Touch()
	} else {
		l.stats.failures.Add(1)
	}
	under.err = err
	l.opening = nil
	close(under.done)
}

func (l *Lazy[T]) guardedLoad(ctx context.Context) (value T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fault.Wrap(fault.Internal, "A part of LEE could not be started.", fmt.Errorf("loading %s: panic: %v", l.name, r))
		}
	}()
	return l.load(ctx)
}

// Unload closes what is held unless somebody is using it. done is false when it
// was in use, or when nothing was held. The error is unload's: what was held is
// gone all the same.
func (l *Lazy[T]) Unload() (done bool, err error) {
	h := l.held.Load()
	if h == nil || !h.users.CompareAndSwap(0, closing) {
		return false, nil
	}
	l.held.CompareAndSwap(h, nil)
	l.stats.unloads.Add(1)
	if l.unload != nil {
		err = l.guardedUnload(h.value)
	}
	return true, err
}

func (l *Lazy[T]) guardedUnload(value T) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("unloading %s: panic: %v", l.name, r)
		}
	}()
	return l.unload(value)
}

// Name returns the port's name.
func (l *Lazy[T]) Name() string { return l.name }

// Report returns what is known of the port's life so far.
func (l *Lazy[T]) Report() PortReport {
	r := PortReport{
		Name:     l.name,
		Policy:   l.policy,
		Loads:    l.stats.loads.Load(),
		Failures: l.stats.failures.Load(),
		Unloads:  l.stats.unloads.Load(),
		LoadTime: time.Duration(l.stats.loadTime.Load()),
	}
	if h := l.held.Load(); h != nil {
		r.Loaded, r.InFlight = true, max(h.users.Load(), 0)
	}
	if used := l.used.Load(); used != 0 {
		r.Used = time.Unix(0, used)
	}
	return r
}

// PortReport is what is known of a port's life.
type PortReport struct {
	Name   string
	Policy Policy
	// Loaded says whether something is held now, InFlight how many use it.
	Loaded   bool
	InFlight int64
	// Loads, Failures and Unloads count since the process started.
	Loads, Failures, Unloads int64
	// LoadTime is how long the last load took.
	LoadTime time.Duration
	// Used is when it was last used; zero for never.
	Used time.Time
}
