package gateway_test

import (
	"context"
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// Registry implements ports.Registry.
func (s *scripted) Registry(ctx context.Context, _ func(home.Registry) []home.EntityID) (home.Registry, error) {
	if err := s.answer(ctx); err != nil {
		return home.Registry{}, err
	}
	return home.NewRegistry(home.SourceWebSocket, home.AllParts, nil, nil, nil), nil
}

func registryRig(t *testing.T, bearerOnly bool, failures uint32) (*rig, *portstest.MemoryHome, *gateway.Registry) {
	t.Helper()
	h := portstest.NewHome(home.State{ID: "light.kitchen", Value: home.On})
	h.SetRegistry(home.NewRegistry(home.SourceWebSocket, home.AllParts, []home.Entry{{ID: "light.kitchen", Name: "Lamp"}}, nil, nil).
		WithAliases(map[home.EntityID][]string{"light.kitchen": {"Spot"}}))
	r := newRig(t, rigOptions{home: h, bearerOnly: bearerOnly, failures: failures})
	return r, h, gateway.NewRegistry(gateway.NewPort(r.gateway, r.lazy))
}

func everyone(home.Registry) []home.EntityID { return []home.EntityID{"light.kitchen"} }

// TestRegistryAsksAlways wants each call to reach the home: a discovery follows
// upon a change.
func TestRegistryAsksAlways(t *testing.T) {
	_, h, face := registryRig(t, false, 0)
	for n := range 3 {
		got, err := face.Registry(t.Context(), everyone)
		if err != nil || got.Entry("light.kitchen").Name != "Lamp" || got.Source() != home.SourceWebSocket {
			t.Fatalf("it tells %v, %v", got.Source(), err)
		}
		if h.Count(portstest.OpRegistry) != n+1 {
			t.Errorf("the home was asked %d times, should be %d", h.Count(portstest.OpRegistry), n+1)
		}
	}
}

// TestRegistryRemembers wants the last answer when there is no other.
func TestRegistryRemembers(t *testing.T) {
	_, h, face := registryRig(t, false, 0)
	h.SetAway(true)
	if got, err := face.Registry(t.Context(), everyone); fault.Of(err) != fault.Unreachable || got.Source() != home.SourceNone {
		t.Errorf("it remembers %v of nothing, %v", got.Source(), err)
	}
	h.SetAway(false)
	if _, err := face.Registry(t.Context(), everyone); err != nil {
		t.Fatal(err)
	}
	h.SetAway(true)
	got, err := face.Registry(t.Context(), everyone)
	if err != nil || got.Source() != home.SourceMemory || got.Entry("light.kitchen").Name != "Lamp" || !slices.Equal(got.Aliases("light.kitchen"), []string{"Spot"}) {
		t.Errorf("it remembers %v, %+v, %v", got.Source(), got.Entry("light.kitchen"), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := face.Registry(ended, everyone); err != nil || got.Source() != home.SourceMemory {
		t.Errorf("late it remembers %v, %v", got.Source(), err)
	}
}

// TestRegistryForgets wants nothing of one home to be told of another.
func TestRegistryForgets(t *testing.T) {
	_, h, face := registryRig(t, false, 0)
	if _, err := face.Registry(t.Context(), everyone); err != nil {
		t.Fatal(err)
	}
	face.Forget()
	h.SetAway(true)
	if got, err := face.Registry(t.Context(), everyone); err == nil {
		t.Errorf("it still remembers %v", got.Source())
	}
}

// TestRegistryIsTheirs wants nobody to be told what another was told.
func TestRegistryIsTheirs(t *testing.T) {
	_, h, face := registryRig(t, true, 0)
	mine := ports.WithBearer(t.Context(), secret.New("mine"))
	if _, err := face.Registry(mine, everyone); err != nil {
		t.Fatal(err)
	}
	h.SetAway(true)
	if got, err := face.Registry(ports.WithBearer(t.Context(), secret.New("another's")), everyone); err == nil {
		t.Errorf("another is told %v", got.Source())
	}
	if got, err := face.Registry(t.Context(), everyone); err == nil {
		t.Errorf("nobody in particular is told %v", got.Source())
	}
	if got, err := face.Registry(mine, everyone); err != nil || got.Source() != home.SourceMemory {
		t.Errorf("the first is told %v, %v", got.Source(), err)
	}
}

// TestRegistryHasItsOwnBreaker wants a proxy that blocks WebSocket to keep nobody
// from the rest of the home.
func TestRegistryHasItsOwnBreaker(t *testing.T) {
	r, h, face := registryRig(t, false, 2)
	for range 3 {
		h.Befall(portstest.Trouble{Op: portstest.OpRegistry, Err: fault.New(fault.Unreachable, "Blocked.")})
		if _, err := face.Registry(t.Context(), everyone); err == nil {
			t.Fatal("no trouble befell it")
		}
	}
	if _, err := face.Registry(t.Context(), everyone); fault.Of(err) != fault.Open {
		t.Errorf("after three failures: %v", err)
	}
	if _, err := r.home.State(t.Context(), "light.kitchen"); err != nil {
		t.Errorf("the home: %v", err)
	}
}
