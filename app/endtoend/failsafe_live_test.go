//go:build live

package endtoend

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// TestFailsafeDirectivesLive has every directive carried out in a real Home Assistant by
// the failsafe.
func TestFailsafeDirectivesLive(t *testing.T) {
	h := newReal(t)
	f := start(t, h, failsafe)
	all := cases(t)
	for _, file := range slices.Sorted(maps.Keys(all)) {
		t.Run(file, func(t *testing.T) {
			for _, c := range all[file] {
				t.Run(c.Name, func(t *testing.T) {
					switch {
					case c.Only == "demo":
						t.Skip("a case of the demo house alone")
					case slices.Contains(late, c.Name), c.Name == "a script that takes its time": // it is waited for
						c.House, c.Assumed = nil, true
					}
					c.Requests = nil // it asks for the state each time
					c.run(t, f, h)
				})
			}
		})
	}
}

// TestFailsafeHandsOnLive: what LEE has no translation for is answered by Home
// Assistant's own integration, without the token that it repeats; where there is no such
// integration, by the right error.
func TestFailsafeHandsOnLive(t *testing.T) {
	const session, camera = "Alexa.RTCSessionController.SessionConnected", "camera#demo_camera"
	say := func(h *home) (a answer) {
		t.Helper()
		// What f.ask does besides is not looked at here: the failsafe only hands it on.
		message := directive{name: session, endpoint: camera, payload: map[string]any{"sessionId": "one"}}.message()
		a.raw = start(t, h, failsafe).invoke(t, marshal(map[string]any{"directive": message})).Payload
		if err := json.Unmarshal(a.raw, &a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := say(newReal(t)); a.event() != session || strings.Contains(string(a.raw), accountCanary) {
		t.Errorf("answered %s", a.raw)
	}
	if a := say(newDemo(t, demohome.Options{})); a.Event.Payload.Type != alexa.InvalidDirective {
		t.Errorf("without the integration answered %s", a.raw)
	}
}

// TestFailsafeParametersLive: the failsafe takes its settings from a Parameter Store of
// another's making, by one signed request, which is repeated until it is answered.
func TestFailsafeParametersLive(t *testing.T) {
	h := newReal(t)
	p := newParameterStore(t)
	p.leadTo(t, h)
	p.put(t, "homeassistant/voice_unlock", "false")
	p.env["LAMBDA_MODE"] = "failsafe"
	p.throttles.Store(true)
	f := start(t, nil, p.env, inRegion)
	f.secrets = append(f.secrets, h.token)
	turnOn := func() answer {
		h.call(t, "light.turn_off", map[string]any{"entity_id": "light.kitchen_lights"})
		return f.say(t, "Alexa.PowerController.TurnOn", "light#kitchen_lights")
	}
	if a := turnOn(); a.Event.Payload.Type != alexa.BridgeUnreachable {
		t.Errorf("while it throttles answered %s", a.raw)
	}
	if found := f.say(t, "Alexa.Discovery.Discover", ""); found.event() != "Alexa.Discovery.Discover.Response" || len(found.Event.Payload.Endpoints) != 0 {
		t.Errorf("while it throttles discovery was answered %.300s", found.raw)
	}
	p.throttles.Store(false)
	before := p.requests.Load()
	for range 3 {
		if a := turnOn(); a.event() != "Alexa.Response" || h.state(t, "light.kitchen_lights").State != "on" {
			t.Errorf("answered %s", a.raw)
		}
	}
	if n := p.requests.Load() - before; n != 1 {
		t.Errorf("the store was asked %d times", n)
	}
	if a := f.say(t, "Alexa.LockController.Unlock", "lock#kitchen_door"); a.Event.Payload.Type != alexa.CloudControlDisabled {
		t.Errorf("unlocking was answered %s", a.raw)
	}
	if found := f.say(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints; len(found) < 50 {
		t.Errorf("discovery finds %d endpoints", len(found))
	}
}
