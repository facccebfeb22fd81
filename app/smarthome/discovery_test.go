package smarthome

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/found"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

var discover = alexa.Directive{Header: alexa.Header{
	Namespace: alexa.Discovery, Name: "Discover", MessageID: "1", PayloadVersion: alexa.PayloadVersion,
}}

// TestDiscoveryAsksAgain: a discovery of Alexa's asks the home for everything, whatever
// the cache has. A home that has begun to start again since is seen to be starting, also
// where its registries come by a template and do not say so.
func TestDiscoveryAsksAgain(t *testing.T) {
	for name, source := range map[string]home.Source{"over WebSocket": home.SourceWebSocket, "by a template": home.SourceTemplate} {
		t.Run(name, func(t *testing.T) {
			house := portstest.NewHome(home.State{ID: "light.hall", Value: home.On})
			config, err := house.Config(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			r := newRig(t, house, nil)
			phase := func(p home.Phase) {
				config.Phase = p
				house.SetConfig(config)
				registry := home.NewRegistry(source, home.AllParts, nil, nil, nil)
				if source == home.SourceWebSocket {
					registry = registry.In(p)
				}
				house.SetRegistry(registry)
			}
			answer := r.Directives()[discover.Key()]
			for _, step := range []struct {
				phase home.Phase
				fails bool
			}{{home.Running, false}, {"NOT_RUNNING", true}, {home.Running, false}} {
				phase(step.phase)
				_, err := answer(t.Context(), discover)
				if errors.Is(err, home.ErrStarting) != step.fails || !step.fails && err != nil {
					t.Errorf("while it is %s the discovery ends with %v", step.phase, err)
				}
			}
		})
	}
}

// TestDiscoveryIsKept: what a discovery of Alexa's found answers operators, until another
// look finds something else.
func TestDiscoveryIsKept(t *testing.T) {
	house := portstest.NewHome(home.State{ID: "light.hall", Value: home.On})
	r := newRig(t, house, nil)
	look := func() found.Report {
		t.Helper()
		service, err := r.Discovery(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		report, err := found.Discover(t.Context(), r.parts.Gateway, r.parts.Clock, service.Explain)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	if _, err := r.Directives()[discover.Key()](t.Context(), discover); err != nil {
		t.Fatal(err)
	}
	house.Set(home.State{ID: "light.kitchen", Value: home.On})
	asked := len(house.Journal())
	if report := look(); report.Endpoints != 1 || len(house.Journal()) != asked {
		t.Errorf("operators are told of %d endpoints, and the home was asked %d times", report.Endpoints, len(house.Journal())-asked)
	}
	r.clock.Advance(time.Second) // states are kept for a moment
	if report, err := r.Discover(t.Context()); err != nil || report.Endpoints != 2 {
		t.Errorf("another look finds %d endpoints, %v", report.Endpoints, err)
	}
	if report := look(); report.Endpoints != 2 {
		t.Errorf("after it operators are told of %d endpoints", report.Endpoints)
	}
	if log := r.log.String(); strings.Count(log, `"message":"discovery"`) != 2 {
		t.Errorf("the log says %s", log)
	}
}

// TestWithoutASmartHome: where the settings leave no Smart Home, discoveries say why.
func TestWithoutASmartHome(t *testing.T) {
	for want, env := range map[string]map[string]string{
		"HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home.": {"HA_FEATURES": "minimal"},
		"HOME_ASSISTANT_ENABLED is false.":                                                 {"HOME_ASSISTANT_ENABLED": "false"},
		"HOME_ASSISTANT_URL is not set, or cannot be used.":                                {"HOME_ASSISTANT_URL": ""},
		"HOME_ASSISTANT_TOKEN cannot be used.":                                             {"HOME_ASSISTANT_TOKEN": `"quoted"`},
	} {
		r := newRig(t, portstest.NewHome(), env)
		_, looked := r.Discover(t.Context())
		_, answered := r.Directives()[discover.Key()](t.Context(), discover)
		for _, err := range []error{looked, answered} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("with %v: %v, want %s", env, err, want)
			}
		}
	}
}
