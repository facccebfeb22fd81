package main

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// TestStartingHome: a home that is still starting is not one without devices. One that is
// too old to say counts as started.
func TestStartingHome(t *testing.T) {
	const report, turnOn, found = "Alexa.ReportState", "Alexa.PowerController.TurnOn", "Alexa.Discovery.Discover"
	core := func(state string) http.HandlerFunc {
		return says(http.StatusOK, `{"state":"`+state+`","recorder_state":{}}`)
	}
	for name, c := range map[string]struct {
		core      http.HandlerFunc
		config    string
		directive string
		want      string
		asked     string
	}{
		"a report while it starts":       {core("NOT_RUNNING"), "", report, "BRIDGE_UNREACHABLE", "/api/states/light.a /api/core/state"},
		"a command while it starts":      {core("STARTING"), "", turnOn, "BRIDGE_UNREACHABLE", "/api/services/light/turn_on /api/states/light.a /api/core/state"},
		"a report when it has":           {core("RUNNING"), "", report, "NO_SUCH_ENDPOINT", "/api/states/light.a /api/core/state"},
		"a command when it has":          {core("RUNNING"), "", turnOn, "NO_SUCH_ENDPOINT", "/api/services/light/turn_on /api/states/light.a /api/core/state"},
		"a report of an old home":        {http.NotFound, "", report, "NO_SUCH_ENDPOINT", "/api/states/light.a /api/core/state"},
		"a report, and it cannot say":    {says(http.StatusBadGateway, ""), "", report, "BRIDGE_UNREACHABLE", "/api/states/light.a /api/core/state"},
		"a discovery while it starts":    {nil, `{"version":"1","state":"NOT_RUNNING"}`, found, "", "/api/config"},
		"a discovery when it has":        {nil, `{"version":"1","state":"RUNNING"}`, found, "light#a", "/api/config /api/states"},
		"a discovery of an old home":     {nil, `{"version":"1"}`, found, "light#a", "/api/config /api/states"},
		"a discovery, and it cannot say": {nil, `<html>`, found, "", "/api/config"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				var asked []string
				f := serve(t, asJSON(func(w http.ResponseWriter, r *http.Request) {
					mu.Lock()
					asked = append(asked, r.URL.Path)
					mu.Unlock()
					switch r.URL.Path {
					case "/api/core/state":
						c.core(w, r)
					case "/api/config":
						_, _ = w.Write([]byte(c.config))
					case "/api/states":
						_, _ = w.Write([]byte(`[{"entity_id":"light.a","state":"on"}]`))
					case "/api/states/light.a":
						unknown(w, r)
					default:
						_, _ = w.Write([]byte(`[]`))
					}
				})).at(t, nil)
				var got string
				if c.directive == found {
					got = strings.Join(endpoints(t, f), " ")
				} else {
					got = turn(t, f, c.directive, "light#a")
				}
				if got != c.want || strings.Join(asked, " ") != c.asked {
					t.Errorf("answered %q after %q, want %q after %q", got, asked, c.want, c.asked)
				}
			})
		})
	}
}

// endpoints has devices discovered, and returns their ids.
func endpoints(t *testing.T, f *function) (ids []string) {
	t.Helper()
	for _, e := range discovered(t, f) {
		ids = append(ids, e.EndpointID)
	}
	slices.Sort(ids)
	return ids
}

// discovered has devices discovered.
func discovered(t *testing.T, f *function) []alexa.Endpoint {
	t.Helper()
	raw, err := f.Invoke(t.Context(), []byte(`{"directive":{"header":{"namespace":"Alexa.Discovery","name":"Discover","payloadVersion":"3","messageId":"1"},"payload":{}}}`))
	var answer struct {
		Event struct {
			Header  alexa.Header
			Payload struct{ Endpoints []alexa.Endpoint }
		}
	}
	if err == nil {
		err = json.Unmarshal(raw, &answer)
	}
	if err != nil || answer.Event.Header.Name != alexa.NameDiscoverResponse || answer.Event.Payload.Endpoints == nil {
		t.Fatalf("a discovery is answered %.300s, %v", raw, err)
	}
	return answer.Event.Payload.Endpoints
}

// TestAcceptGrant: nothing is kept of a grant, and the linking of the account goes on,
// also where nothing is configured.
func TestAcceptGrant(t *testing.T) {
	raw, err := by(nil).Invoke(t.Context(), []byte(`{"directive":{"header":{"namespace":"Alexa.Authorization","name":"AcceptGrant","payloadVersion":"3","messageId":"1"},
		"payload":{"grant":{"type":"OAuth2.AuthorizationCode","code":"canary"},"grantee":{"type":"BearerToken","token":"canary"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	alexatest.CheckAnswer(t, raw)
	if !strings.Contains(string(raw), `"AcceptGrant.Response"`) || strings.Contains(string(raw), "canary") {
		t.Errorf("answered %s", raw)
	}
}

// TestNoEqualizer: an equalizer is not offered, and the rest of its device is.
func TestNoEqualizer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := serve(t, asJSON(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/api/config" {
				_, _ = w.Write([]byte(`{"version":"1"}`))
				return
			}
			_, _ = w.Write([]byte(`[{"entity_id":"media_player.receiver","state":"on","attributes":{"friendly_name":"Receiver","supported_features":69004,
				"sound_mode":"MOVIE","sound_mode_list":["MOVIE","MUSIC","NIGHT","SPORT","TV"],"volume_level":0.5,"source_list":["TV"]}}]`))
		})).at(t, nil)
		found := discovered(t, f)
		var offered []string
		for _, c := range found[0].Capabilities {
			offered = append(offered, string(c.Interface))
		}
		if slices.Contains(offered, "Alexa.EqualizerController") || !slices.Contains(offered, "Alexa.Speaker") {
			t.Errorf("offered is %q", offered)
		}
	})
}
