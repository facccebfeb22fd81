package gateway_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// Registries implements ports.Registry.
func (s *scripted) Registries(ctx context.Context) (ports.RegistrySession, error) {
	if err := s.answer(ctx); err != nil {
		return nil, err
	}
	return portstest.NewHome().Registries(context.Background()) // it would count as a request
}

func registryRig(t *testing.T, bearerOnly bool, failures uint32) (*rig, *portstest.MemoryHome, *gateway.Registry) {
	t.Helper()
	h := portstest.NewHome(home.State{ID: "light.kitchen", Value: home.On})
	h.SetRegistry(home.NewRegistry(home.SourceWebSocket, home.AllParts, []home.Entry{{ID: "light.kitchen", Name: "Lamp"}}, nil, nil).
		WithAliases(map[home.EntityID][]string{"light.kitchen": {"Spot"}}))
	r := newRig(t, rigOptions{home: h, bearerOnly: bearerOnly, failures: failures})
	return r, h, gateway.NewRegistry(gateway.NewPort(r.gateway, r.lazy))
}

var everyone = []home.EntityID{"light.kitchen"}

// TestRegistryIsKept wants the home to be asked once for as long as the section is
// good, and again when it is to be fresh, was forgotten, or does not tell the aliases
// that are wanted.
func TestRegistryIsKept(t *testing.T) {
	r, h, face := registryRig(t, false, 0)
	lamp := []home.EntityID{"light.kitchen", "light.hall"}
	fresh := func(sections ...ports.Section) func(context.Context) context.Context {
		return func(ctx context.Context) context.Context { return gateway.Fresh(ctx, sections...) }
	}
	for _, step := range []struct {
		what    string
		before  func()
		fresh   func(context.Context) context.Context
		aliased []home.EntityID
		asks    bool
	}{
		{"the first", nil, nil, everyone, true},
		{"another", nil, nil, everyone, false},
		{"one who wants no aliases", nil, nil, nil, false},
		{"one who wants a fresh answer", nil, fresh(ports.SectionRegistry), everyone, true},
		{"one who wants a fresh answer of something else", nil, fresh(ports.SectionDiscovery), everyone, false},
		{"one who wants all fresh", nil, fresh(), everyone, true},
		{"one who wants more aliases", nil, nil, lamp, true},
		{"another of these", nil, nil, lamp, false},
		{"after it was forgotten", func() { r.gateway.Invalidate(ports.SectionRegistry) }, nil, everyone, true},
		{"just before it is too old", func() { r.clock.Advance(time.Minute - 1) }, nil, everyone, false},
		{"when it is too old", func() { r.clock.Advance(1) }, nil, everyone, true},
	} {
		if step.before != nil {
			step.before()
		}
		ctx := t.Context()
		if step.fresh != nil {
			ctx = step.fresh(ctx)
		}
		before := h.Count(portstest.OpRegistry)
		got, err := portstest.ReadRegistry(ctx, face, step.aliased)
		if err != nil || got.Entry("light.kitchen").Name != "Lamp" || got.Source() != home.SourceWebSocket {
			t.Fatalf("%s is told %v, %v", step.what, got.Source(), err)
		}
		if asked := h.Count(portstest.OpRegistry) > before; asked != step.asks {
			t.Errorf("%s: the home was asked: %t", step.what, asked)
		}
	}
	if o := r.operation(t, "registry.registry"); o.Calls != 12 || o.Failures != 0 {
		t.Errorf("the calls: %+v", o)
	}
	if s := r.section(ports.SectionRegistry); s.Entries != 1 || s.TTL != ports.Milliseconds(time.Minute) || s.Hits != 6 || s.Misses != 3 || s.Expired != 1 {
		t.Errorf("counted %+v", s)
	}
}

