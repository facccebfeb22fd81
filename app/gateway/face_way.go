package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/ports"
)

// Way is the face of ports.Way on the gateway.
type Way struct{ Port *Port[ports.Way] }

var _ ports.Way = Way{}

// Walk implements ports.Way.
func (w Way) Walk(ctx context.Context) (ports.Walk, error) {
	return Cross(ctx, w.Port, &operations[opWay], func(ctx context.Context, to ports.Way) (ports.Walk, error) {
		return to.Walk(ctx)
	})
}
