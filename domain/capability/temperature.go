package capability

import (
	"math"
	"strconv"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// thermometer says where entities of a kind show a temperature.
type thermometer struct {
	// supports says whether an entity has one; nil means every one.
	supports func(View) bool
	// read returns the temperature; ok is false when the state does not tell.
	read func(View) (t alexa.Temperature, ok bool)
}

// temperatureSensor is Alexa.TemperatureSensor
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-temperaturesensor.html).
func temperatureSensor(t thermometer) Interface {
	return Interface{
		Namespace: alexa.TemperatureSensor,
		Supports:  t.supports,
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.TemperatureSensor, "temperature")
		},
		Read: func(v View) []Reading {
			if t, ok := t.read(v); ok {
				return reading("temperature", t)
			}
			return nil
		},
	}
}

// scales are Alexa's scales of Home Assistant's units of temperature.
var scales = map[home.Unit]alexa.Scale{
	home.Celsius: alexa.Celsius, home.Fahrenheit: alexa.Fahrenheit, home.Kelvin: alexa.Kelvin,
}

// scale returns the scale of the house's temperatures.
func (h House) scale() alexa.Scale {
	if h.Temperature == home.Fahrenheit {
		return alexa.Fahrenheit
	}
	return alexa.Celsius
}

// attributeTemperature returns the temperature that an attribute holds. Home
// Assistant shows these in the house's unit, whatever the device counts in. A
// state that was written before that unit was changed still says the old one.
func attributeTemperature(v View, name string) (t alexa.Temperature, ok bool) {
	f, ok := v.State.Number(name)
	scale, said := scales[home.Unit(v.State.Text(home.AttrTemperatureUnit))]
	if !said {
		scale = v.House.scale()
	}
	return alexa.Temperature{Value: f, Scale: scale}, ok
}

// stateTemperature returns the temperature that the state itself is, in the
// unit that the entity names.
func stateTemperature(v View) (t alexa.Temperature, ok bool) {
	f, isNumber := numberOf(v.State)
	scale, isTemperature := scales[home.Unit(v.State.Text(home.AttrUnit))]
	return alexa.Temperature{Value: f, Scale: scale}, isNumber && isTemperature
}

// numberOf returns the number that the state itself is; ok is false when it is
// none, or not a finite one.
func numberOf(s home.State) (f float64, ok bool) {
	f, err := strconv.ParseFloat(s.Value, 64)
	return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
}

// spokenTemperature is a temperature in a payload. A value that is missing is
// not the same as 0 degrees.
type spokenTemperature struct {
	Value *float64
	Scale alexa.Scale
}

// temperature returns the temperature in the payload's member called name.
func (t spokenTemperature) temperature(name string) (alexa.Temperature, error) {
	if t.Value == nil {
		return alexa.Temperature{}, fault.Newf(fault.Invalid, "The payload's %s has no value.", name)
	}
	spoken := alexa.Temperature{Value: *t.Value, Scale: t.Scale}
	if !spoken.Valid() {
		return alexa.Temperature{}, fault.Newf(fault.Invalid, "The payload's %s is on no scale that Alexa knows.", name)
	}
	return spoken, nil
}

// hundredths rounds away what the conversion between scales leaves behind. What
// is no temperature at all stays as it is, and finite.
func hundredths(f float64) float64 {
	if math.Abs(f) > 1e9 {
		return f
	}
	return math.Round(f*100) / 100
}
