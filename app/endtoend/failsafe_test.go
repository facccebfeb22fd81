package endtoend

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

var failsafe = map[string]string{"LAMBDA_MODE": "failsafe"}

// TestFailsafe: what must work when everything else is broken, with the state
// read back from the house.
func TestFailsafe(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	f := start(t, h, failsafe)
	for _, c := range []testCase{
		{Name: "on", Say: "Alexa.PowerController.TurnOn", To: "light.porch_light",
			Answer: map[string]any{"Alexa.PowerController.powerState": "ON"}, House: map[string]shown{"light.porch_light": {"on", nil}}},
		{Name: "off", Say: "Alexa.PowerController.TurnOff", To: "light.porch_light",
			Answer: map[string]any{"Alexa.PowerController.powerState": "OFF"}, House: map[string]shown{"light.porch_light": {"off", nil}}},
		{Name: "off already", Say: "Alexa.PowerController.TurnOff", To: "light.porch_light",
			Answer: map[string]any{"Alexa.PowerController.powerState": "OFF"}, House: map[string]shown{"light.porch_light": {"off", nil}}},
		{Name: "a switch", Say: "Alexa.PowerController.TurnOn", To: "switch.ac",
			Answer: map[string]any{"Alexa.PowerController.powerState": "ON"}, House: map[string]shown{"switch.ac": {"on", nil}}},
		{Name: "a group", Say: "Alexa.PowerController.TurnOff", To: "group.downstairs_lights",
			House: map[string]shown{"light.kitchen_lights": {"off", nil}, "light.ceiling_lights": {"off", nil}}},
		{Name: "brightness", Say: "Alexa.BrightnessController.SetBrightness", To: "light.kitchen_lights", Payload: []byte(`{"brightness":40}`),
			Answer: map[string]any{"Alexa.BrightnessController.brightness": 40.0}, House: map[string]shown{"light.kitchen_lights": {"on", map[string]any{"brightness": 102.0}}}},
		{Name: "brighter", Say: "Alexa.BrightnessController.AdjustBrightness", To: "light.kitchen_lights", Payload: []byte(`{"brightnessDelta":20}`),
			Answer: map[string]any{"Alexa.BrightnessController.brightness": 60.0}, House: map[string]shown{"light.kitchen_lights": {"on", map[string]any{"brightness": 153.0}}}},
		{Name: "lock", Say: "Alexa.LockController.Lock", To: "lock.kitchen_door",
			Answer: map[string]any{"Alexa.LockController.lockState": "LOCKED"}, House: map[string]shown{"lock.kitchen_door": {"locked", nil}}},
		{Name: "unlock", Say: "Alexa.LockController.Unlock", To: "lock.kitchen_door",
			Answer: map[string]any{"Alexa.LockController.lockState": "UNLOCKED"}, House: map[string]shown{"lock.kitchen_door": {"unlocked", nil}}},
		{Name: "a bolt that jams", Say: "Alexa.LockController.Lock", To: "lock.poorly_installed_door",
			Answer: map[string]any{"Alexa.LockController.lockState": "JAMMED"}},
		{Name: "a scene", Say: "Alexa.SceneController.Activate", To: "scene.movie", Event: "Alexa.SceneController.ActivationStarted",
			House: map[string]shown{"light.kitchen_lights": {"on", map[string]any{"brightness": 60.0}}, "light.ceiling_lights": {"off", nil}}},
		{Name: "out of reach", Say: "Alexa.PowerController.TurnOn", To: "light.attic_light", Error: map[string]any{"type": "ENDPOINT_UNREACHABLE"}},
		{Name: "gone", Say: "Alexa.PowerController.TurnOn", To: "light.nowhere", Error: map[string]any{"type": "NO_SUCH_ENDPOINT"}},
		{Name: "out of range", Say: "Alexa.BrightnessController.SetBrightness", To: "light.kitchen_lights", Payload: []byte(`{"brightness":101}`),
			Error: map[string]any{"type": "VALUE_OUT_OF_RANGE", "validRange": map[string]any{"minimumValue": 0.0, "maximumValue": 100.0}}},
		{Name: "unknown", Say: "Alexa.PowerController.Explode", To: "light.kitchen_lights", Error: map[string]any{"type": "INVALID_DIRECTIVE"}},
	} {
		t.Run(c.Name, func(t *testing.T) { c.run(t, f, h) })
	}
	f.output.wait(t, "[FAILSAFE] Mode active")
	if a := f.say(t, "Alexa.Authorization.AcceptGrant", ""); a.Event.Header.Name != "AcceptGrant.Response" {
		t.Errorf("a grant was answered %s", a.raw)
	}
}

// late are the cases of lamps that report late: the failsafe does not wait for them and
// takes the house at its word.
var late = []string{"a lamp that reports late", "brightness of a lamp that reports late"}

