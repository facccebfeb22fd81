package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/ports"
)

type freshKey struct{}

// Fresh returns a context in which answers of these sections are not taken from the
// cache, nor those of any section where none is named. What is brought in their
// place is kept there, as ever.
func Fresh(ctx context.Context, sections ...ports.Section) context.Context {
	var fresh [ports.Sections]bool
	for s := range fresh {
		fresh[s] = len(sections) == 0 || isFresh(ctx, ports.Section(s))
	}
	for _, s := range sections {
		fresh[s] = true
	}
	return context.WithValue(ctx, freshKey{}, &fresh)
}

func isFresh(ctx context.Context, section ports.Section) bool {
	fresh, ok := ctx.Value(freshKey{}).(*[ports.Sections]bool)
	return ok && fresh[section]
}

// recall sets result to what the cache has under key, unless that is to be fresh; ok
// is false when there is none. The result is set where it is wanted: handed up, a
// large one takes as long as finding it.
func recall[R any](ctx context.Context, g *Gateway, key ports.CacheKey, kept *answers[R], result *R) (ok bool) {
	if isFresh(ctx, key.Section) {
		return false
	}
	value, ok := g.cache.Get(key)
	if !ok {
		return false
	}
	if *result, ok = value.(R); ok && kept.copied != nil {
		*result = kept.copied(*result)
	}
	return ok
}

// ask has find bring what the cache does not have, and keeps it there. Those who ask
// at the same time share one answer, and mine is false for all but one of them; who
// wants a fresh one shares none.
func ask[R any](ctx context.Context, g *Gateway, key ports.CacheKey, kept *answers[R], find func(context.Context) (R, error)) (result R, mine bool, err error) {
	at := g.generations[key.Section].Load()
	if isFresh(ctx, key.Section) {
		result, err = keep(ctx, g, key, kept, at, find)
		return kept.copy(result), true, err
	}
	value, mine, err := g.flights.join(ctx, flightKey{key, at}, func(ctx context.Context) (any, error) {
		return keep(ctx, g, key, kept, at, find)
	})
	result, _ = value.(R) // one that went away before it came has none
	return kept.copy(result), mine, err
}

// keep has find bring something and puts it into the cache, unless it holds for a moment
// only, or the section was invalidated since generation at, when it was asked for: the
// answer may be from before that. What it returns is what is kept: hand out copies.
func keep[R any](ctx context.Context, g *Gateway, key ports.CacheKey, kept *answers[R], at uint64, find func(context.Context) (R, error)) (R, error) {
	result, err := find(ctx)
	if err != nil || kept.passing != nil && kept.passing(result) {
		return result, err
	}
	g.keeping.Lock()
	defer g.keeping.Unlock()
	if g.generations[key.Section].Load() == at {
		g.cache.Put(key, result, kept.size(result))
	}
	return result, nil
}
