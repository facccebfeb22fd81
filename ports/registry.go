package ports

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Registry is what the home's registries say of its entities beside their
// states: names, areas, labels, and who is meant to see them.
type Registry interface {
	// Registries asks the registries and returns the session in which they told.
	// The caller must close it.
	//
	// It fails as Home does, but never with fault.TokenRejected: a home that rejects
	// the context's token here is a fault.NotAllowed. It has no effect and may be
	// repeated.
	Registries(ctx context.Context) (RegistrySession, error)
}

// RegistrySession is one conversation with the registries. The home tells an
// entity's aliases only when it is asked for that entity, and which entities matter
// shows only in what was told before. It is not safe for concurrent use.
type RegistrySession interface {
	// Registry returns what the registries have told, as much as the home tells to
	// LEE's user. The Registry says what it lacks.
	Registry() home.Registry
	// Aliases asks for the aliases of some entities and returns the registry with
	// them. A home that does not tell them, or does not answer, leaves the registry as
	// it was; it lacks them then. It may be called once.
	Aliases(ctx context.Context, of []home.EntityID) home.Registry
	// Close ends the session. It may be called several times.
	Close()
}
