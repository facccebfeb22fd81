package capability

import (
	"math"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// hsb is the value of Alexa.ColorController's property: hue in degrees,
// saturation and brightness from 0 to 1.
type hsb struct {
	Hue        float64 `json:"hue"`
	Saturation float64 `json:"saturation"`
	Brightness float64 `json:"brightness"`
}

// color is Alexa.ColorController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-colorcontroller.html).
func color() Interface {
	return Interface{
		Namespace: alexa.ColorController,
		Supports:  func(v View) bool { return colourful(v.State) },
		Describe:  func(View) alexa.Capability { return alexa.NewCapability(alexa.ColorController, "color") },
		Read:      func(v View) []Reading { return reading("color", colourOf(v.State)) },
		Directives: map[string]Action{
			"SetColor": {Plan: setColor},
		},
	}
}

// setColor sets hue and saturation and leaves the brightness alone: Alexa sends
// the full brightness with every colour, and nobody who asks for a blue lamp
// asks for a brighter one.
func setColor(r Request) (action.Plan, error) {
	colour, err := member[struct{ Hue, Saturation, Brightness *float64 }](r, "color", "colour")
	if err != nil {
		return action.Plan{}, err
	}
	if colour.Hue == nil || colour.Saturation == nil {
		return action.Plan{}, fault.New(fault.Invalid, "The payload's color has no hue or no saturation.")
	}
	if *colour.Hue < 0 || *colour.Hue > 360 {
		return action.Plan{}, alexa.OutOfRange("The hue must be from 0 to 360.", 0, 360)
	}
	if *colour.Saturation < 0 || *colour.Saturation > 1 {
		return action.Plan{}, alexa.OutOfRange("The saturation must be from 0 to 1.", 0, 1)
	}
	// 360 degrees are 0, and lamps say so.
	hs := home.Numbers(math.Mod(*colour.Hue, 360), *colour.Saturation*100)
	return action.Plan{
		Call: home.CallOn(r.ID(), "light", "turn_on", home.Field{Name: "hs_color", Value: hs}),
		Wants: []action.Want{
			action.StateIs(home.On),
			{Attribute: home.AttrHSColor, Values: []home.Value{hs}, Tolerance: 3, Makes: true, Clears: []string{home.AttrColorTempKelvin}},
		},
	}, nil
}

func colourOf(s home.State) hsb {
	hs, ok := s.Numbers(home.AttrHSColor)
	if !ok || len(hs) != 2 {
		hs = []float64{0, 0}
	}
	b, ok := s.Number(home.AttrBrightness)
	if !ok {
		b = 0
	}
	return hsb{min(max(hs[0], 0), 360), min(max(hs[1]/100, 0), 1), min(max(b/255, 0), 1)}
}

func colourful(s home.State) bool {
	for _, mode := range s.Texts(home.AttrSupportedColorModes) {
		if colourModes[mode].colour {
			return true
		}
	}
	return false
}
