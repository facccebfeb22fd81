package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// sensors are those that measure what Alexa has an interface for; the others
// stay out of discovery.
func sensors() Kind {
	return Kind{
		Domain: "sensor",
		Category: func(v View) alexa.DisplayCategory {
			switch {
			case measuresTemperature(v), measuresHumidity(v):
				return alexa.CategoryTemperatureSensor
			case measuresBattery(v):
				return alexa.CategoryOther
			default:
				return ""
			}
		},
		Interfaces: []Interface{
			temperatureSensor(thermometer{measuresTemperature, stateTemperature}),
			humiditySensor(numberOf, measuresHumidity),
			inventory("sensor.battery", wordBattery, measuresBattery),
			health(),
		},
	}
}

// measuresTemperature says whether a sensor shows degrees. Kelvin are a
// temperature only when the sensor says so: they are a colour's, too.
func measuresTemperature(v View) bool {
	switch home.Unit(v.State.Text(home.AttrUnit)) {
	case home.Celsius, home.Fahrenheit:
		return true
	case home.Kelvin:
		return v.State.Text(home.AttrDeviceClass) == "temperature"
	default:
		return false
	}
}

func measuresHumidity(v View) bool { return countsPercent(v.State, "humidity") }

func measuresBattery(v View) bool { return countsPercent(v.State, "battery") }
