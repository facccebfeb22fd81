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

var (
	registryRead    = operation("registry.registry", atRegistry, Read, ports.SectionRegistry)
	registryAliases = operation("registry.aliases", atRegistry, Read, ports.SectionNone)
)

// NewRegistry returns the face on a port.
func NewRegistry(port *Port[HomeAssistant]) *Registry { return &Registry{port: port} }

// told is what the home has told.
type told struct {
	registry home.Registry
	// asked says that it was asked for aliases, aliased of which entities, sorted.
	asked   bool
	aliased []home.EntityID
}

// sizeEntry is about what the registries hold of an entity.
const sizeEntry = 320

var registryAnswers = answers[told]{
	size:    func(t told) int { return sizeEntry*t.registry.Len() + sizeString*len(t.aliased) },
	passing: func(t told) bool { return t.registry.Phase().Starting() },
}

// with returns what the home would tell that is asked for the aliases of some; ok is
// false when it has not told enough for that. A home that did not tell any when it was
// asked tells none.
func (t told) with(of []home.EntityID) (r home.Registry, ok bool) {
	if !t.asked || !t.registry.Knows(home.PartAliases) {
		return t.registry, t.asked
	}
	aliases := make(map[home.EntityID][]string, len(of))
	for _, id := range of {
		if _, ok := slices.BinarySearch(t.aliased, id); !ok {
			return t.registry, false
		}
		if names := t.registry.Aliases(id); names != nil {
			aliases[id] = names
		}
	}
	return t.registry.WithAliases(aliases), true
}

// Registries implements ports.Registry. It fails only when there is nothing to
// remember either.
func (f *Registry) Registries(ctx context.Context) (ports.RegistrySession, error) {
	g, op := f.port.gateway, registryRead
	s := &registrySession{face: f}
	s.owner, s.known = g.owner(ctx, op.Endpoint)
	if s.known && g.cache != nil && recall(ctx, g, s.key(), &registryAnswers, &s.told) {
		g.reflex.count(ctx, op, nil, f.port.lazy.Name())
		spanOf(ctx).recalled(op.Name)
		return s, nil
	}
	err := s.open(ctx)
	if err == nil {
		return s, nil
	}
	if last := f.last.Load(); s.known && last != nil && last.owner == s.owner {
		s.told.registry, s.remembered = last.registry.FromMemory(), true
		return s, nil
	}
	return nil, err
}

// registrySession is a session with the registries. It asks the home when it must, and
// what the home tells is kept.
type registrySession struct {
	face  *Registry
	owner string
	known bool // the owner is known, and what is told may be kept
	told  told
	// live is the session with the home; nil while nobody had to ask it.
	live ports.RegistrySession
	// remembered says that the home does not answer, and told is from memory.
	remembered bool
}

func (s *registrySession) key() ports.CacheKey {
	return ports.CacheKey{Section: registryRead.Section, Owner: s.owner, Name: registryRead.Name}
}

// Registry implements ports.RegistrySession.
func (s *registrySession) Registry() home.Registry {
	if s.remembered {
		return s.told.registry
	}
	return s.told.registry.WithoutAliases()
}

// open opens a session with the home.
func (s *registrySession) open(ctx context.Context) error {
	return s.keep(ctx, func(ctx context.Context) (told, error) {
		live, err := Cross(ctx, s.face.port, registryRead, func(ctx context.Context, to HomeAssistant) (ports.RegistrySession, error) {
			return to.Registries(ctx)
		})
		if err != nil {
			return told{}, err
		}
		s.live = live
		return told{registry: live.Registry()}, nil
	})
}

// Aliases implements ports.RegistrySession.
func (s *registrySession) Aliases(ctx context.Context, of []home.EntityID) home.Registry {
	if s.remembered {
		return s.told.registry
	}
	if s.live == nil {
		if r, ok := s.told.with(of); ok {
			return r
		}
		if s.open(ctx) != nil {
			return s.Registry()
		}
	}
	err := s.keep(ctx, func(ctx context.Context) (told, error) {
		r, err := Cross(ctx, s.face.port, registryAliases, func(ctx context.Context, _ HomeAssistant) (home.Registry, error) {
			return s.live.Aliases(ctx, of), nil
		})
		return told{registry: r, asked: r.Knows(home.PartAliases) || r.Source() != home.SourceWebSocket, aliased: slices.Sorted(slices.Values(of))}, err
	})
	if err != nil {
		return s.Registry()
	}
	return s.told.registry
}

// keep asks the home and keeps what it tells.
func (s *registrySession) keep(ctx context.Context, ask func(context.Context) (told, error)) (err error) {
	g := s.face.port.gateway
	var t told
	if s.known && g.cache != nil {
		t, err = keep(ctx, g, s.key(), &registryAnswers, g.generations[registryRead.Section].Load(), ask)
	} else {
		t, err = ask(ctx)
	}
	if err != nil {
		return err
	}
	s.told = t
	if s.known && !registryAnswers.passing(t) {
		s.face.last.Store(&remembered{s.owner, t.registry})
	}
	return nil
}

// Close implements ports.RegistrySession.
func (s *registrySession) Close() {
	if s.live != nil {
		s.live.Close()
	}
}

// Forget forgets what the home told last: it is another home from here on.
func (f *Registry) Forget() { f.last.Store(nil) }
