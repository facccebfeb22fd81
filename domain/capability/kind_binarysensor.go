package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// detects says what the binary sensors of a device class detect, as far as Alexa
// has a word for it.
var detects = map[string]alexa.Namespace{
	"door": alexa.ContactSensor, "garage_door": alexa.ContactSensor,
	"opening": alexa.ContactSensor, "window": alexa.ContactSensor,
	"motion": alexa.MotionSensor, "moving": alexa.MotionSensor, "occupancy": alexa.MotionSensor, "presence": alexa.MotionSensor,
}

// binarySensors keeps sensors for which Alexa has no interface: it can still
// tell whether they can be reached.
func binarySensors() Kind {
	return Kind{
		Domain: "binary_sensor",
		Category: func(v View) alexa.DisplayCategory {
			switch detects[v.State.Text(home.AttrDeviceClass)] {
			case alexa.ContactSensor:
				return alexa.CategoryContactSensor
			case alexa.MotionSensor:
				return alexa.CategoryMotionSensor
			default:
				return alexa.CategoryOther
			}
		},
		Interfaces: []Interface{
			contactSensor(detecting(alexa.ContactSensor)),
			motionSensor(detecting(alexa.MotionSensor)),
			health(),
		},
	}
}

func detecting(ns alexa.Namespace) func(View) bool {
	return func(v View) bool { return detects[v.State.Text(home.AttrDeviceClass)] == ns }
}
