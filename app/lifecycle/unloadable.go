package lifecycle

import (
	"context"
	"time"

	"go.uber.org/zap"
)

// Unloadable is a Lazy, whatever it holds: what the Keeper sees of it. Only Lazy
// implements it.
type Unloadable interface {
	// Name returns the port's name.
	Name() string
	// Loaded says whether something is held now.
	Loaded() bool
	// Report returns what is known of the port's life so far.
	Report() PortReport

	glance() glance
	refuse(c Check)
	unloadFor(reason Reason) (done bool, given int64, err error)
	unloadFailed()
	loadAhead(ctx context.Context) error
	hold(ctx context.Context) (release func(), err error)
	logTo(log *zap.Logger)
}

var _ Unloadable = (*Lazy[struct{}])(nil)

// glance is a port at one moment.
type glance struct {
	policy                 Policy
	loaded, inFlight, held bool
	// outgoing says that something was renewed while somebody used it.
	outgoing bool
	used     time.Time
	// mark changes whenever the port is used or loaded.
	mark mark
}

type mark struct {
	loads int64
	uses  uint32
}

func (l *Lazy[T]) glance() glance {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := glance{policy: l.policy, outgoing: len(l.outgoing) > 0}
	if h := l.held.Load(); h != nil {
		l.fold(h)
		g.loaded, g.inFlight, g.held = true, h.gate.inside() > 0, h.gate.holds.Load() > 0
		g.used, g.mark = l.life.used, mark{l.life.loads, l.life.seen}
	}
	return g
}

func (l *Lazy[T]) refuse(c Check) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.life.refusals[c]++
}

func (l *Lazy[T]) unloadFailed() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.life.unloadFailures++
}

func (l *Lazy[T]) loadAhead(ctx context.Context) error {
	lease, err := l.Acquire(ctx)
	if err != nil {
		return err
	}
	lease.Release()
	return nil
}

func (l *Lazy[T]) hold(ctx context.Context) (release func(), err error) {
	h, err := l.Hold(ctx)
	if err != nil {
		return nil, err
	}
	return h.Release, nil
}

func (l *Lazy[T]) logTo(log *zap.Logger) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.log = log
}
