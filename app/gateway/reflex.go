package gateway

import (
	"context"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// reflex is the table of what is called: how hot each row is, and whether it takes
// the short way.
//
// Every operation has a row of its own, and every service that is called has one
// besides: "home.call light.turn_on" may be hot while "home.call lock.unlock" is not,
// and what is rare keeps the long way with its times and its breaker. LEE has a few
// operations; the services that people call are what needs the bound.
type reflex struct {
	g           *Gateway
	maxServices int // 0: no short way, and no rows for services

	// mu guards the services' rows, all levels and ways, and what is below.
	mu       sync.Mutex
	services map[service]*row
	hot      map[string]bool
	// evicted is how many rows fell out of the table, evictedCalls what they counted.
	evicted, evictedCalls uint64
}

// service is what a home.call is about: "light", "turn_on".
type service struct{ domain, name string }

// maxServiceName is the longest name that gets a row of its own: services have short
// names, and what a stranger sends is not to be kept.
const maxServiceName = 64

// row is a row of the table.
type row struct {
	op   *Operation
	name string
	port string
	heat lifecycle.Heat
	// direct says that it takes the short way.
	direct atomic.Bool
	level  lifecycle.Level
}

func newReflex(g *Gateway, maxServices int) *reflex {
	return &reflex{g: g, maxServices: maxServices, services: map[service]*row{}, hot: map[string]bool{}}
}

// count counts a call of op to a port, about a service where about is not nil. It returns
// the call's row, and how many calls that has counted.
func (r *reflex) count(ctx context.Context, op *Operation, about *service, port string) (*row, uint64) {
	if about == nil || r.maxServices == 0 || len(about.domain) > maxServiceName || len(about.name) > maxServiceName {
		found := r.g.states[op.ID].row.Load()
		if found == nil {
			r.g.states[op.ID].row.CompareAndSwap(nil, &row{op: op, name: op.Name, port: port})
			found = r.g.states[op.ID].row.Load()
		}
		return found, found.heat.Count()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	found := r.services[*about]
	if found == nil {
		found = r.add(ctx, op, about, port)
	}
	return found, found.heat.Count() // under the lock: a row that is evicted has counted all its calls
}

// add adds a service's row. When the table is full the coldest is evicted.
func (r *reflex) add(ctx context.Context, op *Operation, about *service, port string) *row {
	if len(r.services) >= r.maxServices {
		r.evict(ctx)
	}
	key := service{strings.Clone(about.domain), strings.Clone(about.name)}
	added := &row{op: op, name: op.Name + " " + key.domain + "." + key.name, port: port}
	r.services[key] = added
	return added
}

// evict takes the coldest service out of the table.
func (r *reflex) evict(ctx context.Context) {
	now := r.g.clock.Now()
	var coldest *row
	var key service
	var least float64
	for k, candidate := range r.services {
		if weight := candidate.heat.Weight(now); coldest == nil || weight < least {
			coldest, key, least = candidate, k, weight
		}
	}
	delete(r.services, key)
	r.evicted++
	r.evictedCalls += coldest.heat.Total()
	r.g.log.Debug("[Reflex] fell out of the table", correlation.Field(ctx), zap.String("operation", coldest.name), zap.Float64("calls", least))
}

// rows yields all rows. mu must be held.
func (r *reflex) rows() iter.Seq[*row] {
	return func(yield func(*row) bool) {
		for i := range r.g.states {
			if one := r.g.states[i].row.Load(); one != nil && !yield(one) {
				return
			}
		}
		for _, one := range r.services {
			if !yield(one) {
				return
			}
		}
	}
}

// cool lets all heat fade to now and decides which rows take the short way.
func (r *reflex) cool(ctx context.Context, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.hot)
	for one := range r.rows() {
		before := one.level
		one.level = one.heat.Cool(now)
		hot := one.level >= lifecycle.Hot && r.maxServices > 0
		if hot && one.op.Section == ports.SectionNone {
			r.hot[one.port] = true
		}
		one.direct.Store(hot && !r.g.states[one.op.ID].place.Load().troubled.Load())
		if one.level != before {
			r.logLevel(ctx, one, before, now)
		}
	}
}

// logLevel logs that a row's level has changed.
func (r *reflex) logLevel(ctx context.Context, one *row, before lifecycle.Level, now time.Time) {
	message := "[Reflex] promoted"
	if one.level < before {
		message = "[Reflex] demoted"
	}
	if debug := r.g.log.Check(zap.DebugLevel, message); debug != nil {
		debug.Write(correlation.Field(ctx), zap.String("operation", one.name), zap.Stringer("from", before), zap.Stringer("to", one.level),
			zap.Float64("calls", one.heat.Weight(now)))
	}
}

// leave takes everything off the short way that goes to a place which fails. It
// comes back with the first Cool after the place is well.
func (r *reflex) leave(p *place) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for one := range r.rows() {
		if r.g.states[one.op.ID].place.Load() == p {
			one.direct.Store(false)
		}
	}
}

func (r *reflex) isHot(port string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.hot[port]
}
