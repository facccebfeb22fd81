package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// House is the face of ports.House on the gateway.
type House struct{ Port *Port[HomeAssistant] }

var _ ports.House = House{}

var houseConfig = operation("house.config", atHome, Read, ports.SectionConfiguration)

// Config implements ports.House. What it returns may be as old as the cache
// keeps its configuration section. Fresh has it ask the home.
func (h House) Config(ctx context.Context) (home.Config, error) {
	return crossCached(ctx, h.Port, houseConfig, &configAnswers, func(ctx context.Context, to HomeAssistant) (home.Config, error) {
		return to.Config(ctx)
	})
}
