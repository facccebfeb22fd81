package wiring

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

func newCache(i initial, clock ports.Clock) *cache.Cache {
	limits := i.Tier.Limits()
	return cache.New(cache.Settings{
		Bytes:   limits.CacheBytes,
		Entries: limits.CacheEntries,
		TTL:     cache.TTLs(i.CacheTTL),
	}, clock)
}

// newKeeper returns the keeper of all lazy ports.
func newKeeper(
	i initial, clock ports.Clock, log *zap.Logger, g *gateway.Gateway, answers *cache.Cache,
	home *lifecycle.Lazy[gateway.HomeAssistant], parameters *lifecycle.Lazy[gateway.ParameterStore], way *lifecycle.Lazy[ports.Probe],
	progress *lifecycle.Lazy[ports.Progress],
) *lifecycle.Keeper {
	k := lifecycle.NewKeeper(lifecycle.Options{
		Clock:     clock,
		Log:       log,
		Enabled:   i.LUGSEnabled,
		Minimum:   i.Tier.Limits().Resident,
		Threshold: i.LUGSMemoryThreshold,
		Hot:       g.Hot,
		Shrinkers: []lifecycle.Shrinker{answers},
	})
	k.Watch(home, parameters, way, progress)
	return k
}

// between is what is done when an invocation has been answered.
type between func(context.Context)

func newBetween(g *gateway.Gateway, k *lifecycle.Keeper) between {
	return func(ctx context.Context) {
		g.Cool(ctx)
		k.CarryOut(context.WithoutCancel(ctx)) // what is to be closed takes a second at the very most
		k.Decide(ctx)
	}
}
