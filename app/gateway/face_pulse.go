package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/ports"
)

var _ ports.Pulse = House{}

var housePulse = operation("house.pulse", atHome, Read, ports.SectionHealth)

var pulseAnswers = answers[struct{}]{size: func(struct{}) int { return 0 }}

// Beat implements ports.Pulse: it asks the home what it is, and remembers for some
// seconds that it answered. That it did not is not remembered; the breaker sees to
// it that a home which is away is not asked again and again.
func (h House) Beat(ctx context.Context) error {
	_, err := crossCached(ctx, h.Port, housePulse, &pulseAnswers, func(ctx context.Context, to HomeAssistant) (struct{}, error) {
		_, err := to.Config(ctx)
		return struct{}{}, err
	})
	return err
}
