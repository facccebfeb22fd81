package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func climates() Kind {
	return Kind{
		Domain:   "climate",
		Category: is(alexa.CategoryThermostat),
		Interfaces: []Interface{
			climatePower(),
			thermostat(regulation{
				domain:  "climate",
				single:  home.ClimateTargetTemperature,
				dual:    home.ClimateTargetTemperatureRange,
				mode:    hvacMode,
				modes:   hvacModesOf,
				setMode: setHVACMode(),
			}),
			temperatureSensor(thermometer{read: currentTemperature}),
			humiditySensor(currentHumidity, nil),
			health(),
		},
		Units: true,
	}
}

// climatePower turns climate devices on and off: by their modes where they have no
// services for it.
func climatePower() Interface {
	s := switching{
		domain: "climate", on: "turn_on", off: "turn_off",
		isOn:   isNotOff,
		keeps:  true,
		wantOn: []action.Want{action.StateIs(home.On, "heat_cool", "heat", "cool", "auto", "dry", "fan_only")},
		supports: func(v View) bool {
			return v.State.Has(home.ClimateTurnOn) || v.State.Has(home.ClimateTurnOff) ||
				slices.Contains(v.State.Texts(home.AttrHVACModes), home.Off)
		},
	}
	i := power(s)
	i.Directives["TurnOn"] = Action{NeedsState: true, Plan: func(r Request) (action.Plan, error) {
		off := r.State.Value == home.Off || r.State.Value == home.Unknown
		if mode := modeForOn(r.State); off && !r.State.Has(home.ClimateTurnOn) && mode != "" {
			return action.Plan{Call: setMode(r.ID(), mode), Wants: []action.Want{action.StateIs(mode)}}, nil
		}
		return s.planOn(r)
	}}
	i.Directives["TurnOff"] = Action{Plan: func(r Request) (action.Plan, error) {
		plan := s.turnOff(r.ID())
		off := setMode(r.ID(), home.Off)
		plan.Instead = &off
		return plan, nil
	}}
	return i
}

// setMode returns the call that sets the mode of a climate device.
func setMode(id home.EntityID, mode string) home.ServiceCall {
	return home.CallOn(id, "climate", "set_hvac_mode", home.Field{Name: "hvac_mode", Value: home.Text(mode)})
}

// modeForOn returns the mode that turns a climate device on: one that heats and cools
// as needed, else the first that is not off; "" when it has none.
func modeForOn(s home.State) string {
	modes := s.Texts(home.AttrHVACModes)
	for _, mode := range []string{"heat_cool", "auto"} {
		if slices.Contains(modes, mode) {
			return mode
		}
	}
	for _, mode := range modes {
		if mode != home.Off {
			return mode
		}
	}
	return ""
}

// isNotOff says that an entity is on: its state says how.
func isNotOff(s home.State) bool { return s.Value != home.Off }

// currentTemperature returns the temperature that climate devices and water
// heaters measure.
func currentTemperature(v View) (alexa.Temperature, bool) {
	return attributeTemperature(v, home.AttrCurrentTemperature)
}
