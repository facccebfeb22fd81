package gateway

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/ports"
)

// Discovered is what a discovery found, and when.
type Discovered struct {
	discovery.Report
	At time.Time
}

const (
	sizeFinding    = 256
	sizeEndpoint   = 512
	sizeCapability = 384
)

var discoveredAnswers = answers[Discovered]{
	size: func(d Discovered) int {
		n := sizeFinding * len(d.Findings)
		for _, endpoint := range offer.Endpoints(d.Findings) {
			n += sizeEndpoint + sizeCapability*len(endpoint.Capabilities)
		}
		return n
	},
}

// Discover returns what explain finds in the home (discovery.Service.Explain), which
// may be as old as the cache keeps its discovery section; Fresh has it look. What it
// returns is shared and must not be changed. The error is explain's, or a
// fault.Internal when it panicked.
func Discover(ctx context.Context, g *Gateway, explain func(context.Context) (discovery.Report, error)) (Discovered, error) {
	find := func(ctx context.Context) (Discovered, error) {
		report, err := explain(ctx)
		return Discovered{report, g.clock.Now()}, err
	}
	owner, known := g.owner(ctx, atHome)
	if g.cache == nil || !known {
		return find(ctx)
	}
	key := ports.CacheKey{Section: ports.SectionDiscovery, Owner: owner, Name: "discovery"}
	if found, ok := recall(ctx, g, key, &discoveredAnswers); ok {
		return found, nil
	}
	found, _, err := ask(ctx, g, key, &discoveredAnswers, find)
	return found, err
}
