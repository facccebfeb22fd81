package capability

import (
	"math"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func humidifiers() Kind {
	return Kind{
		Domain:   "humidifier",
		Category: is(alexa.CategoryOther),
		Interfaces: []Interface{
			power(switching{domain: "humidifier", on: "turn_on", off: "turn_off", keeps: true}), humidifierMode().face(), targetHumidity().face(),
			humiditySensor(currentHumidity, nil), health(),
		},
	}
}

func humidifierMode() moded {
	return moded{
		instance: "humidifier.mode",
		prefix:   "mode",
		supports: func(v View) bool { return v.State.Has(home.HumidifierModes) },
		names:    []phrase{assetMode},
		listed:   home.AttrAvailableModes,
		read:     func(s home.State) string { return s.Text(home.AttrMode) },
		// Home Assistant hands any mode on to the device.
		setReads: true,
		set: func(r Request, mode string) (action.Plan, error) {
			return action.Plan{
				Call:  home.CallOn(r.ID(), "humidifier", "set_mode", home.Field{Name: "mode", Value: home.Text(mode)}),
				Wants: []action.Want{action.TextIs(home.AttrMode, mode)},
			}, nil
		},
	}
}

func targetHumidity() ranged {
	return ranged{
		instance: "humidifier.humidity",
		names:    []phrase{wordHumidity, wordPercentage, wordTargetHumidity},
		span:     humiditySpan,
		semantics: func(s home.State) *alexa.Semantics {
			span, _ := humiditySpan(s)
			return &alexa.Semantics{ActionMappings: []alexa.ActionMapping{
				alexa.Does("SetRangeValue", map[string]float64{"rangeValue": span.Minimum}, "Lower"),
				alexa.Does("SetRangeValue", map[string]float64{"rangeValue": span.Maximum}, "Raise"),
			}}
		},
		// A humidifier that is off need not say what it is set to.
		read: func(s home.State) (float64, bool) { return s.Number(home.AttrHumidity) },
		set: func(r Request, percent float64) (action.Plan, error) {
			percent = math.Round(percent) // the service takes whole numbers
			target := action.NumberIs(home.AttrHumidity, percent, 1)
			target.Step, target.Given = home.AttrTargetHumidityStep, home.AttrHumidity
			target.Least, target.Most = home.AttrMinHumidity, home.AttrMaxHumidity
			return action.Plan{
				Call:  home.CallOn(r.ID(), "humidifier", "set_humidity", home.Field{Name: "humidity", Value: home.Number(percent)}),
				Wants: []action.Want{target},
			}, nil
		},
		notch: func(s home.State) float64 {
			if step, ok := s.Number(home.AttrTargetHumidityStep); ok && step > 0 {
				return step
			}
			return 5
		},
	}
}

func humiditySpan(s home.State) (alexa.Range, bool) {
	least, ok := s.Number(home.AttrMinHumidity)
	most, okToo := s.Number(home.AttrMaxHumidity)
	return alexa.Range{Minimum: least, Maximum: most, Precision: 1}, ok && okToo && least < most
}
