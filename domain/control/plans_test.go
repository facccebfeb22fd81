package control_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/control"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// oneDevice is a home with one device that takes some services and refuses all
// others.
type oneDevice struct {
	ports.Home
	ports.House
	state home.State
	// takes are the states that services lead to; "" for no change.
	takes map[string]string
	// refusal is what becomes of other services.
	refusal fault.Kind
	// failsAfter is how many calls are taken before the device gives up; 0 for
	// all.
	failsAfter int
	// hangs says that a call is not answered before it is given up.
	hangs bool
	// begins says that a call that is refused has had an effect all the same.
	begins bool
	// forgets says that it has no attributes any more after a call.
	forgets bool

	calls []string
	reads int
}

func (d *oneDevice) State(context.Context, home.EntityID) (home.State, error) {
	d.reads++
	return d.state, nil
}

func (d *oneDevice) States(context.Context) ([]home.State, error) { return []home.State{d.state}, nil }

func (d *oneDevice) Config(context.Context) (home.Config, error) {
	return home.Config{Temperature: home.Celsius}, nil
}

func (d *oneDevice) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	d.calls = append(d.calls, call.Name())
	if d.hangs {
		<-ctx.Done()
		return nil, fault.New(fault.Unanswered, "The home did not answer.")
	}
	leadsTo, takes := d.takes[call.Name()]
	switch {
	case !takes:
		if d.begins {
			d.state.Updated = d.state.Updated.Add(time.Second)
		}
		return nil, fault.New(d.refusal, "The device declines.")
	case d.failsAfter > 0 && len(d.calls) > d.failsAfter:
		return nil, fault.New(fault.Failed, "The device gave up.")
	case leadsTo == "":
		return []home.State{d.state}, nil
	}
	d.state.Value = leadsTo
	if d.forgets {
		d.state.Attributes = nil
	}
	return []home.State{d.state}, nil
}

var (
	_ ports.Home  = (*oneDevice)(nil)
	_ ports.House = (*oneDevice)(nil)
)

