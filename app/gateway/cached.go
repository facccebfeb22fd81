package gateway

import (
	"context"
	"time"

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
	if recall(ctx, g, key, kept, &result) {
		g.reflex.count(ctx, op, nil, port.lazy.Name())
		s.recalled(op.Name)
		return result, nil
	}
	started := time.Now()
	result, mine, err := ask(ctx, g, key, kept, func(ctx context.Context) (R, error) { return Cross(ctx, port, op, call) })
	if !mine {
		g.reflex.count(ctx, op, nil, port.lazy.Name())
		g.states[op.ID].shared.Add(1)
		s.waited(op.Name, started, err)
	}
	return result, err
}

// owner returns whose answers from an endpoint may be told to a caller in this
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
// event for whatever it reports.
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
