package gateway

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// answers is how the answers of an operation are kept in the cache.
type answers[R any] struct {
	// size returns about how many bytes one takes up.
	size func(R) int
	// copied returns one that the caller may do with as he likes; nil where an
	// answer is a value that shares nothing.
	copied func(R) R
}

func (a *answers[R]) copy(r R) R {
	if a.copied == nil {
		return r
	}
	return a.copied(r)
}

type freshKey struct{}

// Fresh returns a context whose crossings do not take answers from the cache.
// What they bring is kept there, as ever.
func Fresh(ctx context.Context) context.Context { return context.WithValue(ctx, freshKey{}, true) }

// crossCached is Cross for an operation whose answers are cached, in its section
// and under its name. A hit touches neither the port nor what is behind it.
// Callers who miss at the same time share one call; each waits for as long as
// his own context lasts, and the call goes on until the last of them has gone.
func crossCached[P, R any](ctx context.Context, port *Port[P], op *Operation, kept *answers[R], call func(context.Context, P) (R, error)) (R, error) {
	g := port.gateway
	owner, known := g.owner(ctx, op)
	if g.cache == nil || !known {
		return Cross(ctx, port, op, call)
	}
	key := ports.CacheKey{Section: op.Section, Owner: owner, Name: op.Name}
	at := g.generations[op.Section].Load()
	if fresh, _ := ctx.Value(freshKey{}).(bool); fresh {
		result, err := keep(ctx, port, op, kept, key, at, call)
		return kept.copy(result), err
	}
	s := spanOf(ctx)
	c := &g.counters[op.ID][s.lane()%lifecycle.Lanes]
	row := c.recently(nil)
	if row == nil || row.gone.Load() {
		row = g.reflex.find(op, c, nil, port.lazy.Name())
	}
	if value, ok := g.cache.Get(key); ok {
		if result, ok := value.(R); ok {
			row.heat.Count(s.lane())
			s.passed(row, true)
			return kept.copy(result), nil
		}
	}
	started := time.Now()
	value, mine, err := g.flights.join(ctx, flightKey{key, at}, func(ctx context.Context) (any, error) {
		return keep(ctx, port, op, kept, key, at, call)
	})
	if !mine {
		row.heat.Count(s.lane())
		c.shared.Add(1)
		s.waited(row.name, started, err)
	}
	result, _ := value.(R) // whoever went away before it came has none
	return kept.copy(result), err
}

// keep makes the call and puts what it brings into the cache, unless the section
// was invalidated since generation at, when it was asked for: the answer may be
// from before that. What it returns is what is kept: hand out copies.
func keep[P, R any](ctx context.Context, port *Port[P], op *Operation, kept *answers[R], key ports.CacheKey, at uint64, call func(context.Context, P) (R, error)) (R, error) {
	result, err := Cross(ctx, port, op, call)
	if err != nil {
		return result, err
	}
	g := port.gateway
	g.keeping.Lock()
	defer g.keeping.Unlock()
	if g.generations[key.Section].Load() == at {
		g.cache.Put(key, result, kept.size(result))
	}
	return result, nil
}

// owner returns whose answers to an operation may be told to whoever asks in
// this context; known is false when nobody's may.
func (g *Gateway) owner(ctx context.Context, op *Operation) (fingerprint string, known bool) {
	if !g.bearerOnly.Load() || op.Endpoint != atHome && op.Endpoint != atRegistry {
		return "", true
	}
	token := ports.Bearer(ctx)
	if token.Empty() {
		return "", false
	}
	return token.Fingerprint(), true
}

// Invalidate forgets all answers in the sections given, those included that are
// still on their way. A command does it for the states, and a webhook or an
// event for whatever it tells of.
func (g *Gateway) Invalidate(sections ...ports.Section) {
	g.keeping.Lock()
	for _, section := range sections {
		g.generations[section].Add(1)
	}
	g.keeping.Unlock()
	if g.cache != nil {
		g.cache.Drop(sections...)
	}
}
