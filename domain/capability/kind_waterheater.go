package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func waterHeaters() Kind {
	onOff := switching{
		domain: "water_heater", on: "turn_on", off: "turn_off",
		isOn:     isNotOff,
		keeps:    true,
		wantOn:   []action.Want{action.StateIs(home.On, "eco", "electric", "gas", "heat_pump", "high_demand", "performance")},
		supports: func(v View) bool { return v.State.Has(home.WaterHeaterOnOff) },
	}
	regulated := func(v View) bool {
		return v.State.Has(home.WaterHeaterTargetTemperature) || v.State.Has(home.WaterHeaterOperationMode)
	}
	return Kind{
		Domain:   "water_heater",
		Category: is(alexa.CategoryWaterHeater),
		Interfaces: []Interface{
			power(onOff),
			thermostat(regulation{
				domain:    "water_heater",
				supports:  regulated,
				single:    home.WaterHeaterTargetTemperature,
				unchecked: true,
				mode:      heaterMode,
				modes:     heaterModes,
				setMode:   setHeaterMode(onOff),
			}),
			temperatureSensor(thermometer{regulated, currentTemperature}),
			operationMode().face(),
			health(),
		},
		Units: true,
	}
}

// operationMode is what a water heater runs on.
func operationMode() moded {
	return moded{
		instance: "water_heater.operation_mode",
		prefix:   "operation_mode",
		supports: func(v View) bool { return v.State.Has(home.WaterHeaterOperationMode) },
		names:    []phrase{assetMode},
		listed:   home.AttrOperationList,
		read:     func(s home.State) string { return s.Text(home.AttrOperationMode) },
		set: func(r Request, mode string) (action.Plan, error) {
			return action.Plan{
				Call:  home.CallOn(r.ID(), "water_heater", "set_operation_mode", home.Field{Name: "operation_mode", Value: home.Text(mode)}),
				Wants: []action.Want{action.StateIs(mode), action.TextIs(home.AttrOperationMode, mode)},
			}, nil
		},
	}
}
