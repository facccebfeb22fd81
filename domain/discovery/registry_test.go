package discovery_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// furnished is a home with something of everything that registries tell.
func furnished() *portstest.MemoryHome {
	door := home.State{ID: "cover.garage", Value: "closed", Attributes: home.Fields{
		{Name: home.AttrDeviceClass, Value: home.Text("garage")}, {Name: home.AttrSupportedFeatures, Value: home.Number(3)},
	}}
	h := portstest.NewHome(
		lamp("light.kitchen", "Kitchen Lamp"), lamp("light.hidden", "Hidden"), lamp("light.hall", "Hall"),
		home.State{ID: "lock.front", Value: "locked"}, home.State{ID: "lock.cellar", Value: "locked"}, door,
		home.State{ID: "alarm_control_panel.house", Value: "disarmed", Attributes: home.Fields{{Name: home.AttrSupportedFeatures, Value: home.Number(3)}}},
	)
	h.SetRegistry(home.NewRegistry(home.SourceWebSocket, home.AllParts, []home.Entry{
		{ID: "light.kitchen", Name: "Kitchen Ceiling", Area: "kitchen", Exposed: home.Assist},
		{ID: "light.hidden", Hidden: true}, {ID: "lock.cellar", Hidden: true}, {ID: "light.hall", Labels: []string{"alexa"}},
	}, []home.Area{{ID: "kitchen", Name: "Kitchen"}}, []home.Label{{ID: "alexa", Name: "Alexa"}}).
		WithAliases(map[home.EntityID][]string{"light.kitchen": {"Spot", ""}, "light.hall": {"", "Corridor"}}))
	return h
}

// look has a home discovered on terms, and returns the names by endpoint.
func look(t *testing.T, h ports.Home, r ports.Registry, filter string, names naming.Settings) (map[string]string, discovery.Report) {
	t.Helper()
	f, err := exposure.Parse(filter)
	if err != nil {
		t.Fatal(err)
	}
	var told []discovery.Report
	s := discovery.New(h, portstest.NewHome(), r, portstest.NewHome(), capability.NewCatalog(capability.Kinds()), offer.Terms{Filter: f, Names: names}, func(_ context.Context, r discovery.Report) {
		told = append(told, r)
	})
	report, err := s.Explain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || told[0].Endpoints != report.Endpoints {
		t.Errorf("it was told %d times", len(told))
	}
	alexatest.CheckReply(t, discover, discovery.Answer(discover, report.Findings))
	found := map[string]string{}
	for _, e := range offer.Endpoints(report.Findings) {
		found[e.EndpointID] = e.FriendlyName
	}
	if len(found) != report.Endpoints {
		t.Errorf("it says %d endpoints and has %d", report.Endpoints, len(found))
	}
	return found, report
}

func sameNames(t *testing.T, got, want map[string]string) {
	t.Helper()
	for id, name := range want {
		if got[id] != name {
			t.Errorf("%s is called %q, should be %q", id, got[id], name)
		}
	}
	for id := range got {
		if _, ok := want[id]; !ok {
			t.Errorf("%s is offered", id)
		}
	}
}

// TestRegistry has the registries say what is offered, and under which names.
func TestRegistry(t *testing.T) {
	h := furnished()
	found, report := look(t, h, h, "", naming.Settings{})
	sameNames(t, found, map[string]string{
		"light#kitchen": "Spot", "light#hall": "Hall", "lock#front": "front", "cover#garage": "garage", "alarm_control_panel#house": "house",
	})
	if report.Registry.Source() != home.SourceWebSocket || report.RegistryError != nil || len(report.Registry.Lacks().Names()) > 0 {
		t.Errorf("it knows %v and lacks %q, %v", report.Registry.Source(), report.Registry.Lacks().Names(), report.RegistryError)
	}
	for _, c := range []struct {
		filter string
		names  naming.Settings
		want   map[string]string
	}{
		{"area:kitchen", naming.Settings{Style: naming.Style{Area: true}}, map[string]string{"light#kitchen": "Kitchen Spot"}},
		{"label:Alexa, +light.h*", naming.Settings{}, map[string]string{"light#hall": "Hall", "light#hidden": "Hidden"}},
		{"exposed", naming.Settings{Style: naming.Style{All: true}}, map[string]string{
			"light#kitchen": "Spot", capability.AliasID("light.kitchen", "Kitchen Ceiling"): "Kitchen Ceiling",
		}},
		{"lock.cellar, light.hall", naming.Settings{Overrides: naming.Overrides{"lock.cellar": {Names: []string{"Vault"}}}}, map[string]string{"lock#cellar": "Vault", "light#hall": "Hall"}},
		{"none", naming.Settings{}, map[string]string{}},
	} {
		t.Run(c.filter, func(t *testing.T) {
			found, _ := look(t, h, h, c.filter, c.names)
			sameNames(t, found, c.want)
		})
	}
}

