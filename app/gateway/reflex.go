package gateway

import (
	"context"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// reflex is the table of what is called: how hot each is, and whether it takes
// the short way.
//
// A row is an operation and, for a service call, the service: "home.call
// light.turn_on" may be hot while "home.call lock.unlock" is not, and what is
// rare keeps the long way with its times and its breaker. LEE has a few dozen
// operations, of which no table would ever overflow; the services that people
// call are what needs the bound.
//
// Telling services apart must not cost the short way a map, so each lane of an
// operation remembers the row that it used last, as compilers' inline caches do:
// the same service again costs two comparisons of strings that mostly share
// their bytes, another one 20 ns for the map.
type reflex struct {
	g    *Gateway
	most int // 0: no short way, and a row for each operation

	// rows is replaced by a copy when a row comes or goes, which is rare.
	rows atomic.Pointer[map[key]*row]
	// mu guards the rows' coming and going, their levels and ways, and what is
	// below.
	mu  sync.Mutex
	hot map[string]bool
	// fallen are the calls of rows that have fallen out, by operation.
	fallen [len(operations)]uint64
	out    uint64
}

// key is what a row is found by.
type key struct {
	op    int
	about subject
}

// subject tells calls of one operation apart. All calls of an operation are
// about something, or none is (nil).
type subject struct{ domain, name string }

// longest is the longest name that gets a row of its own: services have short
// names, and what a stranger sends is not to be kept.
const longest = 64

// row is a row of the table.
type row struct {
	key  key
	name string
	port string
	heat lifecycle.Heat
	// direct says that it takes the short way.
	direct atomic.Bool
	// gone says that it has fallen out of the table.
	gone  atomic.Bool
	level lifecycle.Level
}

func newReflex(g *Gateway, most int) *reflex {
	r := &reflex{g: g, most: most, hot: map[string]bool{}}
	r.rows.Store(&map[key]*row{})
	return r
}

// recently returns the row that the lane has used last, if it is that of a call
// about the same; nil otherwise. The row may have fallen out of the table
// meanwhile: then it is not direct, and the long way finds out.
func (c *counter) recently(about *subject) *row {
	found := c.recent.Load()
	if found == nil || about != nil && found.key.about != *about {
		return nil
	}
	return found
}

// find returns the row of a call of op about something, which goes to a port, and
// notes it as the lane's recent one.
func (r *reflex) find(ctx context.Context, op *Operation, c *counter, about *subject, port string) *row {
	k := key{op: op.ID}
	if about != nil && r.most > 0 && len(about.domain) <= longest && len(about.name) <= longest {
		k.about = *about
	}
	found := (*r.rows.Load())[k]
	if found == nil {
		found = r.add(ctx, op, k, port)
	}
	c.recent.Store(found)
	return found
}

// add adds a row. When the table is full the coldest falls out.
func (r *reflex) add(ctx context.Context, op *Operation, k key, port string) *row {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := *r.rows.Load()
	if found := before[k]; found != nil {
		return found
	}
	rows := make(map[key]*row, len(before)+1)
	maps.Copy(rows, before)
	if r.most > 0 && len(rows) >= r.most {
		r.drop(ctx, rows)
	}
	k.about = subject{strings.Clone(k.about.domain), strings.Clone(k.about.name)}
	added := &row{key: k, name: op.Name, port: port}
	if k.about != (subject{}) {
		added.name += " " + k.about.domain + "." + k.about.name
	}
	rows[k] = added
	r.rows.Store(&rows)
	return added
}

// drop takes the coldest out of rows.
func (r *reflex) drop(ctx context.Context, rows map[key]*row) {
	now := r.g.clock.Now()
	var coldest *row
	var least float64
	for _, candidate := range rows {
		if weight := candidate.heat.Weight(now); coldest == nil || weight < least {
			coldest, least = candidate, weight
		}
	}
	coldest.direct.Store(false)
	coldest.gone.Store(true)
	delete(rows, coldest.key)
	r.fallen[coldest.key.op] += coldest.heat.Total()
	r.out++
	r.g.log.Debug("[Reflex] fell out of the table", correlation.Field(ctx), zap.String("operation", coldest.name), zap.Float64("calls", least))
}

// cool lets all heat fade to now and decides who takes the short way.
func (r *reflex) cool(ctx context.Context, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.hot)
	for _, one := range *r.rows.Load() {
		before := one.level
		one.level = one.heat.Cool(now)
		hot := one.level >= lifecycle.Hot && r.most > 0
		if hot && operations[one.key.op].Section == ports.SectionNone {
			r.hot[one.port] = true
		}
		one.direct.Store(hot && !r.g.places[one.key.op].Load().troubled.Load())
		if one.level != before {
			r.moved(ctx, one, before, now)
		}
	}
}

// moved tells the log of a change of level.
func (r *reflex) moved(ctx context.Context, one *row, before lifecycle.Level, now time.Time) {
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
	for _, one := range *r.rows.Load() {
		if r.g.places[one.key.op].Load() == p {
			one.direct.Store(false)
		}
	}
}

func (r *reflex) isHot(port string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.hot[port]
}
