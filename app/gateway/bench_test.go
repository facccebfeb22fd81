package gateway_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// instant is a home that answers at once: what is measured is the way to it.
type instant struct{ gateway.HomeAssistant }

func (instant) State(context.Context, home.EntityID) (home.State, error) { return home.State{}, nil }

func (instant) Call(context.Context, home.ServiceCall) ([]home.State, error) { return nil, nil }

func (instant) Config(context.Context) (home.Config, error) { return home.Config{}, nil }

// invocation returns a context as an invocation has one: with a trace and a
// deadline.
func invocation(b *testing.B, id string) context.Context {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	b.Cleanup(cancel)
	return gateway.WithCorrelation(ctx, id)
}

var light = home.CallOn("light.kitchen", "light", "turn_on")

// plain measures a call through an interface, without a gateway.
func plain(n int) time.Duration {
	var to gateway.HomeAssistant = instant{}
	ctx := context.Background()
	started := time.Now()
	for range n {
		_, _ = to.State(ctx, "light.kitchen")
	}
	return time.Since(started)
}

// compare reports how many times as long as a plain call each took.
func compare(b *testing.B) {
	b.Helper()
	const calls = 2_000_000
	each := float64(plain(calls)) / calls
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/each, "x-plain")
}

func BenchmarkPlainCall(b *testing.B) {
	b.ReportAllocs()
	var to gateway.HomeAssistant = instant{}
	ctx := context.Background()
	for b.Loop() {
		_, _ = to.State(ctx, "light.kitchen")
	}
}

// BenchmarkCross is the long way: breaker, times, a crumb.
func BenchmarkCross(b *testing.B) {
	r := newRig(b, rigOptions{home: instant{}, reflex: 0})
	ctx := invocation(b, "1")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = r.home.State(ctx, "light.kitchen")
	}
	compare(b)
}

// BenchmarkReflex is the short way.
func BenchmarkReflex(b *testing.B) {
	r := newRig(b, rigOptions{home: instant{}, reflex: 50})
	ctx := invocation(b, "1")
	r.heatState(ctx, b)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = r.home.State(ctx, "light.kitchen")
	}
	compare(b)
}

// BenchmarkReflexCommand is the short way of a command, which also has the cache
// forget what it touches: the same service again, and two in turn.
func BenchmarkReflexCommand(b *testing.B) {
	for name, services := range map[string][]string{"same": {"turn_on", "turn_on"}, "in turn": {"turn_on", "turn_off"}} {
		b.Run(name, func(b *testing.B) {
			r := newRig(b, rigOptions{home: instant{}, reflex: 50})
			ctx := invocation(b, "1")
			calls := []home.ServiceCall{home.CallOn("light.kitchen", "light", services[0]), home.CallOn("light.kitchen", "light", services[1])}
			for range 50 {
				for _, call := range calls {
					_, _ = r.home.Call(ctx, call)
				}
			}
			r.gateway.Cool()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				_, _ = r.home.Call(ctx, calls[i&1])
			}
			compare(b)
		})
	}
}

// BenchmarkCrossCommand is the long way of a command.
func BenchmarkCrossCommand(b *testing.B) {
	r := newRig(b, rigOptions{home: instant{}, reflex: 0})
	ctx := invocation(b, "1")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = r.home.Call(ctx, light)
	}
	compare(b)
}

// BenchmarkCacheHit is an answer from the cache.
func BenchmarkCacheHit(b *testing.B) {
	r := newRig(b, rigOptions{home: instant{}, reflex: 50})
	ctx := invocation(b, "1")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = r.house.Config(ctx)
	}
	compare(b)
}

// BenchmarkOpen is a crossing that the breaker refuses.
func BenchmarkOpen(b *testing.B) {
	r := newRig(b, rigOptions{home: broken{}, reflex: 50})
	ctx := invocation(b, "1")
	for range 10 {
		_, _ = r.home.State(ctx, "light.kitchen")
	}
	b.ReportAllocs()
	for b.Loop() {
		_, _ = r.home.State(ctx, "light.kitchen")
	}
}

// The parallel ones have as many invocations side by side as there are CPUs.
func BenchmarkCrossParallel(b *testing.B)  { parallel(b, 0) }
func BenchmarkReflexParallel(b *testing.B) { parallel(b, 50) }

func parallel(b *testing.B, reflex int) {
	r := newRig(b, rigOptions{home: instant{}, reflex: reflex})
	r.heatState(invocation(b, "0"), b)
	var ids atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		ctx := invocation(b, fmt.Sprint(ids.Add(1)))
		for p.Next() {
			_, _ = r.home.State(ctx, "light.kitchen")
		}
	})
}

// BenchmarkCool is what the end of an invocation costs with a full table.
func BenchmarkCool(b *testing.B) {
	r := newRig(b, rigOptions{home: instant{}, reflex: 200})
	ctx := invocation(b, "1")
	for i := range 200 {
		_, _ = r.home.Call(ctx, home.CallOn("light.kitchen", "light", fmt.Sprint("service_", i)))
	}
	b.ReportAllocs()
	for b.Loop() {
		r.gateway.Cool()
	}
}
