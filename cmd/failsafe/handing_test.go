package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// breaking is a catalog with a switch whose translation panics where it is told to.
func breaking(where string) *capability.Catalog {
	return capability.NewCatalog([]capability.Kind{{Domain: "switch", Interfaces: []capability.Interface{{
		Namespace: "Alexa.PowerController",
		Read: func(capability.View) []capability.Reading {
			if where == "report" {
				panic("a report")
			}
			return nil
		},
		Directives: map[string]capability.Action{"TurnOn": {Plan: func(capability.Request) (action.Plan, error) {
			if where == "plan" {
				panic("a plan")
			}
			return action.Plan{Call: home.CallOn("switch.a", "switch", "turn_on")}, nil
		}}},
	}}}, {Domain: "lock", Interfaces: []capability.Interface{{
		Namespace:  "Alexa.LockController",
		Directives: map[string]capability.Action{"Unlock": {Plan: func(capability.Request) (action.Plan, error) { panic("a lock") }}},
	}}}})
}

const fromHome = `{"context":{"properties":[{"namespace":"Alexa.PowerController","name":"powerState","value":"ON","timeOfSample":"2026-11-23T06:19:27Z","uncertaintyInMilliseconds":0}]},
	"event":{"header":{"namespace":"Alexa","name":"Response","messageId":"m","payloadVersion":"3","correlationToken":"c"},"endpoint":{"endpointId":"switch#a","scope":{"type":"BearerToken","token":"canary"},"cookie":{}},"payload":{}}}`

