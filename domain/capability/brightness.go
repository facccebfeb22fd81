package capability

import (
	"math"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// brightnessTolerance is how far a brightness of 0 to 255 may be off what was
// commanded: lamps count in hundredths, or to 254. It is never so far that one
// that is almost dark would do for one that is dark.
const brightnessTolerance = 3

// brightness is Alexa.BrightnessController for lights
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-brightnesscontroller.html).
func brightness() Interface {
	return Interface{
		Namespace: alexa.BrightnessController,
		Supports:  func(v View) bool { return dimmable(v.State) },
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.BrightnessController, "brightness")
		},
		Bounds: wholePercents,
		Read: func(v View) []Reading {
			if _, known := v.State.Number(home.AttrBrightness); !known && v.State.Value == home.On {
				return nil // it was turned on and has not said how bright it is
			}
			return reading("brightness", percentOfByte(v.State))
		},
		Directives: map[string]Action{
			"SetBrightness":    {Plan: setBrightness},
			"AdjustBrightness": {Plan: adjustBrightness},
		},
	}
}

func setBrightness(r Request) (action.Plan, error) {
	percent, err := number(r, "brightness", 0, 100)
	if err != nil {
		return action.Plan{}, err
	}
	plan := action.Plan{Call: home.CallOn(r.ID(), "light", "turn_on", home.Field{Name: "brightness_pct", Value: home.Number(percent)})}
	if percent == 0 {
		plan.Wants = []action.Want{action.StateIs(home.Off)}
	} else {
		wanted := math.Round(percent * 2.55)
		level := action.NumberIs(home.AttrBrightness, wanted, min(brightnessTolerance, wanted/2))
		level.Makes = true
		plan.Wants = []action.Want{action.StateIs(home.On), level}
	}
	return plan, nil
}

func adjustBrightness(r Request) (action.Plan, error) {
	delta, err := number(r, "brightnessDelta", -100, 100)
	if err != nil {
		return action.Plan{}, err
	}
	return action.Plan{Call: home.CallOn(r.ID(), "light", "turn_on", home.Field{Name: "brightness_step_pct", Value: home.Number(delta)})}, nil
}

// percentOfByte returns a light's brightness in percent; 0 when it is off.
func percentOfByte(s home.State) int {
	b, ok := s.Number(home.AttrBrightness)
	if !ok || s.Value != home.On {
		return 0
	}
	return int(math.Round(b / 2.55))
}

// colourModes are the colour modes of Home Assistant's lights that say more
// than on and off (components/light/const.py).
var colourModes = map[string]struct{ colour, dimmable bool }{
	"brightness": {false, true}, "color_temp": {false, true}, "white": {false, true},
	"hs": {true, true}, "xy": {true, true}, "rgb": {true, true}, "rgbw": {true, true}, "rgbww": {true, true},
}

func dimmable(s home.State) bool {
	for _, mode := range s.Texts(home.AttrSupportedColorModes) {
		if colourModes[mode].dimmable {
			return true
		}
	}
	return false
}
