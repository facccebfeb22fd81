package lifecycle_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// TestHold: a port that is held stays, in an emergency too, until it is let go.
func TestHold(t *testing.T) {
	h := newHouse(t, nil, store, home)
	k, p := h.keeper, h.ports["store"]
	held := func() int64 { return p.Report().Holds }
	idle := func() {
		k.Decide(t.Context())
		k.CarryOut(t.Context())
		k.Relieve(t.Context())
	}
	for range 2 {
		if err := k.Hold(t.Context(), "store"); err != nil || !p.Loaded() || held() != 1 {
			t.Fatalf("%v: %+v", err, p.Report())
		}
	}
	idle()
	if r := p.Report(); !r.Loaded || r.Refused[lifecycle.CheckHeld] != 2 {
		t.Errorf("it was not kept: %+v", r)
	}
	for range 2 {
		if err := k.Release("store"); err != nil || held() != 0 {
			t.Fatalf("%v: %+v", err, p.Report())
		}
	}
	idle()
	if p.Loaded() {
		t.Errorf("it was kept: %+v", p.Report())
	}

	for _, err := range []error{k.Hold(t.Context(), "nowhere"), k.Release("nowhere")} {
		if text := fault.Text(err); fault.Of(err) != fault.Invalid || !strings.Contains(text, `"nowhere"`) || !strings.Contains(text, "home, store") {
			t.Errorf("of no port: %v", err)
		}
	}
	no := errors.New("no")
	k.Watch(lifecycle.NewLazy("broken", lifecycle.Immediate(), h.clock, func(context.Context) (*thing, error) { return nil, no }, nil))
	if err := k.Hold(t.Context(), "broken"); !errors.Is(err, no) {
		t.Errorf("of a port that does not load: %v", err)
	}
}
