package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// Cameras is the face of ports.Cameras on the gateway.
type Cameras struct{ Port *Port[HomeAssistant] }

var _ ports.Cameras = Cameras{}

var (
	// A stream that is open already is not opened a second time, so this may be repeated.
	camerasStream     = operation("cameras.stream", atCameras, Read, ports.SectionNone)
	camerasNegotiable = operation("cameras.negotiable", atCameras, Read, ports.SectionNone)
	camerasNegotiate  = operation("cameras.negotiate", atCameras, Command, ports.SectionNone)
	camerasEnd        = operation("cameras.end", atCameras, Command, ports.SectionNone)
)

// Stream implements ports.Cameras. It always asks the home: what it tells lets
// people in, and is kept nowhere.
func (c Cameras) Stream(ctx context.Context, id home.EntityID) (home.Stream, error) {
	return Cross(ctx, c.Port, camerasStream, func(ctx context.Context, to HomeAssistant) (home.Stream, error) {
		return to.Stream(ctx, id)
	})
}

// Negotiable implements ports.Cameras.
func (c Cameras) Negotiable(ctx context.Context, ids []home.EntityID) ([]home.EntityID, error) {
	return Cross(ctx, c.Port, camerasNegotiable, func(ctx context.Context, to HomeAssistant) ([]home.EntityID, error) {
		return to.Negotiable(ctx, ids)
	})
}

// Negotiate implements ports.Cameras.
func (c Cameras) Negotiate(ctx context.Context, id home.EntityID, session string, offer secret.Text) (secret.Text, error) {
	return Cross(ctx, c.Port, camerasNegotiate, func(ctx context.Context, to HomeAssistant) (secret.Text, error) {
		return to.Negotiate(ctx, id, session, offer)
	})
}

// End implements ports.Cameras.
func (c Cameras) End(ctx context.Context, id home.EntityID, session string) error {
	return pass(ctx, c.Port, camerasEnd, nil, func(ctx context.Context, to HomeAssistant) error {
		return to.End(ctx, id, session)
	})
}