// TestStartingIsNotKept: what a home says while it is starting holds for a moment, and is
// asked for again.
func TestStartingIsNotKept(t *testing.T) {
	r, h, face := registryRig(t, false, 0)
	running, err := h.Config(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	starting := running
	starting.Phase = "STARTING"
	told := home.NewRegistry(home.SourceWebSocket, home.AllParts, nil, nil, nil)
	for _, step := range []struct {
		config   home.Config
		registry home.Registry
		want     home.Phase
	}{
		{starting, told.In("STARTING"), "STARTING"},
		{running, told.In(home.Running), home.Running},
		{starting, told.In("STARTING"), home.Running}, // it is kept
	} {
		h.SetConfig(step.config)
		h.SetRegistry(step.registry)
		config, err := r.house.Config(t.Context())
		if err != nil || config.Phase.Starting() != step.want.Starting() {
			t.Errorf("the house says that it is %q, %v; want %q", config.Phase, err, step.want)
		}
		registry, err := portstest.ReadRegistry(t.Context(), face, everyone)
		if err != nil || registry.Phase() != step.want {
			t.Errorf("the registries say %q, %v; want %q", registry.Phase(), err, step.want)
		}
	}
}

// TestRegistryRemembers wants the last answer when there is no other.
func TestRegistryRemembers(t *testing.T) {
	r, h, face := registryRig(t, false, 0)
	h.SetAway(true)
	if got, err := portstest.ReadRegistry(t.Context(), face, everyone); fault.Of(err) != fault.Unreachable || got.Source() != home.SourceNone {
		t.Errorf("it remembers %v of nothing, %v", got.Source(), err)
	}
	h.SetAway(false)
	if _, err := portstest.ReadRegistry(t.Context(), face, everyone); err != nil {
		t.Fatal(err)
	}
	h.SetAway(true)
	r.clock.Advance(time.Hour)
	got, err := portstest.ReadRegistry(t.Context(), face, everyone)
	if err != nil || got.Source() != home.SourceMemory || got.Entry("light.kitchen").Name != "Lamp" || !slices.Equal(got.Aliases("light.kitchen"), []string{"Spot"}) {
		t.Errorf("it remembers %v, %+v, %v", got.Source(), got.Entry("light.kitchen"), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	r.clock.Advance(time.Hour)
	if got, err := portstest.ReadRegistry(ended, face, everyone); err != nil || got.Source() != home.SourceMemory {
		t.Errorf("late it remembers %v, %v", got.Source(), err)
	}
}

// TestRegistryForgets wants nothing of one home to be told of another.
func TestRegistryForgets(t *testing.T) {
	r, h, face := registryRig(t, false, 0)
	if _, err := portstest.ReadRegistry(t.Context(), face, everyone); err != nil {
		t.Fatal(err)
	}
	face.Forget()
	r.gateway.Invalidate(ports.SectionRegistry)
	h.SetAway(true)
	if got, err := portstest.ReadRegistry(t.Context(), face, everyone); err == nil {
		t.Errorf("it still remembers %v", got.Source())
	}
}

// TestRegistryIsTheirs wants nobody to be told what another was told.
func TestRegistryIsTheirs(t *testing.T) {
	r, h, face := registryRig(t, true, 0)
	mine := ports.WithBearer(t.Context(), secret.New("mine"))
	if _, err := portstest.ReadRegistry(mine, face, everyone); err != nil {
		t.Fatal(err)
	}
	h.SetAway(true)
	if got, err := portstest.ReadRegistry(ports.WithBearer(t.Context(), secret.New("another's")), face, everyone); err == nil {
		t.Errorf("another is told %v", got.Source())
	}
	if got, err := portstest.ReadRegistry(t.Context(), face, everyone); err == nil {
		t.Errorf("nobody in particular is told %v", got.Source())
	}
	if got, err := portstest.ReadRegistry(mine, face, everyone); err != nil || got.Source() != home.SourceWebSocket {
		t.Errorf("the first is told %v, %v", got.Source(), err)
	}
	r.clock.Advance(time.Hour)
	if got, err := portstest.ReadRegistry(mine, face, everyone); err != nil || got.Source() != home.SourceMemory {
		t.Errorf("the first is told %v, %v", got.Source(), err)
	}
}

// TestRegistryHasItsOwnBreaker wants a proxy that blocks WebSocket to keep nobody
// from the rest of the home.
func TestRegistryHasItsOwnBreaker(t *testing.T) {
	r, h, face := registryRig(t, false, 2)
	for range 3 {
		h.Befall(portstest.Trouble{Op: portstest.OpRegistry, Err: fault.New(fault.Unreachable, "Blocked.")})
		if _, err := portstest.ReadRegistry(t.Context(), face, everyone); err == nil {
			t.Fatal("no trouble befell it")
		}
	}
	if _, err := portstest.ReadRegistry(t.Context(), face, everyone); fault.Of(err) != fault.Open {
		t.Errorf("after three failures: %v", err)
	}
	if _, err := r.home.State(t.Context(), "light.kitchen"); err != nil {
		t.Errorf("the home: %v", err)
	}
}
