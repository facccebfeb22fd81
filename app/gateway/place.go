package gateway

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// place is an endpoint and a class of operation: what a breaker stands before.
type place struct {
	endpoint *endpoint
	class    Class
	breaker  ports.Breaker
	// troubled is true from an outage to the next success that the breaker has
	// seen. Nothing takes the short way meanwhile, which would pass the breaker
	// by.
	troubled atomic.Bool
}

// endpoint is what is called.
type endpoint struct {
	name string
	// quiet is until when it asked to be left alone, in nanoseconds of Unix time;
	// 0 for not.
	quiet   atomic.Int64
	awaited awaited
}

const (
	// longestQuiet bounds what an endpoint may ask for (Retry-After): a proxy that
	// says an hour must not put a house out for an hour.
	longestQuiet = time.Minute
	// fair is how much time a call must have had for running out of it to say
	// anything of the place that was called.
	fair = time.Second
)

// settle makes the places again whose endpoints are another one's from here on.
func (g *Gateway) settle(again func(endpoint string) bool) {
	endpoints := map[string]*endpoint{}
	type at struct {
		endpoint string
		class    Class
	}
	made := map[at]*place{}
	for _, op := range operations {
		if !again(op.Endpoint) {
			continue
		}
		at := at{op.Endpoint, op.Class}
		if endpoints[op.Endpoint] == nil {
			endpoints[op.Endpoint] = &endpoint{name: op.Endpoint}
		}
		if made[at] == nil {
			made[at] = &place{endpoint: endpoints[op.Endpoint], class: op.Class, breaker: g.newBreaker(op.Endpoint, op.Class)}
		}
		g.states[op.ID].place.Store(made[at])
	}
}

// admit asks for leave to call the place. It fails at once with fault.Open while
// the breaker is open or the endpoint wants to be left alone.
func (g *Gateway) admit(ctx context.Context, p *place) (ports.Ticket, error) {
	if until := p.endpoint.quiet.Load(); until != 0 {
		left := time.Duration(until - g.clock.Now().UnixNano())
		if left > 0 && left <= longestQuiet {
			return ports.Ticket{}, &fault.Error{Kind: fault.Open, Text: "The " + p.endpoint.name + " asked to be left alone for a moment.", RetryAfter: left}
		}
		p.endpoint.quiet.CompareAndSwap(until, 0)
	}
	ticket, err := p.breaker.Allow()
	g.turned(ctx, p, ticket.Turn)
	return ticket, err
}

// turned tells the log of a change of the breaker's state.
func (g *Gateway) turned(ctx context.Context, p *place, turn ports.Turn) {
	if turn.From != turn.To {
		g.log.Warn("breaker", correlation.Field(ctx), zap.String("of", p.endpoint.name+" "+p.class.String()),
			zap.Stringer("from", turn.From), zap.Stringer("to", turn.To))
	}
}

// tell tells the breaker how a crossing went that it let through.
func (g *Gateway) tell(ctx context.Context, p *place, ticket ports.Ticket, outage bool, err error) {
	if !outage {
		g.turned(ctx, p, p.breaker.Done(ticket, false))
		if err == nil && p.troubled.Load() {
			p.troubled.Store(false)
		}
		return
	}
	// First the short way is closed, so that what comes after the breaker has
	// opened finds it.
	p.troubled.Store(true)
	g.reflex.leave(p)
	g.turned(ctx, p, p.breaker.Done(ticket, true))
	var e *fault.Error
	if errors.As(err, &e) && e.RetryAfter > 0 {
		wait := min(e.RetryAfter, longestQuiet)
		p.endpoint.quiet.Store(g.clock.Now().Add(wait).UnixNano())
		g.log.Debug("left alone", correlation.Field(ctx), zap.String("endpoint", p.endpoint.name), zap.Duration("for", wait))
	}
}

// outage says whether a failure tells something of the health of what was
// called, given how long that took. That a caller went away does not, nor that
// he came with hardly any time left.
func outage(ctx context.Context, err error, took time.Duration) bool {
	switch kind := fault.Of(err); kind {
	case fault.Deadline:
		return !errors.Is(ctx.Err(), context.Canceled) && took >= fair
	case fault.Unanswered: // a script that runs on is left once it is seen to run
		return !errors.Is(ctx.Err(), context.Canceled)
	default:
		return kind.Outage()
	}
}
