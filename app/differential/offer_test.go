//go:build live

package differential

import (
	"encoding/json"
	"fmt"
	"slices"
)

// endpoint is an endpoint as discovery reports it.
type endpoint struct {
	EndpointID   string  `json:"endpointId"`
	Capabilities []offer `json:"capabilities"`
	// whole is the endpoint as it came.
	whole map[string]any
}

// offer is one of an endpoint's interfaces, as far as directives follow
// from it.
type offer struct {
	Interface     string `json:"interface"`
	Instance      string `json:"instance"`
	Configuration struct {
		SupportedRange struct{ MinimumValue, MaximumValue, Precision float64 }
		Presets        []struct{ RangeValue float64 }
		SupportedModes []mode
		ArmStates      []struct{ Value string } `json:"supportedArmStates"`
	}
	Configurations struct {
		Modes struct{ Supported []struct{ Name string } }
	}
	Inputs []struct{ Name string }
	// Operations are the only directives of the interface that may be sent, nil
	// for all of them.
	Operations []string `json:"supportedOperations"`
}

// mode is a mode of Alexa.ModeController, which is an object, or of
// Alexa.ThermostatController, which is a text.
type mode struct{ Value string }

func (m *mode) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &m.Value) == nil {
		return nil
	}
	type object mode
	return json.Unmarshal(raw, (*object)(m))
}

// key names the offer in its endpoint.
func (c offer) key() string {
	return message{name: c.Interface, instance: c.Instance}.directive()
}

// endpointsOf returns the endpoints in the answer to Discover, by their ids.
func endpointsOf(raw []byte) (map[string]endpoint, error) {
	var in struct {
		Event struct {
			Payload struct{ Endpoints []json.RawMessage }
		}
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return nil, err
	}
	all := map[string]endpoint{}
	for _, raw := range in.Event.Payload.Endpoints {
		var e endpoint
		if err := json.Unmarshal(raw, &e); err != nil {
			return nil, fmt.Errorf("%.200s: %w", raw, err)
		}
		if err := json.Unmarshal(raw, &e.whole); err != nil {
			return nil, err
		}
		if _, twice := all[e.EndpointID]; twice {
			return nil, fmt.Errorf("%s is there twice", e.EndpointID)
		}
		all[e.EndpointID] = e
	}
	return all, nil
}

// joined returns the capabilities of both, each once, and theirs of those that
// both have: what is said must be what Home Assistant's own says may be said.
func joined(theirs, ours endpoint) []offer {
	all := slices.Clone(theirs.Capabilities)
	for _, c := range ours.Capabilities {
		if !slices.ContainsFunc(all, func(have offer) bool { return have.key() == c.key() }) {
			all = append(all, c)
		}
	}
	return all
}
