package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

const house = `[
	{"entity_id":"light.kitchen","state":"on","attributes":{"friendly_name":"Kitchen (big)","supported_color_modes":["onoff"]}},
	{"entity_id":"switch.plug","state":"on","attributes":{"friendly_name":"Plug"}},
	{"entity_id":"lock.front","state":"locked","attributes":{"friendly_name":"Front"}},
	{"entity_id":"lock.cellar","state":"locked","attributes":{"friendly_name":"Cellar"}},
	{"entity_id":"cover.garage","state":"closed","attributes":{"friendly_name":"Garage","device_class":"garage","supported_features":3}},
	{"entity_id":"cover.blind","state":"closed","attributes":{"friendly_name":"Blind","supported_features":3}},
	{"entity_id":"sun.sun","state":"above_horizon","attributes":{}},
	{"entity_id":"light.kitchen","state":"on","attributes":{}}
]`

// TestDiscover wants what the engine would offer to whom it told no registry, by
// the environment's settings, and nothing where these may not be all.
func TestDiscover(t *testing.T) {
	home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/config" {
			_, _ = w.Write([]byte(`{"version":"2026.11.0","state":"RUNNING"}`))
			return
		}
		_, _ = w.Write([]byte(house))
	})
	file := filepath.Join(t.TempDir(), "expose")
	if err := os.WriteFile(file, []byte("# what is said\nlight\nlock.cellar\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unguarded := []string{"light#kitchen Kitchen big", "switch#plug Plug", "cover#blind Blind"}
	for title, c := range map[string]struct {
		env  map[string]string
		want []string
		log  string
	}{
		"no filter":                         {nil, unguarded, ""},
		"a filter":                          {map[string]string{"HA_EXPOSE": "cover, lock.front"}, []string{"lock#front Front", "cover#blind Blind"}, ""},
		"a filter that names all guards":    {map[string]string{"HA_EXPOSE": "+lock, +cover.*"}, []string{"cover#blind Blind", "cover#garage Garage", "lock#cellar Cellar", "lock#front Front"}, ""},
		"one that depends on areas":         {map[string]string{"HA_EXPOSE": "area:Kitchen, switch, -label:guests"}, nil, ""},
		"one that is exposed":               {map[string]string{"HA_EXPOSE": "exposed, switch.plug"}, []string{"switch#plug Plug"}, ""},
		"one with a mistake":                {map[string]string{"HA_EXPOSE": "light, !lock.front"}, nil, "begins with !"},
		"one in a file":                     {map[string]string{"HA_EXPOSE": file}, []string{"lock#cellar Cellar", "light#kitchen Kitchen big"}, ""},
		"one in a file that is not there":   {map[string]string{"HA_EXPOSE": "file:" + file + "2"}, nil, "cannot be read"},
		"one that may be elsewhere":         {map[string]string{"USE_PARAMETER_STORE": "true"}, nil, "Parameter Store"},
		"one here and others elsewhere":     {map[string]string{"USE_PARAMETER_STORE": "on", "HA_EXPOSE": "all"}, unguarded, "HA_VOICE_UNLOCK may be in the Parameter Store"},
		"names":                             {map[string]string{"HA_EXPOSE": "light", "HA_NAMES": "area, all", "HA_OVERRIDES": "light.kitchen: name=Stove"}, []string{"light#kitchen Stove"}, ""},
		"names with a mistake":              {map[string]string{"HA_EXPOSE": "light", "HA_NAMES": "x", "HA_OVERRIDES": "y"}, []string{"light#kitchen Kitchen big"}, "none of the words"},
		"names in a file that is not there": {map[string]string{"HA_EXPOSE": "light", "HA_OVERRIDES": "./nowhere"}, []string{"light#kitchen Kitchen big"}, "cannot be read"},
	} {
		t.Run(title, func(t *testing.T) {
			env := map[string]string{"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t"}
			for name, value := range c.env {
				env[name] = value
			}
			f := by(env)
			mistaken := f.service(t.Context()).mistaken
			if (mistaken != nil) != (c.log != "") || mistaken != nil && !strings.Contains(mistaken.Error(), c.log) {
				t.Errorf("the mistakes are %v, want %q", mistaken, c.log)
			}
			raw, err := f.Invoke(context.Background(), []byte(`{"directive":{"header":{"namespace":"Alexa.Discovery","name":"Discover","payloadVersion":"3","messageId":"1"},"payload":{"scope":{"type":"BearerToken","token":"x"}}}}`))
			if err != nil {
				t.Fatal(err)
			}
			alexatest.CheckAnswer(t, raw)
			var answer struct {
				Event struct {
					Payload struct{ Endpoints []alexa.Endpoint }
				}
			}
			if err := json.Unmarshal(raw, &answer); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range answer.Event.Payload.Endpoints {
				got = append(got, e.EndpointID+" "+e.FriendlyName)
			}
			want := slices.Clone(c.want)
			if !slices.Equal(sorted(got), sorted(want)) {
				t.Errorf("offered are %q, should be %q", got, want)
			}
		})
	}
}

// TestWithheld wants what the filter leaves out refused, and all else to go on
// working, also by a filter that cannot be read.
func TestWithheld(t *testing.T) {
	home := newHome(t, says(http.StatusOK, `{"entity_id":"lock.front","state":"locked","attributes":{}}`))
	for expose, refused := range map[string]bool{"": false, "-lock": true, "light": true, "-label:guests": false, "!x": false, "none": false} {
		env := map[string]string{"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t", "HA_EXPOSE": expose}
		raw, err := by(env).Invoke(context.Background(), []byte(
			`{"directive":{"header":{"namespace":"Alexa","name":"ReportState","payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"lock#front"},"payload":{}}}`))
		if err != nil || strings.Contains(string(raw), "NO_SUCH_ENDPOINT") != refused || strings.Contains(string(raw), "StateReport") == refused {
			t.Errorf("by %q the lock's state is %s, %v", expose, raw, err)
		}
	}
}

// by returns the failsafe in an environment.
func by(env map[string]string) *function {
	return newFunction(func(name string) string { return env[name] }, "a test", time.Now(), io.Discard)
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// TestGuardsHold: what is turned off is turned off here too, as is what may be in
// the Parameter Store.
func TestGuardsHold(t *testing.T) {
	for _, c := range []struct {
		value, store     string
		unlocks, disarms bool
	}{
		{"", "", true, true},
		{"true", "", true, true},
		{"false", "", false, false},
		{"flase", "", false, false},
		{"", "true", false, false},
		{"yes", "true", true, true},
	} {
		calls := 0
		home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
			calls++
			switch path.Base(r.URL.Path) {
			case "unlock":
				_, _ = w.Write([]byte(`[{"entity_id":"lock.front","state":"unlocked"}]`))
			case "alarm_disarm":
				_, _ = w.Write([]byte(`[{"entity_id":"alarm_control_panel.home","state":"disarmed"}]`))
			default:
				t.Errorf("asked for %s", r.URL.Path)
			}
		})
		f := by(map[string]string{
			"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t",
			"HA_VOICE_UNLOCK": c.value, "HA_VOICE_DISARM": c.value, "USE_PARAMETER_STORE": c.store,
		})
		for directive, want := range map[string]bool{
			`{"header":{"namespace":"Alexa.LockController","name":"Unlock","payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"lock#front"},"payload":{}}`:                        c.unlocks,
			`{"header":{"namespace":"Alexa.SecurityPanelController","name":"Disarm","payloadVersion":"3","messageId":"1"},"endpoint":{"endpointId":"alarm_control_panel#home"},"payload":{}}`: c.disarms,
		} {
			calls = 0
			answer, err := f.Invoke(t.Context(), []byte(`{"directive":`+directive+`}`))
			refused := strings.Contains(string(answer), string(alexa.CloudControlDisabled))
			if err != nil || refused == want || (calls > 0) != want {
				t.Errorf("%q with a store %q: %d calls and %s", c.value, c.store, calls, answer)
			}
		}
	}
}
