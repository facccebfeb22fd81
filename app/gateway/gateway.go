// Package gateway is SUGA, the single universal gateway: the one door through
// which every call passes that leaves LEE's own logic. It is where a call is
// counted and timed, kept from a place that keeps failing, repeated where that
// is safe, and where the port behind it is loaded when first needed.
//
// The door is generic (Cross); what the rest of the program sees are the faces
// (Home, House), ordinary implementations of the ports whose every method is one
// crossing.
package gateway

import (
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// Gateway holds what all crossings share: clock, breakers, retry and counters.
// Make one with New. It is safe for concurrent use.
type Gateway struct {
	clock    ports.Clock
	log      *zap.Logger
	retry    Retry
	breakers [len(operations)]ports.Breaker
	counters [len(operations)]counters
}

// counters are what is counted of one operation. They fill cache lines of their
// own, so that two operations counted at once do not contend.
type counters struct {
	heat lifecycle.Heat
	// direct says that the operation is hot and takes the short way.
	direct atomic.Bool
	// failures are crossings that ended in an error, retries further attempts.
	failures, retries atomic.Uint64
	// timed crossings, and their time in nanoseconds.
	timed, nanoseconds atomic.Uint64
	_                  [48]byte
}

// New returns a gateway. newBreaker makes the breaker of an endpoint and class;
// it is called once for each.
func New(clock ports.Clock, log *zap.Logger, retry Retry, newBreaker func(endpoint string, class Class) ports.Breaker) *Gateway {
	g := &Gateway{clock: clock, log: log, retry: retry}
	type place struct {
		endpoint string
		class    Class
	}
	made := map[place]ports.Breaker{}
	for _, op := range operations {
		at := place{op.Endpoint, op.Class}
		if made[at] == nil {
			made[at] = newBreaker(op.Endpoint, op.Class)
		}
		g.breakers[op.ID] = made[at]
	}
	return g
}

// Cool lets the heat of all operations fade to now, and decides which of them
// take the short way from here on. It is called between invocations.
func (g *Gateway) Cool() {
	now := g.clock.Now()
	for i := range g.counters {
		c := &g.counters[i]
		hot := c.heat.Cool(now) >= lifecycle.Hot
		if c.direct.Swap(hot) != hot {
			g.log.Debug("[Reflex] operation "+map[bool]string{true: "promoted", false: "demoted"}[hot],
				zap.String("operation", operations[i].Name), zap.Float64("calls", c.heat.Weight(now)))
		}
	}
}

// OperationReport is what has been counted of an operation.
type OperationReport struct {
	Name              string
	Calls             uint64
	Level             lifecycle.Level
	Direct            bool
	Failures, Retries uint64
	// Mean is the mean time of those crossings that were timed; 0 for none.
	Mean    time.Duration
	Breaker ports.BreakerState
}

// Report returns what has been counted of every operation.
func (g *Gateway) Report() []OperationReport {
	now := g.clock.Now()
	reports := make([]OperationReport, len(operations))
	for i, op := range operations {
		c := &g.counters[i]
		r := OperationReport{
			Name:     op.Name,
			Calls:    c.heat.Total(),
			Level:    c.heat.Level(now),
			Direct:   c.direct.Load(),
			Failures: c.failures.Load(),
			Retries:  c.retries.Load(),
			Breaker:  g.breakers[i].State(),
		}
		if n := c.timed.Load(); n > 0 {
			r.Mean = time.Duration(c.nanoseconds.Load() / n)
		}
		reports[i] = r
	}
	return reports
}
