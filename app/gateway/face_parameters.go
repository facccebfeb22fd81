package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/ports"
)

// Parameters is the face of ports.Parameters on the gateway. Nothing of it is
// cached here: whoever holds the settings decides when they are read again.
type Parameters struct{ Port *Port[ports.Parameters] }

var _ ports.Parameters = Parameters{}

// Below implements ports.Parameters.
func (p Parameters) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	return Cross(ctx, p.Port, &operations[opParameters], func(ctx context.Context, to ports.Parameters) ([]ports.Parameter, error) {
		return to.Below(ctx, path)
	})
}