// TestNoRegistry wants a home that tells nothing but its states to be discovered
// without what nobody may expose by accident, and not without the rest.
func TestNoRegistry(t *testing.T) {
	for title, trouble := range map[string]portstest.Trouble{
		"blocked": {Op: portstest.OpRegistry, Err: fault.New(fault.Unsupported, "No WebSocket.")},
		"away":    {Op: portstest.OpRegistry, Err: fault.New(fault.Unreachable, "Away.")},
	} {
		for filter, want := range map[string]map[string]string{
			"":                               {"light#kitchen": "Kitchen Lamp", "light#hall": "Hall", "light#hidden": "Hidden"},
			"lock.front, +cover, light.hall": {"lock#front": "front", "cover#garage": "garage", "light#hall": "Hall"},
			"lock, area:kitchen":             {},
			"-label:private":                 {},
			"exposed, light.hall":            {"light#hall": "Hall"},
		} {
			t.Run(title+" "+filter, func(t *testing.T) {
				h := furnished()
				h.Befall(trouble)
				found, report := look(t, h, h, filter, naming.Settings{})
				sameNames(t, found, want)
				if report.Registry.Source() != home.SourceNone || fault.Of(report.RegistryError) != fault.Of(trouble.Err) {
					t.Errorf("it knows %v, %v", report.Registry.Source(), report.RegistryError)
				}
			})
		}
	}
}

// TestSlowRegistry wants an answer in time from a home whose registries never
// come, and the answer when its states never do.
func TestSlowRegistry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := furnished()
		h.Befall(portstest.Trouble{Op: portstest.OpRegistry, Before: portstest.Never})
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		began := time.Now()
		s := discovery.New(h, h, h, h, capability.NewCatalog(capability.Kinds()), offer.Terms{}, nil)
		report, err := s.Explain(ctx)
		if err != nil || report.Endpoints != 3 || time.Since(began) != 3*time.Second {
			t.Errorf("after %v it offers %d, %v", time.Since(began), report.Endpoints, err)
		}
		h.Befall(portstest.Trouble{Op: portstest.OpStates, Before: portstest.Never}, portstest.Trouble{Op: portstest.OpRegistry, Before: portstest.Never})
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.Explain(ctx); fault.Of(err) != fault.Deadline {
			t.Errorf("without states: %v", err)
		}
	})
}

// TestAtOnce wants the registries asked while the states are on their way, and
// nobody asked about who is not offered.
func TestAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := furnished()
		h.Befall(portstest.Trouble{Op: portstest.OpStates, Before: time.Second}, portstest.Trouble{Op: portstest.OpRegistry, Before: time.Second})
		began := time.Now()
		var wanted []home.EntityID
		spy := scriptedRegistry{h, func(of []home.EntityID) { wanted = slices.Clone(of) }}
		s := discovery.New(h, h, spy, h, capability.NewCatalog(capability.Kinds()), offer.Terms{}, nil)
		if _, err := s.Explain(t.Context()); err != nil || time.Since(began) != time.Second {
			t.Errorf("it took %v, %v", time.Since(began), err)
		}
		slices.Sort(wanted)
		if want := []home.EntityID{"alarm_control_panel.house", "cover.garage", "light.hall", "light.kitchen", "lock.front"}; !slices.Equal(wanted, want) {
			t.Errorf("it asked for the aliases of %q", wanted)
		}
	})
}

// scriptedRegistry is a registry whose sessions do something when aliases are asked for.
type scriptedRegistry struct {
	ports.Registry
	asked func(of []home.EntityID)
}

func (r scriptedRegistry) Registries(ctx context.Context) (ports.RegistrySession, error) {
	session, err := r.Registry.Registries(ctx)
	return scriptedSession{session, r.asked}, err
}

type scriptedSession struct {
	ports.RegistrySession
	asked func(of []home.EntityID)
}

func (s scriptedSession) Aliases(ctx context.Context, of []home.EntityID) home.Registry {
	s.asked(of)
	return s.RegistrySession.Aliases(ctx, of)
}

// panicking is a registry that panics.
type panicking struct{ ports.Registry }

func (panicking) Registries(context.Context) (ports.RegistrySession, error) { panic("no") }

