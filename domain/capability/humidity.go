package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// humiditySensor is Alexa.HumiditySensor
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-humiditysensor.html).
// An entity has it when read finds a relative humidity in its state, in percent,
// or supports says so; nil leaves it to read.
func humiditySensor(read func(home.State) (percent float64, ok bool), supports func(View) bool) Interface {
	if supports == nil {
		supports = func(v View) bool {
			_, ok := read(v.State)
			return ok
		}
	}
	return Interface{
		Namespace: alexa.HumiditySensor,
		Supports:  supports,
		Bounds:    wholePercents,
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.HumiditySensor, "relativeHumidity")
		},
		Read: func(v View) []Reading {
			percent, ok := read(v.State)
			if !ok {
				return nil
			}
			return reading("relativeHumidity", percent)
		},
	}
}

// currentHumidity returns the humidity that climate devices and humidifiers
// measure, in percent.
func currentHumidity(s home.State) (percent float64, ok bool) {
	return s.Number(home.AttrCurrentHumidity)
}
