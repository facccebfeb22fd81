package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestTravels: the trace travels in the context, and what is logged within one of its
// spans belongs to it.
func TestTravels(t *testing.T) {
	ctx := t.Context()
	if correlation.ID(ctx) != "" || gateway.TraceOf(ctx) != nil {
		t.Error("a context without a trace has one")
	}
	ctx = traced(ctx, "8476a536")
	within, end := gateway.Span(ctx, "part")
	defer end(nil)
	if one, other := correlation.ID(ctx), correlation.ID(within); one != "8476a536" || other != one {
		t.Errorf("got %q, and %q within a span", one, other)
	}
	trace := gateway.NewTrace("another")
	ctx = gateway.WithTrace(ctx, trace)
	if gateway.TraceOf(ctx) != trace || correlation.ID(ctx) != "another" || trace.ID() != "another" {
		t.Error("the inner trace is not the one")
	}
	if gateway.TraceOf(correlation.With(ctx, stranger{})) != nil {
		t.Error("an invocation of another kind has a trace")
	}
}

// stranger is an invocation that is no trace.
type stranger struct{ correlation.Invocation }

// TestNoTrace: everything works without one.
func TestNoTrace(t *testing.T) {
	var trace *gateway.Trace
	if crumbs, missed := trace.Crumbs(); crumbs != nil || missed != 0 || trace.ID() != "" {
		t.Error("a nil trace is not empty")
	}
	if err := trace.MarshalLogArray(nil); err != nil {
		t.Error(err)
	}
	ctx, end := gateway.Span(t.Context(), "work")
	end(nil)
	if ctx != t.Context() {
		t.Error("a span without a trace is something")
	}
	if crumbs, _ := gateway.NewTrace("").Crumbs(); len(crumbs) != 0 {
		t.Errorf("a new trace has %+v", crumbs)
	}
}

// TestCrumbs follows an invocation: a span, a load within a crossing, a retry, a
// cached answer, a failure.
func TestCrumbs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &scripted{during: func(context.Context) error {
			time.Sleep(10 * time.Millisecond)
			return nil
		}}
		r := newRig(t, rigOptions{reflex: 50, retry: steady(), load: func(ctx context.Context) (gateway.HomeAssistant, error) {
			_, end := gateway.Span(ctx, "dial")
			time.Sleep(30 * time.Millisecond)
			end(nil)
			return h, nil
		}})
		time.Sleep(time.Hour) // times count from the trace's beginning
		trace := gateway.NewTrace("1")
		ctx := gateway.WithTrace(t.Context(), trace)
		within, end := gateway.Span(ctx, "control")
		time.Sleep(5 * time.Millisecond)
		_, _ = r.house.Config(within)
		_, _ = r.house.Config(within)
		_, _ = r.home.Call(within, light)
		end(nil)
		h.during = nil
		h.fail(unreachable)
		_, _ = r.home.State(ctx, "light.kitchen")
		_, open := gateway.Span(ctx, "answer")
		defer open(nil)
		got, missed := trace.Crumbs()
		const ms = time.Millisecond
		want := []gateway.Crumb{
			{Number: 0, Parent: -1, Name: "control", Timed: true, Start: 0, Took: 55 * ms},
			{Number: 1, Parent: 0, Name: "house.config", Timed: true, Start: 5 * ms, Took: 40 * ms, Attempts: 1},
			{Number: 2, Parent: 1, Name: "load home", Timed: true, Start: 5 * ms, Took: 30 * ms},
			{Number: 3, Parent: 2, Name: "dial", Timed: true, Start: 5 * ms, Took: 30 * ms},
			{Number: 4, Parent: 0, Name: "house.config", Attempts: 1, Cached: true},
			{Number: 5, Parent: 0, Name: "home.call light.turn_on", Timed: true, Start: 45 * ms, Took: 10 * ms, Attempts: 1},
			{Number: 6, Parent: -1, Name: "home.state", Timed: true, Start: 55 * ms, Took: 300 * ms, Attempts: 3, Failed: true, Kind: fault.Unreachable},
			{Number: 7, Parent: -1, Name: "answer", Timed: true, Start: 355 * ms, Open: true},
		}
		if len(got) != len(want) || missed != 0 {
			t.Fatalf("got %+v, %d missed", got, missed)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("got %+v, want %+v", got[i], want[i])
			}
		}
	})
}

// TestLastCrumbs: an ordinary trace keeps the last sixteen, a full one all, and
// has all of them timed.
func TestLastCrumbs(t *testing.T) {
	for name, c := range map[string]struct {
		trace        *gateway.Trace
		kept, missed int
		timed        bool
	}{
		"ordinary": {gateway.NewTrace("1"), 16, 84, false},
		"full":     {gateway.NewFullTrace("1"), 100, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, rigOptions{home: &scripted{}, reflex: 50})
			r.heatState(t.Context(), t)
			ctx := gateway.WithTrace(t.Context(), c.trace)
			_, first := gateway.Span(ctx, "first")
			for range 99 {
				_, _ = r.home.State(ctx, "light.kitchen")
			}
			first(errors.New("no")) // falls on nobody else's crumb
			got, missed := c.trace.Crumbs()
			if len(got) != c.kept || missed != c.missed {
				t.Fatalf("%d kept and %d missed, want %d and %d", len(got), missed, c.kept, c.missed)
			}
			untimed := 0
			for i, crumb := range got {
				if crumb.Number != missed+i || crumb.Parent != -1 || crumb.Failed != (crumb.Name == "first") {
					t.Errorf("%+v", crumb)
				}
				if !crumb.Timed {
					untimed++
				}
			}
			if (untimed == 0) != c.timed {
				t.Errorf("%d are not timed", untimed)
			}
		})
	}
}