// TestOddRegistries is of registries that do not keep to the contract.
func TestOddRegistries(t *testing.T) {
	told := furnished()
	told.SetRegistry(home.NewRegistry(home.SourceWebSocket, home.AllParts, []home.Entry{{ID: "light.hall", Hidden: true}}, nil, nil))
	for title, c := range map[string]struct {
		registry ports.Registry
		hall     bool // whether the hall's light is offered
		lock     bool
		failed   bool
	}{
		"panics":                              {panicking{}, true, false, true},
		"panics when it is asked for aliases": {scriptedRegistry{told, func([]home.EntityID) { panic("no") }}, false, true, true},
	} {
		t.Run(title, func(t *testing.T) {
			h := furnished()
			found, report := look(t, h, c.registry, "", naming.Settings{})
			if _, ok := found["light#hall"]; ok != c.hall {
				t.Errorf("the hall's light is offered: %v", ok)
			}
			if _, ok := found["lock#front"]; ok != c.lock {
				t.Errorf("the front door is offered: %v", ok)
			}
			if (report.RegistryError != nil) != c.failed {
				t.Errorf("the registries failed with %v", report.RegistryError)
			}
		})
	}
}

func TestReport(t *testing.T) {
	h := portstest.NewHome(lamp("light.a", "Hall Lamp"), lamp("light.b", "hall lamp."), lamp("light.c", "Hall-Lamp"), lamp("light.d", "Other"))
	_, report := look(t, h, h, "light, area:nowhere, swtich", naming.Settings{})
	if idle := report.Idle(); !slices.Equal(idle, []string{"area:nowhere", "swtich"}) {
		t.Errorf("idle are %q", idle)
	}
	namesakes := report.Namesakes()
	if len(namesakes) != 1 || namesakes[0].Name != "Hall Lamp" || !slices.Equal(namesakes[0].IDs, []home.EntityID{"light.a", "light.b", "light.c"}) {
		t.Errorf("namesakes are %v", namesakes)
	}
	if broken := report.Broken(); len(broken) > 0 {
		t.Errorf("broken are %v", broken)
	}
}

// TestLarge is of a house of 2,000 entities: the order is the same each time, and
// what the filter names is in it.
func TestLarge(t *testing.T) {
	var states []home.State
	for i := range 2000 {
		states = append(states, lamp("light.lamp_"+strings.Repeat("x", i%7)+string(rune('a'+i%26))+strings.Repeat("0", i/26), "Lamp"))
	}
	states = append(states, home.State{ID: "lock.front", Value: "locked"})
	h := portstest.NewHome(states...)
	first, _ := look(t, h, h, "all, lock.front", naming.Settings{})
	again, _ := look(t, h, h, "all, lock.front", naming.Settings{})
	if len(first) != alexa.MaxEndpoints || first["lock#front"] == "" {
		t.Errorf("%d are offered, the lock as %q", len(first), first["lock#front"])
	}
	sameNames(t, again, first)
}

// TestStreams wants cameras to be offered with their streams where the home can
// be reached from the internet, and the home asked for that only if it has any.
func TestStreams(t *testing.T) {
	camera := func(features float64) home.State {
		return home.State{ID: "camera.door", Value: "idle", Attributes: home.Fields{{Name: home.AttrSupportedFeatures, Value: home.Number(features)}}}
	}
	public := home.Config{Version: "1", Components: []string{"stream"}, Public: "https://home.example.org"}
	for name, c := range map[string]struct {
		state   home.State
		config  home.Config
		away    bool
		asked   int
		offered bool
	}{
		"on the internet":     {state: camera(2), config: public, asked: 1, offered: true},
		"at home":             {state: camera(2), config: home.Config{Version: "1", Components: []string{"stream"}}, asked: 1},
		"a home that is away": {state: camera(2), config: public, away: true, asked: 1},
		"no stream":           {state: camera(1), config: public},
		"no camera":           {state: lamp("light.hall", "Hall"), config: public},
	} {
		t.Run(name, func(t *testing.T) {
			h := portstest.NewHome(c.state)
			h.SetConfig(c.config)
			if c.away {
				h.Befall(portstest.Trouble{Op: portstest.OpConfig, Err: fault.New(fault.Unreachable, "Away.")})
			}
			found := endpoints(t, h)
			if len(found) != 1 {
				t.Fatalf("found %+v", found)
			}
			offered := slices.ContainsFunc(found[0].Capabilities, func(c alexa.Capability) bool { return c.Interface == alexa.CameraStreamController })
			if offered != c.offered || h.Count(portstest.OpConfig) != c.asked {
				t.Errorf("a stream is offered: %v; the home was asked %d times", offered, h.Count(portstest.OpConfig))
			}
		})
	}
}

