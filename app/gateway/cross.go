package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Port is a port as the gateway knows it: what is behind it, loaded when first
// needed.
type Port[P any] struct {
	gateway *Gateway
	lazy    *lifecycle.Lazy[P]
}

// NewPort returns the port that g opens onto what lazy holds.
func NewPort[P any](g *Gateway, lazy *lifecycle.Lazy[P]) *Port[P] { return &Port[P]{g, lazy} }

// sampleEvery is of how many crossings on the short way one is timed: reading
// the clock twice costs more than the way itself.
const sampleEvery = 64

// Cross makes one call through the gateway: call is handed what is behind the
// port. Its error is call's own, fault.Open when the breaker is open, or the
// loader's. A call that fails is repeated where Operation.Class allows and the
// deadline leaves time.
//
// There are two ways through. The short one, for what is hot, goes straight to
// the port and leaves the breaker out for as long as nothing fails; its first
// failure is handed to the long way, which goes on as if it had been its own.
func Cross[P, R any](ctx context.Context, port *Port[P], op *Operation, call func(context.Context, P) (R, error)) (R, error) {
	c := &port.gateway.counters[op.ID]
	n := c.heat.Count()
	if !c.direct.Load() || n%sampleEvery == 0 {
		return cross(ctx, port, op, c, call, nil)
	}
	result, err := direct(ctx, port, call)
	if err != nil {
		return cross(ctx, port, op, c, call, err)
	}
	return result, nil
}

// direct is the short way.
func direct[P, R any](ctx context.Context, port *Port[P], call func(context.Context, P) (R, error)) (R, error) {
	lease, err := port.lazy.Acquire(ctx)
	if err != nil {
		return *new(R), err
	}
	defer lease.Release()
	return call(ctx, lease.Value())
}

// cross is the long way. failed is the error of an attempt that was already made
// on the short way, nil when none was.
func cross[P, R any](ctx context.Context, port *Port[P], op *Operation, c *counters, call func(context.Context, P) (R, error), failed error) (result R, err error) {
	g := port.gateway
	started := time.Now()
	attempts := 0
	if failed != nil {
		attempts, err = 1, failed
		g.breakers[op.ID].Done(zeroTicket, fault.Of(failed).Outage())
	}
	for attempts == 0 || g.again(ctx, op, c, attempts, err) {
		attempts++
		result, err = attempt(ctx, port, op, call)
		if err == nil {
			break
		}
	}
	elapsed := time.Since(started)
	c.timed.Add(1)
	c.nanoseconds.Add(uint64(elapsed))
	if err != nil {
		c.failures.Add(1)
	}
	if debug := g.log.Check(zap.DebugLevel, "crossed"); debug != nil {
		debug.Write(zap.String("correlation", Correlation(ctx)), zap.String("operation", op.Name),
			zap.Int("attempts", attempts), zap.Duration("took", elapsed), zap.Error(err))
	}
	return result, err
}

// attempt makes the call once, behind the breaker.
func attempt[P, R any](ctx context.Context, port *Port[P], op *Operation, call func(context.Context, P) (R, error)) (result R, err error) {
	breaker := port.gateway.breakers[op.ID]
	ticket, err := breaker.Allow()
	if err != nil {
		return result, err
	}
	lease, err := port.lazy.Acquire(ctx)
	if err != nil {
		breaker.Done(ticket, fault.Of(err).Outage())
		return result, err
	}
	defer func() {
		lease.Release()
		if r := recover(); r != nil {
			err = fault.Wrap(fault.Internal, "A part of LEE failed.", fmt.Errorf("%s: panic: %v", op.Name, r))
		}
		breaker.Done(ticket, err != nil && fault.Of(err).Outage())
	}()
	return call(ctx, lease.Value())
}

// again says whether a failed operation is tried once more, after it has waited
// as long as it must before.
func (g *Gateway) again(ctx context.Context, op *Operation, c *counters, attempts int, err error) bool {
	if attempts >= g.retry.Attempts || !repeatable(op.Class, err) {
		return false
	}
	pause := g.retry.pause(attempts, err)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < pause+g.retry.Least {
		return false
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		c.retries.Add(1)
		return true
	case <-ctx.Done():
		return false
	}
}

// repeatable says whether an operation that failed with err may be repeated: a
// failure that would only come again is not, and a command only when not a byte
// of it was sent.
func repeatable(class Class, err error) bool {
	switch fault.Of(err) {
	case fault.Unreachable, fault.Unanswered, fault.Throttled:
	default:
		return false
	}
	var e *fault.Error
	return class == Read || errors.As(err, &e) && !e.Sent
}