// TestHandingOn: what LEE has no translation for, and what panics, is handed to Home
// Assistant's own integration, if nothing was sent; and what comes back has lost the
// token.
func TestHandingOn(t *testing.T) {
	const failed = `{"event":{"header":{"namespace":"Alexa","name":"ErrorResponse","messageId":"m","payloadVersion":"3"},"payload":{"type":"%s","message":"no"}}}`
	for name, c := range map[string]struct {
		breaks, directive, entity string
		env                       map[string]string
		status                    int
		answer                    string
		want                      string
		asked                     string
	}{
		"nothing breaks":               {"", "Alexa.PowerController.TurnOn", "switch.a", nil, 200, fromHome, "Response", "POST /api/services/switch/turn_on"},
		"an interface of another's":    {"", "Alexa.KeypadController.SendKeystroke", "switch.a", nil, 200, fromHome, "Response", "POST " + ownAlexa},
		"which is off":                 {"", "Alexa.KeypadController.SendKeystroke", "switch.a", nil, 404, "404: Not Found", "INVALID_DIRECTIVE", "POST " + ownAlexa},
		"a device of no known kind":    {"", "Alexa.KeypadController.SendKeystroke", "odd.a", nil, 200, fromHome, "Response", "POST " + ownAlexa},
		"and no such device":           {"", "Alexa.KeypadController.SendKeystroke", "odd.a", nil, 404, "", "NO_SUCH_ENDPOINT", "POST " + ownAlexa},
		"a report of no known kind":    {"", "Alexa.ReportState", "odd.a", nil, 200, fromHome, "Response", "POST " + ownAlexa},
		"a feature that is off":        {"", "Alexa.ReportState", "script.a", map[string]string{"HA_FEATURES": "basic"}, 200, fromHome, "NO_SUCH_ENDPOINT", ""},
		"what it may not know of":      {"", "Alexa.KeypadController.SendKeystroke", "switch.a", map[string]string{"HA_EXPOSE": "light"}, 200, fromHome, "NO_SUCH_ENDPOINT", ""},
		"a plan panics":                {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 200, fromHome, "Response", "POST " + ownAlexa},
		"and there is nobody else":     {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 404, "", "INTERNAL_ERROR", "POST " + ownAlexa},
		"what was sent is sent once":   {"report", "Alexa.PowerController.TurnOn", "switch.a", nil, 200, fromHome, "INTERNAL_ERROR", "POST /api/services/switch/turn_on"},
		"a report panics":              {"report", "Alexa.ReportState", "switch.a", nil, 200, fromHome, "Response", "GET /api/states/switch.a, POST " + ownAlexa},
		"an unlocking panics":          {"plan", "Alexa.LockController.Unlock", "lock.a", nil, 200, fromHome, "Response", "POST " + ownAlexa},
		"and is forbidden":             {"plan", "Alexa.LockController.Unlock", "lock.a", map[string]string{"HA_VOICE_UNLOCK": "no"}, 200, fromHome, "INTERNAL_ERROR", ""},
		"the other fails":              {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 200, fmt.Sprintf(failed, "ENDPOINT_UNREACHABLE"), "ENDPOINT_UNREACHABLE", "POST " + ownAlexa},
		"the other would unlink":       {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 200, fmt.Sprintf(failed, "INVALID_AUTHORIZATION_CREDENTIAL"), "BRIDGE_UNREACHABLE", "POST " + ownAlexa},
		"the other knows no more":      {"", "Alexa.KeypadController.SendKeystroke", "switch.a", nil, 200, strings.Replace(fmt.Sprintf(failed, "INTERNAL_ERROR"), `"no"`, `""`, 1), "INVALID_DIRECTIVE", "POST " + ownAlexa},
		"the other quotes a header":    {"", "Alexa.KeypadController.SendKeystroke", "switch.a", nil, 200, strings.Replace(fmt.Sprintf(failed, "INTERNAL_ERROR"), `"no"`, `"not Bearer canary-of-alexa"`, 1), "INTERNAL_ERROR", "POST " + ownAlexa},
		"the other tried":              {"", "Alexa.KeypadController.SendKeystroke", "switch.a", nil, 200, fmt.Sprintf(failed, "INTERNAL_ERROR"), "INTERNAL_ERROR", "POST " + ownAlexa},
		"the other breaks":             {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 500, "", "INTERNAL_ERROR", "POST " + ownAlexa},
		"the other says nothing":       {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 200, "", "ENDPOINT_UNREACHABLE", "POST " + ownAlexa},
		"the other says another thing": {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 200, "{}", "BRIDGE_UNREACHABLE", "POST " + ownAlexa},
		"a way to sign in":             {"plan", "Alexa.PowerController.TurnOn", "switch.a", nil, 302, "", "BRIDGE_UNREACHABLE", "POST " + ownAlexa},
	} {
		t.Run(name, func(t *testing.T) {
			var asked []string
			home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.Method+" "+r.URL.Path)
				body, _ := io.ReadAll(r.Body)
				switch {
				case r.Header.Get("Authorization") != "Bearer t":
					t.Errorf("the token is %q", r.Header.Get("Authorization"))
				case strings.HasPrefix(r.URL.Path, "/api/services/"):
					_, _ = w.Write([]byte(`[{"entity_id":"switch.a","state":"on","attributes":{}}]`))
				case r.URL.Path != ownAlexa:
					_, _ = w.Write([]byte(`{"entity_id":"switch.a","state":"on","attributes":{}}`))
				case !bytes.Contains(body, []byte(`"correlationToken":"c"`)) || !bytes.HasPrefix(body, []byte(`{"directive":{`)):
					t.Errorf("handed on was %s", body)
				default:
					w.WriteHeader(c.status)
					_, _ = w.Write([]byte(c.answer))
				}
			})
			env := map[string]string{"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t"}
			for name, value := range c.env {
				env[name] = value
			}
			f := by(env)
			if s := f.service(t.Context()); c.breaks != "" {
				s.catalog, s.all = breaking(c.breaks), breaking(c.breaks)
			}
			dot := strings.LastIndexByte(c.directive, '.')
			raw, err := f.Invoke(t.Context(), fmt.Appendf(nil, `{"directive":{"header":{"namespace":%q,"name":%q,"payloadVersion":"3","messageId":"1","correlationToken":"c"},
				"endpoint":{"endpointId":%q,"scope":{"type":"BearerToken","token":"canary-of-alexa"}},"payload":{}}}`,
				c.directive[:dot], c.directive[dot+1:], strings.Replace(c.entity, ".", "#", 1)))
			var answer alexa.Answer
			if err == nil {
				err = json.Unmarshal(raw, &answer)
			}
			if err != nil {
				t.Fatal(err)
			}
			got := answer.Event.Header.Name
			if payload, ok := answer.Event.Payload.(map[string]any); ok && payload["type"] != nil {
				got = fmt.Sprint(payload["type"])
			}
			if got != c.want || strings.Join(asked, ", ") != c.asked || bytes.Contains(raw, []byte("canary")) {
				t.Errorf("%s after %q, want %s after %q: %s", got, asked, c.want, c.asked, raw)
			}
			if slices.Equal(asked, []string{"POST " + ownAlexa}) && c.want == "Response" && len(answer.Context.Properties) != 1 {
				t.Errorf("the properties are lost: %s", raw)
			}
		})
	}
}

// TestDiscoverBreaks: a discovery that panics finds nothing, and nobody else is asked
// who would know nothing of the filter.
func TestDiscoverBreaks(t *testing.T) {
	home := newHome(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/config":
			_, _ = w.Write([]byte(`{"version":"2026.11.0"}`))
		case "/api/states":
			_, _ = w.Write([]byte(house))
		default:
			t.Errorf("asked for %s", r.URL.Path)
		}
	})
	f := by(map[string]string{"HOME_ASSISTANT_URL": home, "HOME_ASSISTANT_TOKEN": "t"})
	f.service(t.Context()).catalog = nil
	raw, err := f.Invoke(t.Context(), []byte(`{"directive":{"header":{"namespace":"Alexa.Discovery","name":"Discover","payloadVersion":"3","messageId":"1"},"payload":{}}}`))
	if err != nil || !bytes.Contains(raw, []byte(`"Discover.Response"`)) || !bytes.Contains(raw, []byte(`"endpoints":[]`)) {
		t.Errorf("answered %s, %v", raw, err)
	}
}
