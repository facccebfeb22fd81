// Package gateway is SUGA, the single universal gateway: the one door through
// which every call passes that leaves LEE's own logic. It is where a call is
// counted and timed, answered from the cache where that will do, kept from a
// place that keeps failing, repeated where that is safe, and where the port
// behind it is loaded when first needed.
//
// The door is generic (Cross); what the rest of the program sees are the faces
// (Home, House), ordinary implementations of the ports whose every method is one
// crossing.
//
// A crossing goes reflex → cache → breaker → load → call → store. What is called
// often takes the short way (see reflex.go); an answer in the cache is handed
// out without touching the port behind it (cached.go); the rest takes the long
// way (cross.go).
package gateway

import (
	"context"
	"sync"
	"sync/atomic"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/ports"
)

// Gateway holds what all crossings share: clock, cache, breakers, retry and
// counters. Make one with New. It is safe for concurrent use.
type Gateway struct {
	// states are those of the operations, by ID.
	states  []state
	reflex  *reflex
	flights flights
	// generations count how often a section was invalidated: an answer that was
	// asked for before that is not kept. keeping is held while one is counted, and while
	// an answer is kept.
	keeping     sync.Mutex
	generations [ports.Sections]atomic.Uint64

	clock      ports.Clock
	log        *zap.Logger
	retry      Retry
	cache      ports.Cache
	newBreaker func(endpoint string, class Class) ports.Breaker
	bearerOnly atomic.Bool
}

// state is what a gateway knows of an operation.
type state struct {
	place atomic.Pointer[place]
	// row is the operation's own row of the reflex table, nil before its first call.
	row atomic.Pointer[row]
	// failures are crossings that ended in an error, retries further attempts,
	// refused crossings that the breaker refused.
	failures, retries, refused atomic.Uint64
	// timed crossings, and their time in nanoseconds.
	timed, nanoseconds atomic.Uint64
	// shared are answers that another caller's call brought.
	shared atomic.Uint64
}

// Options are what a Gateway is made of.
type Options struct {
	// Clock is the wall clock.
	Clock ports.Clock
	// Log is told of every crossing on the long way, and of promotions, at debug
	// level, and of breakers that open or close; nil for nobody.
	Log *zap.Logger
	// Retry says how often what may be repeated is; the zero value means never.
	Retry Retry
	// NewBreaker makes the breaker of an endpoint and class; it is called once for
	// each, and again for those of the home when that is another (Moved).
	NewBreaker func(endpoint string, class Class) ports.Breaker
	// Cache keeps answers; nil for nothing.
	Cache ports.Cache
	// ReflexEntries is how many services that are called are told apart: 50, 100 or
	// 200 by tier. 0 turns the short way off.
	ReflexEntries int
	// BearerOnly says that LEE has no token of its own for the home: each request
	// shows the one that came with it, and what is answered to one is not for
	// another. SetBearerOnly changes it.
	BearerOnly bool
}

// New returns a gateway.
func New(o Options) *Gateway {
	if o.Log == nil {
		o.Log = zap.NewNop()
	}
	g := &Gateway{clock: o.Clock, log: o.Log, retry: o.Retry, cache: o.Cache, newBreaker: o.NewBreaker, states: make([]state, len(operations))}
	g.bearerOnly.Store(o.BearerOnly)
	g.reflex = newReflex(g, o.ReflexEntries)
	g.settle(func(string) bool { return true })
	return g
}

// Moved says that the home is another from here on: what failed at the former one
// says nothing about it. It gets new breakers, and a request of the former home to be left
// alone is forgotten. Crossings under way tell the former breakers how they end.
func (g *Gateway) Moved() {
	g.settle(goesHome)
}

// SetBearerOnly says whether LEE has no token of its own for the home, from here
// on. What was cached before is not dropped.
func (g *Gateway) SetBearerOnly(only bool) { g.bearerOnly.Store(only) }

// Cool lets the heat of all operations fade to now, and decides which of them
// take the short way from here on. It is called after each invocation, with its
// context, takes microseconds and does no I/O.
func (g *Gateway) Cool(ctx context.Context) { g.reflex.cool(ctx, g.clock.Now()) }

// Hot says whether something that needs the port of that name was called often
// at the last Cool. Answers from the cache do not count.
func (g *Gateway) Hot(port string) bool { return g.reflex.isHot(port) }
