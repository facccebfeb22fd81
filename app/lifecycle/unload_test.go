package lifecycle_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
)

// TestUnloadHangs: the invocation goes on after a second, or at its deadline.
func TestUnloadHangs(t *testing.T) {
	for name, limit := range map[string]time.Duration{"time enough": time.Hour, "hardly any": time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, nil, store)
				end := make(chan struct{})
				var f factory
				stuck := lifecycle.NewLazy("stuck", lifecycle.Immediate(), h.clock, f.load, func(*thing) error {
					<-end
					return nil
				})
				h.keeper.Watch(stuck)
				use(t, stuck)
				h.event(t, "store")
				ctx, cancel := context.WithTimeout(t.Context(), limit)
				defer cancel()
				started := time.Now()
				h.keeper.CarryOut(ctx)
				if took := time.Since(started); took != min(limit, time.Second) {
					t.Errorf("it took %v", took)
				}
				h.loaded(t, "the other one was closed all the same")
				if r := stuck.Report(); r.Loaded || r.Unloads != 1 || r.UnloadFailures != 1 {
					t.Errorf("%+v", r)
				}
				if got := use(t, stuck); got.number != 2 {
					t.Errorf("resurrected as number %d", got.number)
				}
				close(end)
			})
		})
	}
}

// TestUnloadBreaks: an unload that fails or panics stops nothing.
func TestUnloadBreaks(t *testing.T) {
	for name, unload := range map[string]func(*thing) error{
		"fails":  func(*thing) error { return errors.New("stuck") },
		"panics": func(*thing) error { panic("ouch") },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil, store)
			var f factory
			bad := lifecycle.NewLazy("bad", lifecycle.Immediate(), h.clock, f.load, unload)
			h.keeper.Watch(bad)
			use(t, bad)
			h.event(t, "store")
			h.event(t)
			h.loaded(t, "the other one")
			if r := h.keeper.Report(); r.UnloadFailures != 1 || r.Unloads != 2 || bad.Loaded() {
				t.Errorf("%+v", r)
			}
			if n := h.log.FilterMessage("[LUGS] unload failed").Len(); n != 1 {
				t.Errorf("%d lines in the log, want 1", n)
			}
		})
	}
}
