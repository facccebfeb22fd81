package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/ports"
)

// Remember returns what find brings, or what it brought last where the cache still has
// that under name in its section: what takes several crossings is kept as a whole, and
// leaves one crumb then.
// Those who miss at the same time share one answer; Fresh has find bring it. Where
// LEE has no token of its own for the home, nobody is told what another's has found.
//
// size returns about how many bytes it takes up. What is returned is shared and must
// not be changed. The error is find's, or a fault.Internal when it panicked.
func Remember[R any](ctx context.Context, g *Gateway, section ports.Section, name string, size func(R) int, find func(context.Context) (R, error)) (found R, err error) {
	owner, known := g.owner(ctx, atHome)
	if g.cache == nil || !known {
		return find(ctx)
	}
	key, kept := ports.CacheKey{Section: section, Owner: owner, Name: name}, &answers[R]{size: size}
	if recall(ctx, g, key, kept, &found) {
		spanOf(ctx).recalled(name)
		return found, nil
	}
	found, _, err = ask(ctx, g, key, kept, find)
	return found, err
}
