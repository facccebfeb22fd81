package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// HomeAssistant is what is behind the home's two faces: one adapter with one
// connection.
type HomeAssistant interface {
	ports.Home
	ports.House
}

// Home is the face of ports.Home on the gateway: every method is one crossing.
type Home struct{ Port *Port[HomeAssistant] }

var _ ports.Home = Home{}

// State implements ports.Home.
func (h Home) State(ctx context.Context, id home.EntityID) (home.State, error) {
	return Cross(ctx, h.Port, &operations[opHomeState], func(ctx context.Context, to HomeAssistant) (home.State, error) {
		return to.State(ctx, id)
	})
}

// States implements ports.Home.
func (h Home) States(ctx context.Context) ([]home.State, error) {
	return Cross(ctx, h.Port, &operations[opHomeStates], func(ctx context.Context, to HomeAssistant) ([]home.State, error) {
		return to.States(ctx)
	})
}

// Call implements ports.Home.
func (h Home) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	return Cross(ctx, h.Port, &operations[opHomeCall], func(ctx context.Context, to HomeAssistant) ([]home.State, error) {
		return to.Call(ctx, call)
	})
}
