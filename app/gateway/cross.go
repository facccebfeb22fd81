package gateway

import (
	"context"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Port is a port as the gateway knows it: what is behind it, loaded when first
// needed.
type Port[P any] struct {
	gateway *Gateway
	lazy    *lifecycle.Lazy[P]
}

// NewPort returns the port that g opens onto what lazy holds.
func NewPort[P any](g *Gateway, lazy *lifecycle.Lazy[P]) *Port[P] { return &Port[P]{g, lazy} }

// sampleEvery is of how many crossings on the short way one takes the long way
// instead, to be timed: reading the clock twice costs more than the short way
// itself.
const sampleEvery = 64

// Cross makes one call through the gateway: call is handed what is behind the
// port. Its error is call's own, fault.Internal when it panicked, fault.Open when
// the breaker is open, or the loader's; it has the operation's name (fault.At). A
// call that fails is repeated where Operation.Class allows and the deadline leaves
// time.
//
// There are two ways through. The short one, for what is hot, goes straight to
// the port and leaves the breaker out for as long as nothing fails; its first
// failure is handed to the long way, which goes on as if it had been its own.
func Cross[P, R any](ctx context.Context, port *Port[P], op *Operation, call func(context.Context, P) (R, error)) (R, error) {
	return crossAbout(ctx, port, op, nil, call)
}

// crossAbout is Cross of a call about something. The result is set where it is,
// on the caller's stack: handed up from function to function, a home.State takes
// three times as long as the short way itself.
func crossAbout[P, R any](ctx context.Context, port *Port[P], op *Operation, about *service, call func(context.Context, P) (R, error)) (result R, err error) {
	err = pass(ctx, port, op, about, func(ctx context.Context, to P) (err error) {
		result, err = call(ctx, to)
		return err
	})
	return result, err
}

// pass makes one call through the gateway, on one way or the other. A face whose
// answer is large uses it directly, and sets the answer where it is wanted.
func pass[P any](ctx context.Context, port *Port[P], op *Operation, about *service, call func(context.Context, P) error) (err error) {
	g, s := port.gateway, spanOf(ctx)
	to := g.bound(op)
	row, calls := g.reflex.count(ctx, op, about, port.lazy.Name())
	if !row.direct.Load() || calls%sampleEvery == 0 || s.full() {
		err = passLong(ctx, port, op, row, s, to, call, nil)
	} else if err = attempt(ctx, port, op, call); err == nil {
		s.passed(row)
	} else {
		err = passLong(ctx, port, op, row, s, to, call, err)
	}
	to.endpoint.awaited.end(op.Class, err)
	return err
}

// attempt makes the call once.
func attempt[P any](ctx context.Context, port *Port[P], op *Operation, call func(context.Context, P) error) (err error) {
	lease, err := port.lazy.Acquire(ctx)
	if err != nil {
		return err
	}
	defer fault.Catch(&err)
	defer lease.Release()
	if op.Class == Command { // loading may have taken a freeze
		if err := ports.InTime(ctx, port.gateway.clock); err != nil {
			return err
		}
	}
	return call(ctx, lease.Value())
}

// passLong is the long way. failed is the error of an attempt that was already
// made on the short way, nil when none was.
func passLong[P any](ctx context.Context, port *Port[P], op *Operation, row *row, s *span, to bound, call func(context.Context, P) error, failed error) (err error) {
	g := port.gateway
	p, c := to.place, &g.states[op.ID]
	started := time.Now()
	crumb := s.begin(row.name, started)
	var ticket ports.Ticket
	attempts := 0
	if failed != nil {
		attempts, err = 1, failed
	} else if ticket, err = g.admit(ctx, p); err != nil {
		err = fault.At(op.Name, err)
		c.refused.Add(1)
		g.passed(ctx, row, s, crumb, c, started, attempts, err)
		return err
	}
	for attempts == 0 || g.again(ctx, op, p, ticket, attempts, err) {
		if attempts > 0 {
			c.retries.Add(1)
		}
		attempts++
		if err = load(ctx, port, s, crumb); err == nil {
			err = attempt(ctx, port, op, call)
		}
		if err == nil {
			break
		}
	}
	err = fault.At(op.Name, err)
	took := g.passed(ctx, row, s, crumb, c, started, attempts, err)
	if failed != nil {
		took += fair // nobody timed the short way
	}
	g.tell(ctx, p, ticket, err != nil && outage(ctx, err, took) && !to.excuses(err), err)
	return err
}

// load loads the port where that shall show in the trace, within the crossing's
// crumb, as does whatever the load crosses itself. The port may be closed again at
// once and be loaded by the attempt that follows; that does not show then.
func load[P any](ctx context.Context, port *Port[P], s *span, crumb int) error {
	if s == nil || port.lazy.Loaded() {
		return nil
	}
	ctx, end := Span(s.trace.within(ctx, crumb), "load "+port.lazy.Name())
	lease, err := port.lazy.Acquire(ctx)
	end(err)
	if err == nil {
		lease.Release()
	}
	return err
}

// passed notes a crossing on the long way, and returns how long it took.
func (g *Gateway) passed(ctx context.Context, row *row, s *span, crumb int, c *state, started time.Time, attempts int, err error) time.Duration {
	ended := time.Now()
	took := ended.Sub(started)
	c.timed.Add(1)
	c.nanoseconds.Add(uint64(took))
	if err != nil {
		c.failures.Add(1)
	}
	s.end(crumb, ended, attempts, err)
	if debug := g.log.Check(zap.DebugLevel, "crossed"); debug != nil {
		debug.Write(correlation.Field(ctx), zap.String("operation", row.name),
			zap.Int("attempts", attempts), zap.Duration("took", took), zap.Error(err))
	}
	return took
}
