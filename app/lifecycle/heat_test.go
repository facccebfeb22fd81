package lifecycle_test

import (
	"math"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		calls int
		want  lifecycle.Level
	}{
		{0, lifecycle.Cold},
		{4, lifecycle.Cold},
		{5, lifecycle.Warm},
		{19, lifecycle.Warm},
		{20, lifecycle.Hot},
		{99, lifecycle.Hot},
		{100, lifecycle.Critical},
		{10000, lifecycle.Critical},
	} {
		var h lifecycle.Heat
		for range c.calls {
			h.Count()
		}
		if got := h.Level(noon); got != c.want {
			t.Errorf("%d calls, before Cool: %v, want %v", c.calls, got, c.want)
		}
		if got := h.Cool(noon); got != c.want || h.Level(noon) != c.want {
			t.Errorf("%d calls: %v, want %v", c.calls, got, c.want)
		}
		if h.Total() != uint64(c.calls) {
			t.Errorf("%d calls, counted %d", c.calls, h.Total())
		}
	}
}

// TestHalfLife: nothing is hot for ever.
func TestHalfLife(t *testing.T) {
	var h lifecycle.Heat
	for range 160 {
		h.Count()
	}
	h.Cool(noon)
	for _, c := range []struct {
		after  time.Duration
		weight float64
		want   lifecycle.Level
	}{
		{-time.Hour, 160, lifecycle.Critical}, // a clock that was put back
		{0, 160, lifecycle.Critical},
		{10 * time.Minute, 80, lifecycle.Hot},
		{20 * time.Minute, 40, lifecycle.Hot},
		{30*time.Minute - time.Second, 20.02, lifecycle.Hot},
		{31 * time.Minute, 18.66, lifecycle.Warm},
		{50 * time.Minute, 5, lifecycle.Warm},
		{24 * time.Hour, 0, lifecycle.Cold},
		{math.MaxInt64, 0, lifecycle.Cold},
	} {
		at := noon.Add(c.after)
		if got := h.Weight(at); math.Abs(got-c.weight) > 0.01 || h.Level(at) != c.want {
			t.Errorf("after %v: %v, %v, want %v, %v", c.after, got, h.Level(at), c.weight, c.want)
		}
	}
	h.Cool(noon.Add(10 * time.Minute))
	for range 20 {
		h.Count()
	}
	if got := h.Cool(noon.Add(20 * time.Minute)); got != lifecycle.Hot || math.Abs(h.Weight(noon.Add(20*time.Minute))-60) > 0.01 {
		t.Errorf("160 calls, 20 more after 20 minutes: %v, weight %v, want 60", got, h.Weight(noon.Add(20*time.Minute)))
	}
	if h.Total() != 180 {
		t.Errorf("counted %d", h.Total())
	}
}

// TestHeatModel holds heat, however often it is cooled, against the sum over all
// calls. Calls weigh whole from one Cool to the next, so each is dated there.
func TestHeatModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h lifecycle.Heat
		now := noon
		var calls []time.Time
		fresh := 0
		t.Repeat(map[string]func(*rapid.T){
			"call": func(*rapid.T) {
				h.Count()
				fresh++
			},
			"cool": func(*rapid.T) {
				h.Cool(now)
				for ; fresh > 0; fresh-- {
					calls = append(calls, now)
				}
			},
			"wait": func(t *rapid.T) { now = now.Add(time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "wait"))) },
			"": func(t *rapid.T) {
				want := float64(fresh)
				for _, at := range calls {
					want += math.Exp2(-now.Sub(at).Minutes() / 10)
				}
				if got := h.Weight(now); math.Abs(got-want) > 1e-6 {
					t.Fatalf("weighs %v, want %v", got, want)
				}
				if h.Total() != uint64(len(calls)+fresh) {
					t.Fatalf("counted %d, want %d", h.Total(), len(calls)+fresh)
				}
			},
		})
	})
}

// TestHeatConcurrent: no call is lost.
func TestHeatConcurrent(t *testing.T) {
	var h lifecycle.Heat
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5000 {
				h.Count()
			}
		})
	}
	all.Go(func() {
		for i := range 100 {
			h.Cool(noon)
			_ = h.Weight(noon.Add(time.Duration(i)))
		}
	})
	all.Wait()
	if h.Cool(noon); h.Total() != 20000 || h.Weight(noon) != 20000 {
		t.Errorf("counted %d, weighing %v", h.Total(), h.Weight(noon))
	}
}
