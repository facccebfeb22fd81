package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/ports"
)

// Probe is the face of ports.Probe on the gateway. The way to the home has a breaker of
// its own, and what a probe meets there is no failure of the crossing: a check-up looks at
// the home while the home's breakers are open, and opens none.
type Probe struct{ Port *Port[ports.Probe] }

var _ ports.Probe = Probe{}

var wayWalk = operation("way.walk", atWay, Read, ports.SectionNone)

// Probe implements ports.Probe.
func (p Probe) Probe(ctx context.Context, closely bool) (checkup.Way, error) {
	return Cross(ctx, p.Port, wayWalk, func(ctx context.Context, to ports.Probe) (checkup.Way, error) {
		return to.Probe(ctx, closely)
	})
}