// TestSessions wants cameras to be offered with sessions where the home keeps them,
// and asked whether they speak WebRTC only there.
func TestSessions(t *testing.T) {
	keeps := home.Config{Version: "1", Components: []string{"alexa"}}
	for name, c := range map[string]struct {
		features float64
		config   home.Config
		locale   string
		away     bool
		asked    int
		offered  bool
	}{
		"kept":                        {features: 2, config: keeps, asked: 1, offered: true},
		"kept, in German":             {features: 2, config: keeps, locale: "de-DE", asked: 1, offered: true},
		"where Alexa knows none":      {features: 2, config: keeps, locale: "en-IN", asked: 1},
		"not kept":                    {features: 2, config: home.Config{Version: "1", Components: []string{"stream"}}},
		"no stream":                   {features: 1, config: keeps},
		"a home that does not say so": {features: 2, config: keeps, away: true, asked: 1},
	} {
		t.Run(name, func(t *testing.T) {
			h := portstest.NewHome(home.State{ID: "camera.door", Value: "idle", Attributes: home.Fields{{Name: home.AttrSupportedFeatures, Value: home.Number(c.features)}}})
			h.SetConfig(c.config)
			if c.away {
				h.Befall(portstest.Trouble{Op: portstest.OpNegotiable, Err: fault.New(fault.Unsupported, "No WebSocket.")})
			}
			s := discovery.New(h, h, h, h, capability.NewCatalog(capability.Kinds()), offer.Terms{House: capability.House{Locale: c.locale}}, nil)
			report, err := s.Explain(t.Context())
			if err != nil || report.Endpoints != 1 {
				t.Fatalf("%d endpoints, %v", report.Endpoints, err)
			}
			alexatest.CheckReply(t, discover, discovery.Answer(discover, report.Findings))
			offered := slices.ContainsFunc(report.Findings[0].Endpoint.Capabilities, func(c alexa.Capability) bool { return c.Interface == alexa.RTCSessionController })
			if offered != c.offered || h.Count(portstest.OpNegotiable) != c.asked {
				t.Errorf("sessions are offered: %v; the home was asked %d times", offered, h.Count(portstest.OpNegotiable))
			}
		})
	}
}

// TestSlowCameras wants cameras that never say to cost no answer.
func TestSlowCameras(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := portstest.NewHome(home.State{ID: "camera.door", Value: "idle", Attributes: home.Fields{{Name: home.AttrSupportedFeatures, Value: home.Number(2)}}})
		h.SetConfig(home.Config{Version: "1", Components: []string{"alexa"}})
		h.Befall(portstest.Trouble{Op: portstest.OpNegotiable, Before: portstest.Never})
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		s := discovery.New(h, h, h, h, capability.NewCatalog(capability.Kinds()), offer.Terms{}, nil)
		if report, err := s.Explain(ctx); err != nil || report.Endpoints != 1 {
			t.Errorf("it offers %d, %v", report.Endpoints, err)
		}
	})
}

// TestStarting: a home that is starting knows few of its entities, and is not offered.
// It says so beside its registries, or is asked where these do not come from it.
func TestStarting(t *testing.T) {
	starting := func(r home.Registry) home.Registry { return r.In("STARTING") }
	known := home.NewRegistry(home.SourceWebSocket, home.AllParts, nil, nil, nil)
	byTemplate := home.NewRegistry(home.SourceTemplate, home.PartAreas, nil, nil, nil)
	for title, c := range map[string]struct {
		registry home.Registry
		config   home.Phase
		fails    bool
	}{
		"running":                                 {known.In(home.Running), "", false},
		"a version that does not say":             {known, "", false},
		"starting":                                {starting(known), "", true},
		"by a template, and it is starting":       {byTemplate, "NOT_RUNNING", true},
		"by a template, and it is running":        {byTemplate, home.Running, false},
		"by a template, and it does not say":      {byTemplate, "", false},
		"it says running and was starting before": {known.In(home.Running), "STARTING", false},
	} {
		t.Run(title, func(t *testing.T) {
			h := furnished()
			h.SetRegistry(c.registry)
			config, err := h.Config(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			config.Phase = c.config
			h.SetConfig(config)
			s := discovery.New(h, h, h, h, capability.NewCatalog(capability.Kinds()), offer.Terms{}, nil)
			report, err := s.Explain(t.Context())
			if failed := errors.Is(err, home.ErrStarting) && fault.Of(err) == fault.Unreachable && strings.Contains(fault.Text(err), "half a minute"); failed != c.fails {
				t.Errorf("it offers %d endpoints, %v", report.Endpoints, err)
			}
		})
	}
}
