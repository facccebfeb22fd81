package lifecycle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
)

// TestRefusals has each of the five checks refuse, at the decision and when it is
// carried out.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		check lifecycle.Check
		begin func(t *testing.T, h *house) (end func())
	}{
		{lifecycle.CheckInFlight, func(t *testing.T, h *house) func() {
			lease, err := h.ports["home"].Acquire(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return lease.Release
		}},
		{lifecycle.CheckHeld, func(t *testing.T, h *house) func() {
			hold, err := h.ports["home"].Hold(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			h.keeper.Decide(t.Context()) // the use for getting hold of it is over
			h.clock.Advance(time.Hour)
			return hold.Release
		}},
		{lifecycle.CheckHot, func(_ *testing.T, h *house) func() {
			h.hot["home"] = true
			return func() { h.hot["home"] = false }
		}},
		{lifecycle.CheckGrace, func(t *testing.T, h *house) func() {
			use(t, h.ports["home"])
			return func() {}
		}},
	} {
		t.Run(c.check.String(), func(t *testing.T) {
			h := newHouse(t, nil, home)
			count := func() int64 { return h.keeper.Report().Refused[c.check] }
			h.event(t, "home")
			h.clock.Advance(time.Hour)
			before := h.keeper.Report().Refused[c.check]
			end := c.begin(t, h)
			h.keeper.Decide(t.Context())
			if h.keeper.Report().Due != 0 || count() <= before {
				t.Errorf("it is due: %+v", h.keeper.Report())
			}
			end()
			h.keeper.Decide(t.Context()) // what was used, is used up to here
			h.clock.Advance(time.Hour)
			h.keeper.Decide(t.Context())
			if h.keeper.Report().Due != 1 {
				t.Errorf("it is not due afterwards: %+v", h.keeper.Report())
			}
			before = count()
			end = c.begin(t, h)
			h.keeper.CarryOut(t.Context())
			if !h.ports["home"].Loaded() {
				t.Error("it was closed")
			}
			// A handle was got hold of since the decision: that is a use, which is
			// found before the handle is.
			if count() <= before && c.check != lifecycle.CheckHeld {
				t.Errorf("the refusal was not counted: %+v", h.keeper.Report().Refused)
			}
			end()
		})
	}
	t.Run(lifecycle.CheckMinimum.String(), func(t *testing.T) {
		for minimum := range 4 {
			h := newHouse(t, func(o *lifecycle.Options) { o.Minimum = minimum }, home, registry, spare)
			for _, name := range []string{"home", "spare", "registry"} {
				h.event(t, name) // in this order
				h.clock.Advance(time.Second)
			}
			use(t, h.ports["spare"])
			h.keeper.Decide(t.Context())
			h.clock.Advance(time.Hour)
			h.event(t)
			h.event(t)
			want := [][]string{{}, {"spare"}, {"spare", "registry"}, {"spare", "registry", "home"}}[minimum]
			h.loaded(t, fmt.Sprintf("%d are to stay: those used last", minimum), want...)
			if n := h.keeper.Report().Refused[lifecycle.CheckMinimum]; (n > 0) != (minimum > 0) {
				t.Errorf("%d are to stay, and %d were refused for it", minimum, n)
			}
		}
	})
}

// TestMinimumSinceDecided: one that was to stay has gone since the decision, so
// the other one stays.
func TestMinimumSinceDecided(t *testing.T) {
	h := newHouse(t, func(o *lifecycle.Options) { o.Minimum = 1 }, home, registry)
	h.event(t, "home", "registry")
	h.clock.Advance(time.Hour)
	h.event(t)
	if _, err := h.ports["registry"].Unload(); err != nil {
		t.Fatal(err)
	}
	h.keeper.CarryOut(t.Context())
	h.loaded(t, "the last one", "home")
	if n := h.keeper.Report().Refused[lifecycle.CheckMinimum]; n != 2 {
		t.Errorf("refused %d times, want twice", n)
	}
}
