package lifecycle

import (
	"context"
	"errors"
	"slices"
)

// Renew has the next user of the port from here on load it again: what it is made of
// has changed. Nobody waits for that: calls under way end with what they began
// with, and who holds on to it keeps it. A load under way is given up. What was
// held is closed at once, or when it is in use by the Keeper after a later
// invocation; the error is unload's.
func (l *Lazy[T]) Renew() error {
	l.mu.Lock()
	if l.opening != nil {
		close(l.opening.abandoned)
		l.opening = nil
	}
	if h := l.held.Load(); h != nil {
		h.gate.closed.Store(true)
		l.takeAway(h, ReasonRenewed)
		l.outgoing = append(l.outgoing, h)
	}
	l.mu.Unlock()
	_, _, err := l.sweep()
	return err
}

// sweep closes what Renew has taken away and nobody uses any more. given is how
// many bytes loading that had allocated.
func (l *Lazy[T]) sweep() (done bool, given int64, err error) {
	left := l.left()
	var errs []error
	for _, h := range left {
		given += h.allocated
		if err := l.close(h.value); err != nil {
			l.unloadFailed()
			errs = append(errs, err)
		}
	}
	return len(left) > 0, given, errors.Join(errs...)
}

// left takes those out of outgoing that nobody uses any more.
func (l *Lazy[T]) left() (left []*holding[T]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	staying := l.outgoing[:0]
	for _, h := range l.outgoing {
		if h.gate.inside() > 0 || h.gate.holds.Load() > 0 {
			staying = append(staying, h)
		} else {
			left = append(left, h)
		}
	}
	clear(l.outgoing[len(staying):])
	l.outgoing = staying
	return left
}

// sweep closes what was renewed while somebody used it. carrying must be held.
func (k *Keeper) sweep(ctx context.Context) {
	k.mu.Lock()
	outgoing := slices.DeleteFunc(slices.Clone(k.ports), func(p Unloadable) bool { return !p.glance().outgoing })
	k.mu.Unlock()
	for _, p := range outgoing {
		_ = k.unload(ctx, p, ReasonRenewed) // logged, and counted by the port
	}
}
