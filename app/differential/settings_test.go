//go:build live

package differential

import (
	"fmt"
	"strings"
)

// otherwise are the ordinary directives by which an endpoint is brought from the
// state in which it was found into others, from which directives are sent too.
// The first of an interface is also what gives a state to what has none yet.
var otherwise = []struct {
	face string
	message
}{
	{"Alexa.PowerController", message{name: "Alexa.PowerController.TurnOn"}},
	{"Alexa.PowerController", message{name: "Alexa.PowerController.TurnOff"}},
	{"Alexa.LockController", message{name: "Alexa.LockController.Lock"}},
	{"Alexa.LockController", message{name: "Alexa.LockController.Unlock"}},
	{"Alexa.SceneController", message{name: "Alexa.SceneController.Activate"}},
	{"Alexa.SecurityPanelController", message{name: "Alexa.SecurityPanelController.Arm", payload: members{"armState": "ARMED_STAY"}}},
	{"Alexa.SecurityPanelController", message{name: "Alexa.SecurityPanelController.Arm", payload: members{"armState": "ARMED_AWAY"}}},
	{"Alexa.ThermostatController", message{name: "Alexa.ThermostatController.SetThermostatMode", payload: members{"thermostatMode": members{"value": "HEAT"}}}},
	{"Alexa.ThermostatController", message{name: "Alexa.ThermostatController.SetThermostatMode", payload: members{"thermostatMode": members{"value": "AUTO"}}}},
	{"Alexa.PlaybackController", message{name: "Alexa.PlaybackController.Pause"}},
	{"Alexa.TimeHoldController", message{name: "Alexa.TimeHoldController.Resume"}},
}

// settings returns the settings from which an endpoint is sent directives. The
// first is the house as it was found, or with the endpoint turned on.
func (w *worker) settings(id string) ([]setting, error) {
	var all []setting
	add := func(name string) error {
		for i := range all {
			if all[i].states[entityOf(id)].same(w.of(entityOf(id))) {
				return nil
			}
		}
		s, err := w.remember(name, w.ids)
		all = append(all, s)
		return err
	}
	entity := entityOf(id)
	if !strings.HasPrefix(entity, "scene.") && w.of(entity).Value != "off" && w.of(entity).Value != "unknown" {
		if err := add("as found"); err != nil {
			return nil, err
		}
	}
	for _, other := range otherwise {
		m := other.message
		m.endpoint = id
		if !w.has(id, other.face) || w.of(entity).Value == "unavailable" {
			continue
		}
		if len(all) > 0 {
			if err := w.restore(all[0]); err != nil {
				return nil, fmt.Errorf("cannot be brought back: %w", err)
			}
		}
		if _, err := w.own(m); err != nil {
			return nil, err
		}
		if err := w.settle(w.ids, w.lateness(entity), true); err != nil {
			return nil, err
		}
		_, name := cut(m.name)
		if err := add(strings.TrimSuffix(name+" "+m.said(), " {}")); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return all, add("as found")
	}
	return all, nil
}

// has says whether Home Assistant's own or, failing that, LEE has the interface
// on an endpoint.
func (w *worker) has(id, face string) bool {
	for _, c := range joined(w.theirs[id], w.ours[id]) {
		if c.Interface == face {
			return true
		}
	}
	return false
}

func entityOf(endpoint string) string { return strings.Replace(endpoint, "#", ".", 1) }
