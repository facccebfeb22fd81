// Package found keeps what the last discovery of the home found. Alexa has the home
// discovered (app/smarthome), and operators ask what Alexa was told (app/operator).
package found

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/ports"
)

// Report is what a discovery found, and when.
type Report struct {
	discovery.Report
	At time.Time
}

// The sizes are estimates.
const (
	sizeFinding    = 256
	sizeEndpoint   = 512
	sizeCapability = 384
)

func (r Report) size() int {
	n := sizeFinding * len(r.Findings)
	for _, f := range r.Findings {
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
func Discover(ctx context.Context, g *gateway.Gateway, clock ports.Clock, explain func(context.Context) (discovery.Report, error)) (Report, error) {
	return gateway.Remember(ctx, g, ports.SectionDiscovery, "discovery", Report.size, func(ctx context.Context) (Report, error) {
		report, err := explain(ctx)
		return Report{report, clock.Now()}, err
	})
}
