package gateway

import (
	"context"
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Registry is the face of ports.Registry on the gateway. It always asks the home:
// who has his devices discovered has just changed something about them. When the
// home does not tell, what it told last stands in, for as long as the process
// lives. Make one with NewRegistry.
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

// Registry implements ports.Registry. It fails only when there is nothing to
// remember either.
func (f *Registry) Registry(ctx context.Context, aliased func(home.Registry) []home.EntityID) (home.Registry, error) {
	op := &operations[opRegistry]
	r, err := Cross(ctx, f.port, op, func(ctx context.Context, to HomeAssistant) (home.Registry, error) {
		return to.Registry(ctx, aliased)
	})
	owner, known := f.port.gateway.owner(ctx, op)
	if !known {
		return r, err
	}
	if err == nil {
		f.last.Store(&remembered{owner, r})
		return r, nil
	}
	if last := f.last.Load(); last != nil && last.owner == owner {
		return last.registry.FromMemory(), nil
	}
	return r, err
}

// Forget forgets what the home told last: it is another home from here on.
func (f *Registry) Forget() { f.last.Store(nil) }