// TestPlans carries out plans that are more than one call that does it.
func TestPlans(t *testing.T) {
	t.Parallel()
	features := func(f home.Feature) home.Field {
		return home.Field{Name: home.AttrSupportedFeatures, Value: home.Number(float64(f))}
	}
	stepper := home.State{ID: "media_player.amplifier", Value: home.On, Attributes: home.Fields{features(home.MediaVolumeStep)}}
	sonos := home.State{ID: "media_player.sonos", Value: "playing", Attributes: home.Fields{features(home.MediaPlay | home.MediaStop)}}
	panel := home.State{ID: "alarm_control_panel.house", Value: "disarmed", Attributes: home.Fields{
		{Name: home.AttrCodeFormat, Value: home.Text("number")},
	}}
	armed := panel
	armed.Value = "armed_home"
	thermostat := home.State{ID: "climate.hall", Value: "heat", Attributes: home.Fields{
		{Name: home.AttrHVACModes, Value: home.Texts("heat", "auto")},
	}}

	script := home.State{ID: "script.bedtime", Value: home.Off, Updated: time.Date(1999, 11, 23, 2, 0, 0, 0, time.UTC)}
	running := script
	running.Value = home.On

	for name, c := range map[string]struct {
		device    oneDevice
		directive string
		instance  string
		payload   string
		calls     []string
		reads     int
		// tells is a property of the answer, fails the error's type instead.
		tells string
		value any
		fails alexa.ErrorType
	}{
		"several steps": {
			device:    oneDevice{state: stepper, takes: map[string]string{"media_player.volume_up": ""}},
			directive: "Alexa.StepSpeaker.AdjustVolume", payload: `{"volumeSteps":3}`,
			calls: []string{"media_player.volume_up", "media_player.volume_up", "media_player.volume_up"},
			tells: "powerState", value: "ON",
		},
		"several steps, the second of which fails": {
			device:    oneDevice{state: stepper, takes: map[string]string{"media_player.volume_up": ""}, failsAfter: 1},
			directive: "Alexa.StepSpeaker.AdjustVolume", payload: `{"volumeSteps":3}`,
			calls: []string{"media_player.volume_up", "media_player.volume_up"},
			fails: alexa.InternalError,
		},
		"off for a player that can only stop": {
			device:    oneDevice{state: sonos, takes: map[string]string{"media_player.media_stop": "idle"}, refusal: fault.Unsupported},
			directive: "Alexa.PowerController.TurnOff", payload: `{}`,
			calls: []string{"media_player.turn_off", "media_player.media_stop"},
			tells: "powerState", value: "OFF",
		},
		"a player that can do nothing when it has stopped": {
			device:    oneDevice{state: sonos, takes: map[string]string{"media_player.media_stop": "off"}, forgets: true},
			directive: "Alexa.PlaybackController.Stop", payload: `{}`,
			calls: []string{"media_player.media_stop"},
			tells: "powerState", value: "OFF",
		},
		"a lamp that cannot be dimmed and takes the service all the same": {
			device:    oneDevice{state: home.State{ID: "light.plain", Value: home.On}, takes: map[string]string{"light.turn_on": ""}},
			directive: "Alexa.BrightnessController.SetBrightness", payload: `{"brightness":50}`,
			calls: []string{"light.turn_on"}, reads: 4,
			fails: alexa.InvalidDirective,
		},
		"a group of covers, which takes the service and does nothing": {
			device:    oneDevice{state: home.State{ID: "group.blinds", Value: "open"}, takes: map[string]string{"homeassistant.turn_off": ""}},
			directive: "Alexa.PowerController.TurnOff", payload: `{}`,
			calls: []string{"homeassistant.turn_off"}, reads: 4,
			fails: alexa.InvalidDirective,
		},
		"a value that is refused by a device which does not tell that value": {
			device:    oneDevice{state: home.State{ID: "humidifier.old", Value: home.On}, refusal: fault.Refused},
			directive: "Alexa.RangeController.SetRangeValue", instance: "humidifier.humidity", payload: `{"rangeValue":-1}`,
			calls: []string{"humidifier.set_humidity"}, reads: 1,
			fails: alexa.InvalidValue,
		},
		"a number beyond the end at which it is": {
			device: oneDevice{state: home.State{ID: "number.tank", Value: "500", Attributes: home.Fields{
				{Name: home.AttrMin, Value: home.Number(0)}, {Name: home.AttrMax, Value: home.Number(500)}, {Name: home.AttrStep, Value: home.Number(10)},
			}}, refusal: fault.Refused},
			directive: "Alexa.RangeController.SetRangeValue", instance: "number.value", payload: `{"rangeValue":510}`,
			calls: []string{"number.set_value"}, reads: 1,
			fails: alexa.ValueOutOfRange,
		},
		"a script that ends": {
			device:    oneDevice{state: script, takes: map[string]string{"script.bedtime": home.Off}},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime"}, reads: 1,
		},
		"a script that runs on": {
			device:    oneDevice{state: running, hangs: true},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime"}, reads: 2,
		},
		"a script that does not begin": {
			device:    oneDevice{state: script, hangs: true},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime"}, reads: 12,
			fails: alexa.EndpointUnreachable,
		},
		"a script that raises": {
			device:    oneDevice{state: script, refusal: fault.Failed, begins: true},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime"}, reads: 1,
			fails: alexa.InternalError,
		},
		"a script of which a step is refused": {
			device:    oneDevice{state: script, refusal: fault.Refused, begins: true},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime"}, reads: 2,
			fails: alexa.InvalidValue,
		},
		"a script of which a step is no service": {
			device:    oneDevice{state: script, refusal: fault.Unsupported, begins: true},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime"}, reads: 2,
			fails: alexa.InternalError,
		},
		"a script that was renamed, and has no service of its new name": {
			device:    oneDevice{state: script, takes: map[string]string{"script.turn_on": home.On}, refusal: fault.Unsupported},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime", "script.turn_on"}, reads: 2,
		},
		"a script of which the home does not say when it changed": {
			device:    oneDevice{state: home.State{ID: "script.bedtime", Value: home.Off}, refusal: fault.Unsupported},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.bedtime"}, reads: 2,
			fails: alexa.InternalError,
		},
		"a script that was renamed to a service of all scripts": {
			device:    oneDevice{state: home.State{ID: "script.reload", Value: home.Off}, takes: map[string]string{"script.turn_on": home.On}},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			calls: []string{"script.turn_on"}, reads: 1,
		},
		"a script that cannot be run": {
			device:    oneDevice{state: home.State{ID: "script.bedtime", Value: home.Unavailable}},
			directive: "Alexa.SceneController.Activate", payload: `{}`,
			reads: 1,
			fails: alexa.EndpointUnreachable,
		},
		"a lock that takes the service and does nothing": {
			device:    oneDevice{state: home.State{ID: "lock.door", Value: "locked"}, takes: map[string]string{"lock.unlock": ""}},
			directive: "Alexa.LockController.Unlock", payload: `{}`,
			calls: []string{"lock.unlock"}, reads: 12,
			fails: alexa.EndpointUnreachable,
		},
		"a lock that jams": {
			device:    oneDevice{state: home.State{ID: "lock.door", Value: "unlocked"}, takes: map[string]string{"lock.lock": "jammed"}},
			directive: "Alexa.LockController.Lock", payload: `{}`,
			calls: []string{"lock.lock"}, reads: 4,
			tells: "lockState", value: "JAMMED",
		},
		"a panel that takes the service and does nothing": {
			device:    oneDevice{state: armed, takes: map[string]string{"alarm_control_panel.alarm_disarm": ""}},
			directive: "Alexa.SecurityPanelController.Disarm", payload: `{}`,
			calls: []string{"alarm_control_panel.alarm_disarm"}, reads: 12,
			fails: alexa.EndpointUnreachable,
		},
		"a panel that refuses to be what it is": {
			device:    oneDevice{state: panel, refusal: fault.Refused},
			directive: "Alexa.SecurityPanelController.Disarm", payload: `{}`,
			calls: []string{"alarm_control_panel.alarm_disarm"}, reads: 1,
			tells: "armState", value: "DISARMED",
		},
		"a panel that refuses a PIN": {
			device:    oneDevice{state: armed, refusal: fault.Refused},
			directive: "Alexa.SecurityPanelController.Disarm", payload: `{"authorization":{"type":"FOUR_DIGIT_PIN","value":"1111"}}`,
			calls: []string{"alarm_control_panel.alarm_disarm"}, reads: 1,
			fails: alexa.Unauthorized,
		},
		"a mode that the state must tell": {
			device:    oneDevice{state: thermostat, takes: map[string]string{"climate.set_hvac_mode": "auto"}},
			directive: "Alexa.ThermostatController.SetThermostatMode", payload: `{"thermostatMode":{"value":"AUTO"}}`,
			calls: []string{"climate.set_hvac_mode"}, reads: 1,
			tells: "thermostatMode", value: "AUTO",
		},
		"a mode that is the same everywhere": {
			device:    oneDevice{state: thermostat, takes: map[string]string{"climate.set_hvac_mode": "heat"}},
			directive: "Alexa.ThermostatController.SetThermostatMode", payload: `{"thermostatMode":{"value":"HEAT"}}`,
			calls: []string{"climate.set_hvac_mode"},
			tells: "thermostatMode", value: "HEAT",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				device := c.device
				service := control.New(&device, &device, capability.NewCatalog(capability.Kinds()),
					ports.WallClock{}, action.DefaultPatience(), capability.House{})
				key := keyOf(t, c.directive)
				ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
				defer cancel()
				answer, err := service.Handle(ctx, alexa.Directive{
					Header:   alexa.Header{Namespace: key.Namespace, Name: key.Name, Instance: c.instance, MessageID: "1", PayloadVersion: "3"},
					Endpoint: alexa.EndpointRef{EndpointID: capability.EndpointID(device.state.ID)},
					Payload:  json.RawMessage(c.payload),
				})
				cancel()
				synctest.Wait() // for a call that never came back
				if !slices.Equal(device.calls, c.calls) || device.reads != c.reads {
					t.Errorf("the home was called %v and read %d times, should be %v and %d", device.calls, device.reads, c.calls, c.reads)
				}
				if c.fails != "" {
					if err == nil || alexa.ErrorOf(err).Type != c.fails {
						t.Errorf("the error is %v, should be %s", err, c.fails)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range answer.Context.Properties {
					if p.Name == c.tells && (p.Value != c.value || p.UncertaintyInMilliseconds != 0) {
						t.Errorf("the answer tells %s = %v ± %d ms, should be %v for certain", p.Name, p.Value, p.UncertaintyInMilliseconds, c.value)
					}
				}
				if c.tells != "" && !slices.ContainsFunc(answer.Context.Properties, func(p alexa.Property) bool { return p.Name == c.tells }) {
					t.Errorf("the answer does not tell %s: %v", c.tells, answer.Context.Properties)
				}
			})
		})
	}
}

func keyOf(t *testing.T, directive string) alexa.Key {
	t.Helper()
	for _, key := range capability.NewCatalog(capability.Kinds()).Directives() {
		if key.String() == directive {
			return key
		}
	}
	t.Fatalf("there is no directive %s", directive)
	return alexa.Key{}
}
