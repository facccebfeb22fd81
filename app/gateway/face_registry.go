package gateway

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Registry is the face of ports.Registry on the gateway. What it returns may be as
// old as the cache keeps its registry section; Fresh has it ask the home, which is
// what a discovery of Alexa's does: who has his devices discovered has just changed
// something about them. When the home does not tell, what it told last stands in,
// for as long as the process lives. Make one with NewRegistry.
type Registry struct {
	port *Port[HomeAssistant]
	last atomic.Pointer[remembered]
}

// remembered is what the home told last, and to whom.
type remembered struct {
	owner    string
	registry home.Registry
}

var _ ports.Registry = (*Registry)(nil)

// NewRegistry returns the face on a port.
func NewRegistry(port *Port[HomeAssistant]) *Registry { return &Registry{port: port} }

// told is what the home has told.
type told struct {
	registry home.Registry
	// wanted says that aliases were wanted, asked that the home asked whose, aliased
	// are these, sorted. A home that does not ask does not tell aliases.
	wanted, asked bool
	aliased       []home.EntityID
}

// sizeEntry is about what the registries hold of an entity.
const sizeEntry = 320

var registryAnswers = answers[told]{
	size: func(t told) int { return sizeEntry*t.registry.Len() + sizeString*len(t.aliased) },
}

// to returns what the home would tell whoever wants the aliases of some; ok is false
// when it has not told enough for that.
func (t told) to(aliased func(home.Registry) []home.EntityID) (r home.Registry, ok bool) {
	r = t.registry.WithoutAliases()
	switch {
	case aliased == nil, t.wanted && !t.asked:
		return r, true
	case !t.asked:
		return r, false
	}
	aliases := map[home.EntityID][]string{}
	for _, id := range aliased(r) {
		if _, ok := slices.BinarySearch(t.aliased, id); !ok {
			return r, false
		}
		if names := t.registry.Aliases(id); names != nil {
			aliases[id] = names
		}
	}
	return r.WithAliases(aliases), true
}

// Registry implements ports.Registry. It fails only when there is nothing to
// remember either. Callers do not share an answer: each is asked whose aliases he
// wants.
func (f *Registry) Registry(ctx context.Context, aliased func(home.Registry) []home.EntityID) (home.Registry, error) {
	g, op := f.port.gateway, &operations[opRegistry]
	owner, known := g.owner(ctx, op.Endpoint)
	if !known {
		t, err := f.ask(ctx, aliased)
		return t.registry, err
	}
	find := func(ctx context.Context) (told, error) { return f.ask(ctx, aliased) }
	var t told
	var err error
	if g.cache == nil {
		t, err = find(ctx)
	} else {
		key := ports.CacheKey{Section: op.Section, Owner: owner, Name: op.Name}
		if recall(ctx, g, key, &registryAnswers, &t) {
			if r, ok := t.to(aliased); ok {
				s := spanOf(ctx)
				_, row := g.rowOf(ctx, op, s, f.port.lazy.Name())
				row.heat.Count(s.lane())
				s.recalled(row.name)
				return r, nil
			}
		}
		t, err = keep(ctx, g, key, &registryAnswers, g.generations[op.Section].Load(), find)
	}
	if err == nil {
		f.last.Store(&remembered{owner, t.registry})
		return t.registry, nil
	}
	if last := f.last.Load(); last != nil && last.owner == owner {
		return last.registry.FromMemory(), nil
	}
	return t.registry, err
}

// ask asks the home.
func (f *Registry) ask(ctx context.Context, aliased func(home.Registry) []home.EntityID) (t told, err error) {
	t.wanted = aliased != nil
	note := aliased
	if t.wanted {
		note = func(r home.Registry) []home.EntityID {
			ids := aliased(r)
			t.asked, t.aliased = true, slices.Sorted(slices.Values(ids))
			return ids
		}
	}
	t.registry, err = Cross(ctx, f.port, &operations[opRegistry], func(ctx context.Context, to HomeAssistant) (home.Registry, error) {
		return to.Registry(ctx, note)
	})
	return t, err
}

// Forget forgets what the home told last: it is another home from here on.
func (f *Registry) Forget() { f.last.Store(nil) }
