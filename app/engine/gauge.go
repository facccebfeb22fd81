package engine

import (
	"sync"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// Gauge adds to a measurement what the parts behind the engine have counted. It is safe
// for concurrent use.
type Gauge struct {
	// All three are needed.
	Gateway *gateway.Gateway
	Cache   ports.CacheMeter
	Keeper  *lifecycle.Keeper

	mu sync.Mutex
	// hits and misses are what the cache had counted the last time.
	hits, misses uint64
}

// Read sets what m lacks: memory and ports, breakers, and the cache's hits and misses
// since the last call.
func (g *Gauge) Read(m *ports.Measurement) {
	m.Memory = lifecycle.MemoryInUse()
	m.Loaded = g.Keeper.Resident()
	for _, b := range g.Gateway.Breakers() {
		switch b.State {
		case ports.BreakerOpen:
			m.BreakersOpen++
		case ports.BreakerClosed:
			m.BreakersClosed++
		case ports.BreakerHalfOpen:
		}
	}
	var hits, misses uint64
	for _, s := range g.Cache.Report().Sections {
		hits += s.Hits
		misses += s.Misses
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	m.Hits, m.Misses = hits-g.hits, misses-g.misses
	g.hits, g.misses = hits, misses
}
