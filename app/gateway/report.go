package gateway

import (
	"cmp"
	"math"
	"slices"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// OperationReport is what has been counted of an operation.
type OperationReport struct {
	Name string `json:"name"`
	// Calls are all calls, those answered from the cache included.
	Calls uint64 `json:"calls"`
	// Level is that of its hottest row in the reflex table; Direct says whether
	// any of them takes the short way.
	Level  lifecycle.Level `json:"heat"`
	Direct bool            `json:"direct"`
	// Failures are calls that ended in an error, Refused those of them that the
	// breaker refused, Retries further attempts, Shared answers that somebody
	// else's call brought.
	Failures uint64 `json:"failures"`
	Refused  uint64 `json:"refused"`
	Retries  uint64 `json:"retries"`
	Shared   uint64 `json:"shared"`
	// Mean is the mean time of those crossings that were timed; 0 for none.
	Mean ports.Milliseconds `json:"mean"`
	// Breaker is the state of the breaker that stands before it.
	Breaker ports.BreakerState `json:"breaker"`
}

// Report returns what has been counted of every operation, in the order of their IDs.
func (g *Gateway) Report() []OperationReport {
	reports := make([]OperationReport, len(operations))
	for i, op := range operations {
		c := &g.states[i]
		reports[i] = OperationReport{
			Name: op.Name, Breaker: c.place.Load().breaker.State(),
			Failures: c.failures.Load(), Refused: c.refused.Load(), Retries: c.retries.Load(), Shared: c.shared.Load(),
		}
		if timed := c.timed.Load(); timed > 0 {
			reports[i].Mean = ports.Milliseconds(c.nanoseconds.Load() / timed)
		}
	}
	g.reflex.report(reports)
	return reports
}

// BreakerReport is a breaker at a moment.
type BreakerReport struct {
	Endpoint string             `json:"endpoint"`
	Class    Class              `json:"class"`
	State    ports.BreakerState `json:"state"`
	// Quiet is how long the endpoint still wants to be left alone; 0 for not.
	Quiet ports.Milliseconds `json:"quiet,omitempty"`
}

// Breakers returns the state of all breakers, in the order of the operations behind them.
func (g *Gateway) Breakers() []BreakerReport {
	var reports []BreakerReport
	var seen []*place
	for i := range g.states {
		p := g.states[i].place.Load()
		if slices.Contains(seen, p) {
			continue
		}
		seen = append(seen, p)
		r := BreakerReport{Endpoint: p.endpoint.name, Class: p.class, State: p.breaker.State()}
		if until := p.endpoint.quiet.Load(); until != 0 {
			r.Quiet = max(ports.Milliseconds(until-g.clock.Now().UnixNano()), 0)
		}
		reports = append(reports, r)
	}
	return reports
}

// ReflexReport is the reflex table.
type ReflexReport struct {
	// Most is how many services may have a row; 0 when the short way is off.
	Most int `json:"most"`
	// FellOut is how many rows had to make room.
	FellOut uint64 `json:"fell_out"`
	// Rows are its rows, the hottest first.
	Rows []ReflexRow `json:"rows"`
}

// ReflexRow is a row of the reflex table.
type ReflexRow struct {
	// Name is the operation and what it is about, "home.call light.turn_on".
	Name string `json:"name"`
	// Port is the port that it needs.
	Port string `json:"port"`
	// Calls are all calls, Weight is how many still count, to one decimal, Level what
	// that makes.
	Calls  uint64          `json:"calls"`
	Weight float64         `json:"weight"`
	Level  lifecycle.Level `json:"heat"`
	// Direct says that it takes the short way.
	Direct bool `json:"direct"`
}

// Reflex returns the reflex table.
func (g *Gateway) Reflex() ReflexReport {
	now := g.clock.Now()
	r := g.reflex
	r.mu.Lock()
	defer r.mu.Unlock()
	report := ReflexReport{Most: r.maxServices, FellOut: r.evicted, Rows: []ReflexRow{}}
	for one := range r.rows() {
		report.Rows = append(report.Rows, ReflexRow{
			Name: one.name, Port: one.port, Calls: one.heat.Total(), Weight: one.heat.Weight(now),
			Level: one.heat.Level(now), Direct: one.direct.Load(),
		})
	}
	slices.SortFunc(report.Rows, func(a, b ReflexRow) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Name, b.Name))
	})
	for i := range report.Rows {
		report.Rows[i].Weight = math.Round(10*report.Rows[i].Weight) / 10
	}
	return report
}

// report adds what the table knows to the operations' reports, which are by ID.
func (r *reflex) report(reports []OperationReport) {
	now := r.g.clock.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	reports[homeCall.ID].Calls = r.evictedCalls
	for one := range r.rows() {
		report := &reports[one.op.ID]
		report.Calls += one.heat.Total()
		report.Level = max(report.Level, one.heat.Level(now))
		report.Direct = report.Direct || one.direct.Load()
	}
}
