package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/ports"
)

// ParameterStore is what is behind the face of parameters: one adapter.
type ParameterStore interface {
	ports.Parameters
	ports.ParameterKeeper
}

// Parameters is the face of ports.Parameters and ports.ParameterKeeper on the
// gateway. Nothing of it is cached here: the holder of the settings decides when
// they are read again.
type Parameters struct{ Port *Port[ParameterStore] }

var (
	_ ports.Parameters      = Parameters{}
	_ ports.ParameterKeeper = Parameters{}
)

var (
	parametersBelow = operation("parameters.below", atParameters, Read, ports.SectionNone)
	parametersKeep  = operation("parameters.keep", atParameters, Command, ports.SectionNone)
)

// Below implements ports.Parameters.
func (p Parameters) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	return Cross(ctx, p.Port, parametersBelow, func(ctx context.Context, to ParameterStore) ([]ports.Parameter, error) {
		return to.Below(ctx, path)
	})
}

// Keep implements ports.ParameterKeeper.
func (p Parameters) Keep(ctx context.Context, one ports.Parameter) error {
	return pass(ctx, p.Port, parametersKeep, nil, func(ctx context.Context, to ParameterStore) error {
		return to.Keep(ctx, one)
	})
}
