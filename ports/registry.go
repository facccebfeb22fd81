package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Registry is what the home's registries say of its entities beside their
// states: names, areas, labels, and who is meant to see them.
type Registry interface {
	// Registry returns what the registries say, as much of it as the home tells
	// to whom it takes LEE for; the Registry says what it lacks.
	//
	// The home tells an entity's aliases only when asked for that entity. So
	// aliased is asked, at most once for each answer and with all that is known by
	// then, whose aliases are wanted; nil wants nobody's. It must return when the
	// context ends. A home that does not tell aliases does not ask.
	//
	// It fails as Home does, but never with fault.TokenRejected: whoever rejects
	// the context's token here is a fault.NotAllowed. It has no effect and may be
	// repeated.
	Registry(ctx context.Context, aliased func(home.Registry) []home.EntityID) (home.Registry, error)
}
