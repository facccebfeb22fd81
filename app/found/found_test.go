package found_test

import (
	"context"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/app/found"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestDiscover: what was found is kept with the time of the look, until it is too old or
// must be fresh. A failure is not kept, and what is kept counts in the cache by its size.
func TestDiscover(t *testing.T) {
	clock := portstest.NewClock()
	kept := cache.New(cache.Settings{Bytes: 1 << 20, Entries: 10, TTL: cache.TTLs(time.Minute)}, clock)
	g := gateway.New(gateway.Options{Clock: clock, Cache: kept, NewBreaker: func(string, gateway.Class) ports.Breaker {
		return breaker.New(breaker.Settings{Failures: 3, Open: time.Minute}, clock)
	}})
	looks := 0
	var failure error
	explain := func(context.Context) (discovery.Report, error) {
		looks++
		endpoint := &alexa.Endpoint{Capabilities: make([]alexa.Capability, 3)}
		return discovery.Report{Endpoints: looks, Findings: []discovery.Finding{{Endpoint: endpoint}, {}}}, failure
	}
	began := clock.Now()
	for _, step := range []struct {
		what  string
		fresh bool
		pass  time.Duration
		fails bool
		// found is which look found it, after is how long after the beginning that was.
		found int
		after time.Duration
	}{
		{"a failure", false, 0, true, 0, 0},
		{"the first", false, time.Second, false, 2, time.Second},
		{"what is kept", false, 59 * time.Second, false, 2, time.Second},
		{"a fresh one", true, 0, false, 3, time.Minute},
		{"one after it", false, 59 * time.Second, false, 3, time.Minute},
		{"when it is too old", false, time.Second, false, 4, 2 * time.Minute},
	} {
		clock.Advance(step.pass)
		failure = nil
		if step.fails {
			failure = fault.New(fault.Unreachable, "Away.")
		}
		ctx := t.Context()
		if step.fresh {
			ctx = gateway.Fresh(ctx, ports.SectionDiscovery)
		}
		r, err := found.Discover(ctx, g, clock, explain)
		if (err != nil) != step.fails || !step.fails && (r.Endpoints != step.found || r.At.Sub(began) != step.after) {
			t.Errorf("%s: look %d after %v, %v; want look %d after %v", step.what, r.Endpoints, r.At.Sub(began), err, step.found, step.after)
		}
	}
	if bytes := kept.Report().Bytes; bytes < 2*256+512+3*384 || bytes > 1<<13 {
		t.Errorf("what is kept is said to take %d bytes", bytes)
	}
}
