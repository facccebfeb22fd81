package portstest

import (
	"context"
	"testing"
	"time"
)

// expiring is a context whose time runs out when expired is closed.
type expiring struct {
	context.Context //nolint:containedctx // it is one
	expired         chan struct{}
}

func (c expiring) Done() <-chan struct{} { return c.expired }

func (c expiring) Err() error {
	select {
	case <-c.expired:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// Expiring returns a context whose time runs out once something has happened, and at the
// test's end: its error is context.DeadlineExceeded from then on. A test of what waits on
// a real network uses it in place of a short deadline, which a busy machine may reach
// before the request is out.
func Expiring(t *testing.T, happened func() bool) context.Context {
	t.Helper()
	c := expiring{context.WithoutCancel(t.Context()), make(chan struct{})}
	go func() {
		defer close(c.expired)
		for !happened() && t.Context().Err() == nil {
			time.Sleep(time.Millisecond)
		}
	}()
	t.Cleanup(func() { <-c.expired })
	return c
}
