package alexa

// Scale is a temperature scale.
type Scale string

// The scales that Alexa knows.
const (
	Celsius    Scale = "CELSIUS"
	Fahrenheit Scale = "FAHRENHEIT"
	Kelvin     Scale = "KELVIN"
)

// Temperature is a temperature, or a difference of two, on a scale.
type Temperature struct {
	Value float64 `json:"value"`
	Scale Scale   `json:"scale"`
}

// Valid says whether the scale is one that Alexa knows.
func (t Temperature) Valid() bool {
	return t.Scale == Celsius || t.Scale == Fahrenheit || t.Scale == Kelvin
}

// In returns the same temperature on another scale. Both must be valid.
func (t Temperature) In(to Scale) Temperature {
	if t.Scale == to {
		return t
	}
	celsius := t.Value
	switch t.Scale {
	case Fahrenheit:
		celsius = (t.Value - 32) / 1.8
	case Kelvin:
		celsius = t.Value - 273.15
	case Celsius:
	}
	switch to {
	case Fahrenheit:
		return Temperature{celsius*1.8 + 32, to}
	case Kelvin:
		return Temperature{celsius + 273.15, to}
	default:
		return Temperature{celsius, to}
	}
}

// DeltaIn returns the same difference of temperatures on another scale: one
// kelvin is one degree Celsius and 1.8 degrees Fahrenheit.
func (t Temperature) DeltaIn(to Scale) Temperature {
	v := t.Value
	if t.Scale == Fahrenheit {
		v /= 1.8
	}
	if to == Fahrenheit {
		v *= 1.8
	}
	return Temperature{v, to}
}
