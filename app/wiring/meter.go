package wiring

import (
	"sync"

	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// meter is what is measured of an invocation, and where that goes.
type meter struct {
	ports.Meter
	gauge func(*ports.Measurement)
}

// newMeter returns the meter, an empty one where metrics are not wanted.
func newMeter(s Start, i initial, g *gateway.Gateway, answers *cache.Cache, k *lifecycle.Keeper) meter {
	if s.Metrics == nil {
		return meter{}
	}
	function, _ := s.Environment.Lookup("AWS_LAMBDA_FUNCTION_NAME")
	counted := &gauge{gateway: g, cache: answers, keeper: k}
	return meter{telemetry.NewMetrics(s.Metrics, function, i.Tier.Limits().Metrics), counted.read}
}

// gauge reads what the engine's parts have counted.
type gauge struct {
	gateway *gateway.Gateway
	cache   *cache.Cache
	keeper  *lifecycle.Keeper

	mu sync.Mutex
	// hits and misses are what the cache had counted the last time.
	hits, misses uint64
}

func (g *gauge) read(m *ports.Measurement) {
	m.Memory = lifecycle.MemoryInUse()
	m.Loaded = g.keeper.Resident()
	for _, b := range g.gateway.Breakers() {
		switch b.State {
		case ports.BreakerOpen:
			m.BreakersOpen++
		case ports.BreakerClosed:
			m.BreakersClosed++
		case ports.BreakerHalfOpen:
		}
	}
	var hits, misses uint64
	for _, s := range g.cache.Report().Sections {
		hits += s.Hits
		misses += s.Misses
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	m.Hits, m.Misses = hits-g.hits, misses-g.misses
	g.hits, g.misses = hits, misses
}
