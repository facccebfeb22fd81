package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// House is the face of ports.House on the gateway.
type House struct{ Port *Port[HomeAssistant] }

var _ ports.House = House{}

// Config implements ports.House.
func (h House) Config(ctx context.Context) (home.Config, error) {
	return Cross(ctx, h.Port, &operations[opHouseConfig], func(ctx context.Context, to HomeAssistant) (home.Config, error) {
		return to.Config(ctx)
	})
}
