package capability_test

import (
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func TestRoute(t *testing.T) {
	t.Parallel()
	catalog := capability.NewCatalog(capability.Kinds())
	for name, c := range map[string]struct {
		id        home.EntityID
		ns        alexa.Namespace
		directive string
		instance  string
		kind      string
		fails     fault.Kind
		routed    bool
	}{
		"a light":                          {id: "light.a", ns: alexa.PowerController, directive: "TurnOn", kind: "light", routed: true},
		"a range":                          {id: "fan.a", ns: alexa.RangeController, directive: "SetRangeValue", instance: "fan.percentage", kind: "fan", routed: true},
		"a range without instance":         {id: "fan.a", ns: alexa.RangeController, directive: "SetRangeValue", fails: fault.Unsupported},
		"a range of another instance":      {id: "fan.a", ns: alexa.RangeController, directive: "SetRangeValue", instance: "cover.position", fails: fault.Unsupported},
		"a stop with instance":             {id: "cover.a", ns: alexa.PlaybackController, directive: "Stop", instance: "cover.stop", kind: "cover", routed: true},
		"a stop without":                   {id: "cover.a", ns: alexa.PlaybackController, directive: "Stop", kind: "cover", routed: true},
		"power with an instance":           {id: "light.a", ns: alexa.PowerController, directive: "TurnOn", instance: "x", kind: "light", routed: true},
		"a directive of another interface": {id: "light.a", ns: alexa.LockController, directive: "Lock", fails: fault.Unsupported},
		"a domain that is not offered":     {id: "sun.sun", ns: alexa.PowerController, directive: "TurnOn", fails: fault.NotFound},
		"no domain":                        {id: "", ns: alexa.PowerController, directive: "TurnOn", fails: fault.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := alexa.Directive{Header: alexa.Header{Namespace: c.ns, Name: c.directive, Instance: c.instance}}
			route, err := catalog.Route(c.id, d)
			switch {
			case !c.routed && (err == nil || fault.Of(err) != c.fails):
				t.Errorf("the error is %v, should be %v", err, c.fails)
			case c.routed && (err != nil || route.Kind.Domain != c.kind || route.Action.Plan == nil):
				t.Errorf("it goes to %+v (%v), should go to %s", route, err, c.kind)
			}
		})
	}
}

// TestKinds makes sure that the tables do not contradict themselves.
func TestKinds(t *testing.T) {
	t.Parallel()
	kinds := capability.Kinds()
	domains := make([]string, len(kinds))
	for i, kind := range kinds {
		domains[i] = kind.Domain
		seen := map[string]bool{}
		for _, face := range kind.Interfaces {
			name := named(face.Namespace, face.Instance)
			if seen[name] {
				t.Errorf("%s has the interface %s twice. Give them different instances.", kind.Domain, name)
			}
			if face.Describe == nil {
				t.Errorf("%s has the interface %s without Describe, so discovery cannot describe it. Add Describe.", kind.Domain, name)
			}
			seen[name] = true
		}
	}
	slices.Sort(domains)
	if once := slices.Compact(slices.Clone(domains)); len(once) != len(domains) {
		t.Errorf("a domain has two kinds: %v", domains)
	}
	if catalog := capability.NewCatalog(kinds); catalog.Kind("light") == nil || catalog.Kind("sun") != nil || len(catalog.Directives()) < 20 {
		t.Error("the catalog is not that of the kinds")
	}
}

// TestFeatures leaves out the kinds whose features are off, and says which feature
// that is: of two it is the Smart Home as a whole.
func TestFeatures(t *testing.T) {
	kinds := capability.Kinds()
	lamp, script := home.State{ID: "light.a", Value: home.On}, home.State{ID: "script.a", Value: home.Off}
	for _, c := range []struct {
		on           []capability.Feature
		lamp, script capability.Reason
	}{
		{[]capability.Feature{capability.FeatureAlexa, capability.FeatureScripts}, "", ""},
		{[]capability.Feature{capability.FeatureAlexa}, "", "HA_FEATURES leaves out the feature scripts"},
		{[]capability.Feature{capability.FeatureScripts}, "HA_FEATURES leaves out the feature alexa", "HA_FEATURES leaves out the feature alexa"},
		{nil, "HA_FEATURES leaves out the feature alexa", "HA_FEATURES leaves out the feature alexa"},
	} {
		catalog := capability.NewCatalogOf(kinds, func(f capability.Feature) bool { return slices.Contains(c.on, f) })
		for state, want := range map[*home.State]capability.Reason{&lamp: c.lamp, &script: c.script} {
			if got := catalog.Offers(capability.View{State: *state}); got != want || (catalog.Kind(state.ID.Domain()) == nil) != (want != "") {
				t.Errorf("with %q, %s is left out because %q, want %q", c.on, state.ID, got, want)
			}
		}
		if got := catalog.Offers(capability.View{State: home.State{ID: "sun.sun"}}); got != capability.UnknownDomain {
			t.Errorf("with %q, the sun is left out because %q", c.on, got)
		}
		if n := len(catalog.Directives()); (n == 0) != !slices.Contains(c.on, capability.FeatureAlexa) {
			t.Errorf("with %q there are %d directives", c.on, n)
		}
	}
	for _, k := range kinds { // what no feature is named for could never be left out
		if f := k.Missing(func(f capability.Feature) bool { return f == capability.FeatureAlexa }); f != k.Feature {
			t.Errorf("%s lacks %q, want %q", k.Domain, f, k.Feature)
		}
	}
}
