package lifecycle

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

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

	// mu is never held while something is loaded or unloaded.
	mu      sync.Mutex
	opening *opening
	// outgoing is what was renewed while somebody used it.
	outgoing []*holding[T]
	log      *zap.Logger
	life     life
}

// holding is something loaded, and the gate before it.
type holding[T any] struct {
	value T
	gate  gate
	// allocated is what loading it allocated, in bytes.
	allocated int64
}

// life is what has become of a Lazy so far.
type life struct {
	// used is when it was last used, as far as somebody has looked; seen is what
	// the gate's count of uses was then. A crossing does not read the clock.
	used time.Time
	seen uint32
	// loads, failures and resurrections count; loadTime is of the last load.
	loads, failures, resurrections int64
	loadTime                       time.Duration
	unloads                        [Reasons]int64
	unloadFailures                 int64
	refusals                       [Checks]int64
	given                          int64
}

// NewLazy returns a Lazy that holds nothing yet. load builds what it holds; its
// context is that of the one that needs it first, and what it returns must outlive
// that. A load that fails, panics or does not come back in time is not kept: the
// next who needs it tries again, and the load that has not come back may still be
// running then. unload closes what was loaded; it may be nil.
func NewLazy[T any](name string, policy Policy, clock ports.Clock, load func(context.Context) (T, error), unload func(T) error) *Lazy[T] {
	return &Lazy[T]{name: name, policy: policy, clock: clock, load: load, unload: unload, log: zap.NewNop()}
}

// Name returns the port's name.
func (l *Lazy[T]) Name() string { return l.name }

// Loaded says whether something is held now.
func (l *Lazy[T]) Loaded() bool { return l.held.Load() != nil }

// Lease is the right to use what a Lazy holds until Release.
type Lease[T any] struct{ held *holding[T] }

// Value returns what is leased.
func (l Lease[T]) Value() T { return l.held.value }

// Release gives it back. It must be called once.
func (l Lease[T]) Release() { l.held.gate.leave() }

// Acquire returns a lease of what is held, loading it first where need be. What
// is leased is not closed before it is released. The error is the loader's, a
// fault.Internal when the loader panicked, or a fault.Deadline when the context
// ended before the load did.
func (l *Lazy[T]) Acquire(ctx context.Context) (Lease[T], error) {
	for {
		if h := l.held.Load(); h != nil && h.gate.enter() {
			return Lease[T]{h}, nil
		}
		if err := l.open(ctx); err != nil {
			return Lease[T]{}, err
		}
	}
}

// Hold is a live handle on what a Lazy holds: a subscription, a stream. As long
// as there is one, what is held is not closed, however idle.
type Hold[T any] struct {
	held *holding[T]
	once *sync.Once
}

// Release lets go of it. Calling it again does nothing.
func (h Hold[T]) Release() { h.once.Do(func() { h.held.gate.holds.Add(-1) }) }

// Hold returns a live handle on what is held, loading it first where need be. It
// fails as Acquire does.
func (l *Lazy[T]) Hold(ctx context.Context) (Hold[T], error) {
	lease, err := l.Acquire(ctx)
	if err != nil {
		return Hold[T]{}, err
	}
	defer lease.Release()
	lease.held.gate.holds.Add(1)
	return Hold[T]{lease.held, new(sync.Once)}, nil
}
