package lifecycle

import (
	"errors"
	"fmt"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Reason is why something was closed.
type Reason uint8

// The reasons for closing something.
const (
	// ReasonImmediate: an event passed by what is of the immediate policy.
	ReasonImmediate Reason = iota
	// ReasonIdle: it was idle for its grace.
	ReasonIdle
	// ReasonMemory: the process needed the memory.
	ReasonMemory
	// ReasonRenewed: what it was made of has changed.
	ReasonRenewed
	// ReasonEnd: the process ends, or the caller of Unload said so.
	ReasonEnd

	// Reasons is how many there are.
	Reasons = iota
)

// String returns "immediate", "idle", "memory", "renewed" or "end".
func (r Reason) String() string {
	return [...]string{"immediate", "idle", "memory", "renewed", "end"}[r]
}

// Unload closes what is held unless somebody is using it or holds on to it. done
// is false then, and when nothing was held. The error is unload's: what was held
// is gone all the same.
func (l *Lazy[T]) Unload() (done bool, err error) {
	done, _, err = l.unloadFor(ReasonEnd)
	return done, err
}

// unloadFor is Unload with a reason; given is how many bytes loading it had
// allocated. ReasonRenewed is for what is held no more, but was still in use when
// it was renewed.
func (l *Lazy[T]) unloadFor(reason Reason) (done bool, given int64, err error) {
	if reason == ReasonRenewed {
		return l.sweep()
	}
	h := l.retire(reason)
	if h == nil {
		return false, 0, nil
	}
	if err := l.close(h.value); err != nil {
		l.unloadFailed()
		return true, h.allocated, err
	}
	return true, h.allocated, nil
}

// retire shuts the gate and takes what is held away; nil when it is in use, held
// on to, or not there. The lock keeps a load from beginning while the gate is
// shut only to see.
func (l *Lazy[T]) retire(reason Reason) *holding[T] {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.held.Load()
	if h == nil || !h.gate.shut() {
		return nil
	}
	l.takeAway(h, reason)
	return h
}

// takeAway takes what is held away. mu must be held.
func (l *Lazy[T]) takeAway(h *holding[T], reason Reason) {
	l.fold(h)
	l.held.Store(nil)
	l.life.unloads[reason]++
	l.life.given += h.allocated
}

// close calls the port's own unload.
func (l *Lazy[T]) close(value T) error {
	if l.unload == nil {
		return nil
	}
	err := fault.Guard(func() error { return l.unload(value) })
	if errors.Is(err, fault.ErrPanic) {
		return fmt.Errorf("unloading %s: %w", l.name, errors.Unwrap(err))
	}
	return err
}