// TestRoundTrips: every request that the adapter notes counts, also those whose crumbs
// the trace has not kept, and nothing else does.
func TestRoundTrips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &scripted{}
		var unloadable error
		r := newRig(t, rigOptions{reflex: 50, retry: steady(), failures: 100, load: func(context.Context) (gateway.HomeAssistant, error) {
			return h, unloadable
		}})
		registry := gateway.NewRegistry(gateway.NewPort(r.gateway, r.lazy))
		trace := gateway.NewTrace("1")
		ctx := gateway.WithTrace(t.Context(), trace)
		check := func(want int, what string) {
			t.Helper()
			if got := trace.RoundTrips(); got != want {
				t.Errorf("%s: %d, want %d", what, got, want)
			}
		}
		check(0, "nothing")
		for range 100 {
			_, _ = r.home.State(ctx, "light.kitchen")
		}
		check(100, "a hundred, of which sixteen are in the trace")
		r.gateway.Cool(t.Context())
		for range 100 {
			_, _ = r.home.State(ctx, "light.kitchen")
		}
		check(200, "a hundred on the short way")
		_, _ = r.house.Config(ctx)
		_, _ = r.house.Config(ctx)
		check(201, "one, and one from the cache")
		_, _ = portstest.ReadRegistry(ctx, registry, nil)
		check(202, "the registries")
		h.fail(unreachable)
		_, _ = r.home.State(ctx, "light.kitchen")
		check(205, "three attempts, the first on the short way")
		_, _ = r.home.Call(ctx, light)
		check(208, "three attempts of a command that was not sent")
		_, _ = r.lazy.Unload()
		unloadable = fault.New(fault.Misconfigured, "No.")
		_, _ = r.home.State(ctx, "light.kitchen")
		check(208, "what did not load")
		trace.Travel(3)
		check(211, "what another trace has noted")
	})
	var none *gateway.Trace
	none.Travel(1)
	if none.RoundTrips() != 0 {
		t.Error("no trace has noted something")
	}
}

// TestTraceConcurrent: many crossings of one invocation leave their crumbs side
// by side.
func TestTraceConcurrent(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}, reflex: 50})
	trace := gateway.NewFullTrace("1")
	ctx := gateway.WithTrace(t.Context(), trace)
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			within, end := gateway.Span(ctx, fmt.Sprint(n))
			for range 50 {
				_, _ = r.home.State(within, "light.kitchen")
			}
			end(nil)
			_, _ = trace.Crumbs()
		})
	}
	all.Wait()
	crumbs, _ := trace.Crumbs()
	within := map[int]int{}
	for _, crumb := range crumbs {
		if crumb.Name == "home.state" {
			within[crumb.Parent]++
		}
		if crumb.Open || !crumb.Timed || crumb.Took < 0 {
			t.Errorf("%+v", crumb)
		}
	}
	for parent, n := range within {
		if n != 50 || crumbs[parent].Name == "home.state" {
			t.Errorf("%d within %+v, want 50", n, crumbs[parent])
		}
	}
	if len(within) != 8 {
		t.Errorf("%d spans", len(within))
	}
}

// TestCrumbsInLog has a trace written into a line of the log.
func TestCrumbsInLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, rigOptions{home: &scripted{}})
		trace := gateway.NewTrace("1")
		ctx, end := gateway.Span(gateway.WithTrace(t.Context(), trace), "control")
		_, _ = r.house.Config(ctx)
		_, _ = r.house.Config(ctx)
		end(fault.New(fault.Refused, "secret text"))
		var out strings.Builder
		log := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zapcore.EncoderConfig{MessageKey: "message", EncodeDuration: zapcore.MillisDurationEncoder}), zapcore.AddSync(&out), zap.InfoLevel))
		log.Error("answered", zap.Array("crumbs", trace))
		var line struct {
			Crumbs []map[string]any `json:"crumbs"`
		}
		if err := json.Unmarshal([]byte(out.String()), &line); err != nil {
			t.Fatal(err)
		}
		got, _ := json.Marshal(line.Crumbs)
		want := `[{"name":"control","outcome":"refused","start":0,"took":0},` +
			`{"name":"house.config","number":1,"outcome":"done","start":0,"took":0,"within":0},` +
			`{"name":"load home","number":2,"outcome":"done","start":0,"took":0,"within":1},` +
			`{"cached":true,"name":"house.config","number":3,"outcome":"done","within":0}]`
		if string(got) != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

func BenchmarkNewTrace(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		traced(context.Background(), "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
	}
}
