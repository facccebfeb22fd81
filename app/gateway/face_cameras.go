package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Cameras is the face of ports.Cameras on the gateway.
type Cameras struct{ Port *Port[HomeAssistant] }

var _ ports.Cameras = Cameras{}

// Stream implements ports.Cameras. It always asks the home: what it tells lets
// people in, and is kept nowhere.
func (c Cameras) Stream(ctx context.Context, id home.EntityID) (home.Stream, error) {
	return Cross(ctx, c.Port, &operations[opCameraStream], func(ctx context.Context, to HomeAssistant) (home.Stream, error) {
		return to.Stream(ctx, id)
	})
}
