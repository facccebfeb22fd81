package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

const (
	// kelvinStep is what "warmer" and "cooler" mean, in kelvin: the step that
	// Home Assistant's own integration takes.
	kelvinStep = 500
	// kelvinTolerance is how far a colour temperature may be off: lamps count
	// in mireds, of which one is 42 K at 6500 K.
	kelvinTolerance = 100
	// Alexa's limits (its ColorTemperatureController page), and the middle that
	// a lamp starts from which shows no white at the moment.
	leastKelvin, mostKelvin, middleKelvin = 1000, 10000, 4000
)

// colorTemperature is Alexa.ColorTemperatureController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-colortemperaturecontroller.html).
func colorTemperature() Interface {
	return Interface{
		Namespace: alexa.ColorTemperatureController,
		Supports: func(v View) bool {
			return slices.Contains(v.State.Texts(home.AttrSupportedColorModes), "color_temp")
		},
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.ColorTemperatureController, "colorTemperatureInKelvin")
		},
		Bounds: func(View) alexa.Range { return alexa.Range{Minimum: leastKelvin, Maximum: mostKelvin, Precision: 1} },
		Read: func(v View) []Reading {
			kelvin, ok := v.State.Number(home.AttrColorTempKelvin)
			if !ok {
				return nil // the lamp is off or shows a colour
			}
			return reading("colorTemperatureInKelvin", int(kelvin))
		},
		Directives: map[string]Action{
			"SetColorTemperature": {Plan: setColorTemperature},
			// Home Assistant has no relative form, so these two read first.
			"IncreaseColorTemperature": {NeedsState: true, Plan: stepColorTemperature(+kelvinStep)},
			"DecreaseColorTemperature": {NeedsState: true, Plan: stepColorTemperature(-kelvinStep)},
		},
	}
}

func setColorTemperature(r Request) (action.Plan, error) {
	kelvin, err := number(r, "colorTemperatureInKelvin", leastKelvin, mostKelvin)
	if err != nil {
		return action.Plan{}, err
	}
	return whiteOf(r.ID(), kelvin), nil
}

func stepColorTemperature(step float64) func(Request) (action.Plan, error) {
	return func(r Request) (action.Plan, error) {
		least, most := kelvinRange(r.State)
		now, ok := r.State.Number(home.AttrColorTempKelvin)
		if !ok {
			now = middleKelvin
		}
		return whiteOf(r.ID(), min(max(now+step, least), most)), nil
	}
}

func whiteOf(id home.EntityID, kelvin float64) action.Plan {
	white := action.NumberIs(home.AttrColorTempKelvin, kelvin, kelvinTolerance)
	white.Least, white.Most = home.AttrMinColorTempKelvin, home.AttrMaxColorTempKelvin
	white.Makes, white.Clears = true, []string{home.AttrHSColor}
	return action.Plan{
		Call:  home.CallOn(id, "light", "turn_on", home.Field{Name: "color_temp_kelvin", Value: home.Number(kelvin)}),
		Wants: []action.Want{action.StateIs(home.On), white},
	}
}

// kelvinRange returns what a lamp can show, in kelvin.
func kelvinRange(s home.State) (least, most float64) {
	least, ok := s.Number(home.AttrMinColorTempKelvin)
	if !ok {
		least = leastKelvin
	}
	most, ok = s.Number(home.AttrMaxColorTempKelvin)
	if !ok {
		most = mostKelvin
	}
	return least, most
}
