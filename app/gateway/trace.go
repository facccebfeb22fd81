package gateway

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// lastCrumbs is how many crumbs an ordinary trace keeps: what an error log
	// can show of what came before it. It is a power of two, as allCrumbs is.
	lastCrumbs = 16
	// allCrumbs is how many a full trace keeps.
	allCrumbs = 4096
)

// Trace is what one invocation did: a crumb for each crossing and each Span, the
// last of them if they are many. It belongs to one invocation and is safe for
// concurrent use. A nil *Trace is valid, and empty.
type Trace struct {
	id      string
	full    bool
	started time.Time
	root    span
	trips   atomic.Int64 // how many requests went to the home

	mu     sync.Mutex
	next   int     // how many crumbs there have been
	crumbs []Crumb // a ring; see slot
	last   [lastCrumbs]Crumb
}

// NewTrace returns a trace of the invocation that is known as id. It keeps the
// last sixteen crumbs. Crossings on the short way leave a crumb without times.
func NewTrace(id string) *Trace {
	t := &Trace{id: id, started: time.Now()}
	t.root = span{t, noParent}
	t.crumbs = t.last[:]
	return t
}

// NewFullTrace returns a trace that keeps thousands of crumbs, all with times:
// its crossings all take the long way. It is for a flame graph.
func NewFullTrace(id string) *Trace {
	t := NewTrace(id)
	t.full = true
	t.crumbs = make([]Crumb, allCrumbs)
	return t
}

// span is where in a trace something happens: within the crumb of that number. It is
// what the context carries.
type span struct {
	trace *Trace
	index int
}

const noParent = -1

var _ correlation.Invocation = (*span)(nil)

// ID implements correlation.Invocation.
func (s *span) ID() string { return s.trace.id }

// MarshalLogArray implements correlation.Invocation.
func (s *span) MarshalLogArray(out zapcore.ArrayEncoder) error { return s.trace.MarshalLogArray(out) }

// WithTrace returns a context whose crossings leave crumbs in t, and whose requests to
// the home count as round trips of t. What is logged on its behalf shows the id of t, and
// the crumbs where it is about an error.
func WithTrace(ctx context.Context, t *Trace) context.Context {
	return correlation.With(ports.WithRequests(ctx, &t.trips), &t.root)
}

// TraceOf returns the context's trace, nil when it has none.
func TraceOf(ctx context.Context) *Trace {
	if s := spanOf(ctx); s != nil {
		return s.trace
	}
	return nil
}

// spanOf returns where in its trace the context is, nil when it has none.
func spanOf(ctx context.Context) *span {
	s, _ := correlation.Of(ctx).(*span)
	return s
}

// Span notes that a part of the invocation called name begins: a crumb that
// those of the returned context lie within. end tells when it is over and
// whether it failed; it must be called once.
func Span(ctx context.Context, name string) (within context.Context, end func(error)) {
	s := spanOf(ctx)
	if s == nil {
		return ctx, func(error) {}
	}
	n := s.begin(name, time.Now())
	return s.trace.within(ctx, n), func(err error) { s.end(n, time.Now(), 0, err) }
}

// within returns a context whose crumbs lie within crumb n.
func (t *Trace) within(ctx context.Context, n int) context.Context {
	return correlation.With(ctx, &span{t, n})
}

// full says whether everything is to be timed.
func (s *span) full() bool { return s != nil && s.trace.full }

// begin leaves the crumb of something that begins, and returns its number.
func (s *span) begin(name string, at time.Time) (n int) {
	if s == nil {
		return noParent
	}
	return s.leave(Crumb{Name: name, Start: at.Sub(s.trace.started), Timed: true, Open: true})
}

// passed leaves the crumb of something that is over, went well and was not
// timed. It is on the short way: so it writes the crumb where it belongs.
func (s *span) passed(row *row) {
	if s == nil {
		return
	}
	t := s.trace
	t.mu.Lock()
	c := t.slot(t.next)
	*c = Crumb{}
	c.Number, c.Parent, c.Name, c.Attempts = t.next, s.index, row.name, 1
	t.next++
	t.mu.Unlock()
}

// recalled leaves the crumb of an answer from the cache.
func (s *span) recalled(name string) {
	if s != nil {
		s.leave(Crumb{Name: name, Attempts: 1, Cached: true})
	}
}

// waited leaves the crumb of an answer that somebody else's call brought.
func (s *span) waited(name string, from time.Time, err error) {
	if s == nil {
		return
	}
	c := Crumb{Name: name, Start: from.Sub(s.trace.started), Took: time.Since(from), Timed: true, Cached: true}
	if err != nil {
		c.Failed, c.Kind = true, fault.Of(err)
	}
	s.leave(c)
}

func (s *span) leave(c Crumb) int {
	t := s.trace
	c.Parent = s.index
	t.mu.Lock()
	defer t.mu.Unlock()
	c.Number = t.next
	*t.slot(t.next) = c
	t.next++
	return c.Number
}

// slot returns where crumb n is, if the trace has kept it. mu must be held.
func (t *Trace) slot(n int) *Crumb { return &t.crumbs[n&(len(t.crumbs)-1)] }

// end completes crumb n, unless it has fallen out of the ring meanwhile.
func (s *span) end(n int, at time.Time, attempts int, err error) {
	if s == nil {
		return
	}
	t := s.trace
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.slot(n)
	if c.Number != n {
		return
	}
	c.Took, c.Attempts, c.Open = at.Sub(t.started)-c.Start, attempts, false
	if err != nil {
		c.Failed, c.Kind = true, fault.Of(err)
	}
}

// ID returns what the invocation is known as.
func (t *Trace) ID() string {
	if t == nil {
		return ""
	}
	return t.id
}

// Crumbs returns the crumbs that the trace has kept, in the order in which they
// began, and how many older ones it has not. The slice is the caller's.
func (t *Trace) Crumbs() (crumbs []Crumb, missed int) {
	if t == nil {
		return nil, 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	missed = max(t.next-len(t.crumbs), 0)
	for n := missed; n < t.next; n++ {
		crumbs = append(crumbs, *t.slot(n))
	}
	return crumbs, missed
}

var _ zapcore.ArrayMarshaler = (*Trace)(nil)

// MarshalLogArray implements zapcore.ArrayMarshaler: zap.Array("crumbs", trace)
// adds them to a line of the log.
func (t *Trace) MarshalLogArray(out zapcore.ArrayEncoder) error {
	crumbs, _ := t.Crumbs()
	for _, c := range crumbs {
		if err := out.AppendObject(c); err != nil {
			return err
		}
	}
	return nil
}
