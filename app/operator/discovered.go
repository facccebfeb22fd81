package operator

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/ports"
)

// Discovered is what a discovery found, and when.
type Discovered struct {
	discovery.Report
	At time.Time
}

// The sizes are estimates.
const (
	sizeFinding    = 256
	sizeEndpoint   = 512
	sizeCapability = 384
)

func (d Discovered) size() int {
	n := sizeFinding * len(d.Findings)
	for _, f := range d.Findings {
		if f.Endpoint != nil {
			n += (sizeEndpoint + sizeCapability*len(f.Endpoint.Capabilities)) * (1 + len(f.Further))
		}
	}
	return n
}

// Discover returns what explain finds in the home (discovery.Service.Explain), which
// may be as old as the cache keeps its discovery section; gateway.Fresh has it look.
// What it returns is shared and must not be changed. The error is explain's, or a
// fault.Internal when it panicked.
func Discover(ctx context.Context, g *gateway.Gateway, clock ports.Clock, explain func(context.Context) (discovery.Report, error)) (Discovered, error) {
	return gateway.Remember(ctx, g, ports.SectionDiscovery, "discovery", Discovered.size, func(ctx context.Context) (Discovered, error) {
		report, err := explain(ctx)
		return Discovered{report, clock.Now()}, err
	})
}