// TestFailsafeDirectives has every directive carried out by the failsafe too, with the
// same answers.
func TestFailsafeDirectives(t *testing.T) {
	t.Parallel()
	h := newDemoWithRadio(t)
	f := start(t, h, failsafe)
	eachCase(t, func(t *testing.T, c testCase) {
		c.Requests = nil // TestConformance of cmd/failsafe compares them, from the first directive on
		if slices.Contains(late, c.Name) {
			c.House, c.Assumed = nil, true
		}
		c.run(t, f, h)
	})
}

// unseen are what the engine leaves out for what the home's registry says of it,
// which the failsafe does not read: hidden things, and those of a category.
var unseen = []string{"sensor#outside_temperature_battery", "switch#coffee_machine_descaling", "vacuum#demo_vacuum_2_second_floor"}

// withheld says whether an endpoint is one through which somebody could come in.
// The failsafe does not offer those again, since it cannot see whether it should;
// Alexa keeps those that it knows, and they work.
func withheld(id string) bool {
	return strings.HasPrefix(id, "lock#") || strings.HasPrefix(id, "alarm_control_panel#") ||
		slices.Contains([]string{"cover#driveway_gate", "cover#garage_door"}, id)
}

// TestFailsafeSeesTheSame: in the failsafe Alexa sees the devices that it knows,
// as it knows them.
func TestFailsafeSeesTheSame(t *testing.T) {
	t.Parallel()
	h := newDemo(t, demohome.Options{})
	seen := func(f *function) map[string]string {
		all := map[string]string{}
		for _, e := range f.say(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints {
			about := e.FriendlyName
			for _, c := range e.Capabilities {
				about += ", " + string(c.Interface) + c.Instance
			}
			all[e.EndpointID] = about
		}
		return all
	}
	whole, small := seen(start(t, h, nil)), seen(start(t, h, failsafe))
	if len(whole) == 0 {
		t.Error("the engine finds nothing")
	}
	for id, about := range whole {
		if _, offered := small[id]; !offered && withheld(id) {
			continue
		}
		// Nobody tells the failsafe with which integrations that is a hazard.
		about = strings.Replace(about, ", "+string(alexa.EqualizerController), "", 1)
		if small[id] != about {
			t.Errorf("%s is %s, and in the failsafe %s", id, about, small[id])
		}
	}
	for id := range small {
		if _, known := whole[id]; !known && !slices.Contains(unseen, id) {
			t.Errorf("only the failsafe sees %s", id)
		}
	}
}

// TestFailsafeInTrouble: the proper error in time, and nobody is unlinked.
func TestFailsafeInTrouble(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		token string
		fault *demohome.Fault
		want  alexa.ErrorType
	}{
		{"a home that hangs", ownCanary, &demohome.Fault{On: "/api/services/", Hang: demohome.Before}, alexa.EndpointUnreachable},
		{"a home that hangs up", ownCanary, &demohome.Fault{Drop: demohome.Before}, alexa.EndpointUnreachable},
		{"a proxy that finds no home", ownCanary, &demohome.Fault{Answer: page(502)}, alexa.BridgeUnreachable},
		{"a firewall", ownCanary, &demohome.Fault{Answer: page(403)}, alexa.BridgeUnreachable},
		{"a page", ownCanary, &demohome.Fault{Answer: page(200)}, alexa.BridgeUnreachable},
		{"a way to sign in", ownCanary, &demohome.Fault{Answer: page(302, "Location", "https://login.example.org/")}, alexa.BridgeUnreachable},
		{"an exception", ownCanary, &demohome.Fault{On: "/api/services/", Answer: &demohome.Answer{Status: http.StatusInternalServerError}}, alexa.InternalError},
		{"a slow home", ownCanary, &demohome.Fault{Delay: 300 * time.Millisecond}, ""},
		{"a bad token of its own", "another", nil, alexa.BridgeUnreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newDemo(t, demohome.Options{})
			f := start(t, h, map[string]string{"LAMBDA_MODE": "failsafe", "HOME_ASSISTANT_TOKEN": c.token}, short)
			f.invoke(t, []byte(`{"test":"ping"}`))
			if c.fault != nil {
				h.demo.Inject(c.fault)
			}
			a := f.say(t, "Alexa.PowerController.TurnOn", "light#porch_light")
			if a.Event.Payload.Type != c.want {
				t.Errorf("answered %s, want %s", a.raw, c.want)
			}
			if c.fault != nil && c.fault.On != "" {
				return
			}
			found := f.say(t, "Alexa.Discovery.Discover", "")
			if empty := len(found.Event.Payload.Endpoints) == 0; found.event() != "Alexa.Discovery.Discover.Response" || empty != (c.want != "") {
				t.Errorf("discovery was answered %.300s", found.raw)
			}
		})
	}
}
