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
	// passing says that an answer holds for a moment only, so it is not kept; nil where
	// every answer is.
	passing func(R) bool
}

func (a *answers[R]) copy(r R) R {
	if a.copied == nil {
		return r
	}
	return a.copied(r)
}

// crossCached is Cross for an operation whose answers are cached, in its section
// and under its name. A hit touches neither the port nor what is behind it.
// Callers who miss at the same time share one call; each waits for as long as
// his own context lasts, and the call goes on until the last of them has gone.
func crossCached[P, R any](ctx context.Context, port *Port[P], op *Operation, kept *answers[R], call func(context.Context, P) (R, error)) (result R, err error) {
	g := port.gateway
	owner, known := g.owner(ctx, op.Endpoint)
	if g.cache == nil || !known {
		return Cross(ctx, port, op, call)
	}
	key := ports.CacheKey{Section: op.Section, Owner: owner, Name: op.Name}
	s := spanOf(ctx)
	c, row := g.rowOf(ctx, op, s, port.lazy.Name())
	if recall(ctx, g, key, kept, &result) {
		row.heat.Count(s.lane())
		s.recalled(row.name)
		return result, nil
	}
	started := time.Now()
	result, mine, err := ask(ctx, g, key, kept, func(ctx context.Context) (R, error) { return Cross(ctx, port, op, call) })
	if !mine {
		row.heat.Count(s.lane())
		c.shared.Add(1)
		s.waited(row.name, started, err)
	}
	return result, err
}

// rowOf returns the lane's counter of an operation that is about nothing in
// particular, and its row in the reflex table.
func (g *Gateway) rowOf(ctx context.Context, op *Operation, s *span, port string) (*counter, *row) {
	c := &g.counters[op.ID][s.lane()%lifecycle.Lanes]
	row := c.recently(nil)
	if row == nil || row.gone.Load() {
		row = g.reflex.find(ctx, op, c, nil, port)
	}
	return c, row
}

// owner returns whose answers from an endpoint may be told to whoever asks in this
// context; known is false when nobody's may.
func (g *Gateway) owner(ctx context.Context, endpoint string) (fingerprint string, known bool) {
	if !g.bearerOnly.Load() || endpoint != atHome && endpoint != atRegistry {
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
