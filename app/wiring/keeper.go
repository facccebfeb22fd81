package wiring

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

func newCache(s Start, clock ports.Clock) *cache.Cache {
	limits := s.Settings.Tier.Limits()
	return cache.New(cache.Settings{
		Bytes:   limits.CacheBytes,
		Entries: limits.CacheEntries,
		TTL:     cache.TTLs(s.Settings.CacheTTL),
	}, clock)
}

// newKeeper returns the keeper of all lazy ports.
func newKeeper(s Start, clock ports.Clock, log *zap.Logger, g *gateway.Gateway, answers *cache.Cache, home *lifecycle.Lazy[gateway.HomeAssistant]) *lifecycle.Keeper {
	k := lifecycle.NewKeeper(lifecycle.Options{
		Clock:     clock,
		Log:       log,
		Enabled:   s.Settings.LUGSEnabled,
		Minimum:   s.Settings.Tier.Limits().Resident,
		Threshold: s.Settings.LUGSMemoryThreshold,
		Hot:       g.Hot,
		Shrinkers: []lifecycle.Shrinker{answers},
	})
	k.Watch(home)
	return k
}

// between is what is done when an invocation has been answered.
type between func()

func newBetween(g *gateway.Gateway, k *lifecycle.Keeper) between {
	return func() {
		g.Cool()
		k.CarryOut(context.Background()) // what is to be closed takes a second at the very most
		k.Decide()
	}
}
