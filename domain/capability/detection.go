package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// contactSensor is Alexa.ContactSensor: "detected" is open
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-contactsensor.html).
func contactSensor(supports func(View) bool) Interface {
	return detector(alexa.ContactSensor, supports)
}

// motionSensor is Alexa.MotionSensor
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-motionsensor.html).
func motionSensor(supports func(View) bool) Interface {
	return detector(alexa.MotionSensor, supports)
}

// detector is an interface whose one property says that something is detected,
// which the states on and off tell.
func detector(ns alexa.Namespace, supports func(View) bool) Interface {
	return Interface{
		Namespace: ns,
		Supports:  supports,
		Describe:  func(View) alexa.Capability { return alexa.NewCapability(ns, "detectionState") },
		Read: func(v View) []Reading {
			detected, known := isOnOff(v.State)
			if !known {
				return nil
			}
			return reading("detectionState", detection(detected))
		},
	}
}

// isOnOff says whether a state is on; known is false when it is neither on nor
// off.
func isOnOff(s home.State) (on, known bool) {
	return s.Value == home.On, s.Value == home.On || s.Value == home.Off
}

// detection returns Alexa's word for whether something is detected.
func detection(detected bool) string {
	if detected {
		return "DETECTED"
	}
	return "NOT_DETECTED"
}
