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

// climatePower turns a climate device that cannot be turned off into the mode
// off, where it has that.
func climatePower() Interface {
	i := power(switching{
		domain: "climate", on: "turn_on", off: "turn_off",
		isOn:   isNotOff,
		wantOn: []action.Want{action.StateIs(home.On, "heat_cool", "heat", "cool", "auto", "dry", "fan_only")},
		supports: func(v View) bool {
			return v.State.Has(home.ClimateTurnOn) || v.State.Has(home.ClimateTurnOff) ||
				slices.Contains(v.State.Texts(home.AttrHVACModes), home.Off)
		},
	})
	turnOff := i.Directives["TurnOff"].Plan
	i.Directives["TurnOff"] = Action{Plan: func(r Request) (action.Plan, error) {
		plan, err := turnOff(r)
		mode := home.CallOn(r.ID(), "climate", "set_hvac_mode", home.Field{Name: "hvac_mode", Value: home.Text(home.Off)})
		plan.Instead = &mode
		return plan, err
	}}
	return i
}

// isNotOff says that an entity is on: its state says how.
func isNotOff(s home.State) bool { return s.Value != home.Off }

// currentTemperature returns the temperature that climate devices and water
// heaters measure.
func currentTemperature(v View) (alexa.Temperature, bool) {
	return attributeTemperature(v, home.AttrCurrentTemperature)
}
