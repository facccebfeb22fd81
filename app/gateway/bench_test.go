package gateway_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// door is a port with next to nothing behind it: what is measured is the way
// there.
type door interface {
	Knock(context.Context) (int, error)
}

type oak struct{ knocks int }

//go:noinline
func (o *oak) Knock(context.Context) (int, error) {
	o.knocks++
	return o.knocks, nil
}

// instant is a home that answers at once.
type instant struct{ gateway.HomeAssistant }

func (instant) State(context.Context, home.EntityID) (home.State, error) { return home.State{}, nil }

func (instant) Call(context.Context, home.ServiceCall) ([]home.State, error) { return nil, nil }

func (instant) Config(context.Context) (home.Config, error) { return home.Config{}, nil }

// invocation returns a context as an invocation has one: with a deadline and a
// trace.
func invocation(b *testing.B, id string) context.Context {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	b.Cleanup(cancel)
	return traced(ctx, id)
}

var light = home.CallOn("light.kitchen", "light", "turn_on")

// plain returns how long a thousand calls through an interface take, without a
// gateway.
func plain() time.Duration {
	const calls = 5_000_000
	to, ctx := behind(), context.Background()
	started := time.Now()
	for range calls {
		_, _ = to.Knock(ctx)
	}
	return time.Since(started) / (calls / 1000)
}

// behind hides from the compiler what is behind the door.
//
//go:noinline
func behind() door { return &oak{} }

// ratio reports how many times as long as a plain call each crossing took.
func ratio(b *testing.B) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(float64(plain())/1000), "x-plain")
}

func BenchmarkPlainCall(b *testing.B) {
	to, ctx := behind(), context.Background()
	b.ReportAllocs()
	for b.Loop() {
		_, _ = to.Knock(ctx)
	}
}

// BenchmarkCross is the long way: breaker, two readings of the clock, a crumb.
func BenchmarkCross(b *testing.B) { crossing(b, 0) }

// BenchmarkReflex is the short way, with one crossing in sixty-four on the long
// one to be timed.
func BenchmarkReflex(b *testing.B) { crossing(b, 50) }

// doorway returns a port with a door behind it whose heat has been decided on.
func doorway(b *testing.B, reflex int) (*gateway.Port[door], *gateway.Operation, func(context.Context, door) (int, error)) {
	b.Helper()
	r := newRig(b, rigOptions{home: instant{}, reflex: reflex})
	lazy := lifecycle.NewLazy("door", lifecycle.Immediate(), r.clock, func(context.Context) (door, error) { return behind(), nil }, nil)
	port, op := gateway.NewPort(r.gateway, lazy), gateway.AnOperation
	knock := func(ctx context.Context, to door) (int, error) { return to.Knock(ctx) }
	for range 100 {
		_, _ = gateway.Cross(b.Context(), port, op, knock)
	}
	r.gateway.Cool(b.Context())
	return port, op, knock
}

func crossing(b *testing.B, reflex int) {
	port, op, knock := doorway(b, reflex)
	ctx := invocation(b, "1")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = gateway.Cross(ctx, port, op, knock)
	}
	ratio(b)
}

// The parallel ones have as many invocations side by side as there are CPUs, each
// with its own trace: if they contended, each would take longer than alone.
func BenchmarkPlainCallParallel(b *testing.B) {
	b.RunParallel(func(p *testing.PB) {
		to, ctx := behind(), context.Background()
		for p.Next() {
			_, _ = to.Knock(ctx)
		}
	})
}

func BenchmarkCrossParallel(b *testing.B) { parallel(b, 0) }

func BenchmarkReflexParallel(b *testing.B) { parallel(b, 50) }

func parallel(b *testing.B, reflex int) {
	port, op, _ := doorway(b, reflex)
	var ids atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		ctx := invocation(b, fmt.Sprint(ids.Add(1)))
		local := behind() // the door itself is not to be contended for
		knock := func(ctx context.Context, _ door) (int, error) { return local.Knock(ctx) }
		for p.Next() {
			_, _ = gateway.Cross(ctx, port, op, knock)
		}
	})
}

// BenchmarkState is a face's crossing with a large answer: a home.State is copied
// on its way up.
func BenchmarkState(b *testing.B) {
	for name, reflex := range map[string]int{"long": 0, "short": 50} {
		b.Run(name, func(b *testing.B) {
			r := newRig(b, rigOptions{home: instant{}, reflex: reflex})
			ctx := invocation(b, "1")
			r.heatState(ctx, b)
			b.ReportAllocs()
			for b.Loop() {
				_, _ = r.home.State(ctx, "light.kitchen")
			}
		})
	}
}

// BenchmarkCommand is a face's crossing with a command, which also has the cache
// forget what it touches: the same service again, and two in turn.
func BenchmarkCommand(b *testing.B) {
	for name, c := range map[string]struct {
		reflex int
		other  string
	}{
		"long":          {0, "turn_on"},
		"short":         {50, "turn_on"},
		"short-in-turn": {50, "turn_off"},
	} {
		b.Run(name, func(b *testing.B) {
			r := newRig(b, rigOptions{home: instant{}, reflex: c.reflex})
			ctx := invocation(b, "1")
			calls := []home.ServiceCall{light, home.CallOn("light.kitchen", "light", c.other)}
			for range 50 {
				for _, call := range calls {
					_, _ = r.home.Call(ctx, call)
				}
			}
			r.gateway.Cool(b.Context())
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				_, _ = r.home.Call(ctx, calls[i&1])
			}
		})
	}
}

// BenchmarkCacheHit is an answer from the cache.
func BenchmarkCacheHit(b *testing.B) {
	r := newRig(b, rigOptions{home: instant{}, reflex: 50})
	ctx := invocation(b, "1")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = r.house.Config(ctx)
	}
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

// BenchmarkCool is what the end of an invocation costs with a full table.
func BenchmarkCool(b *testing.B) {
	r := newRig(b, rigOptions{home: instant{}, reflex: 200})
	ctx := invocation(b, "1")
	for i := range 200 {
		_, _ = r.home.Call(ctx, home.CallOn("light.kitchen", "light", fmt.Sprint("service_", i)))
	}
	b.ReportAllocs()
	for b.Loop() {
		r.gateway.Cool(b.Context())
	}
}
