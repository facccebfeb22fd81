package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// eventDetectionConfiguration is what Alexa.EventDetectionSensor's discovery
// tells.
type eventDetectionConfiguration struct {
	Methods []string       `json:"detectionMethods"`
	Modes   detectionModes `json:"detectionModes"`
}

type detectionModes struct {
	HumanPresence detectionMode `json:"humanPresence"`
}

type detectionMode struct {
	Availability        string `json:"featureAvailability"`
	SupportsNotDetected bool   `json:"supportsNotDetected"`
}

// humanPresence is the value of Alexa.EventDetectionSensor's property.
type humanPresence struct {
	Value string `json:"value"`
}

// eventDetection is Alexa.EventDetectionSensor for people
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-eventdetectionsensor.html).
// detected says whether the state shows one, and whether it tells at all. ends
// says that the home also tells when nobody is there any more: buttons do not.
func eventDetection(supports func(View) bool, detected func(home.State) (detected, known bool), ends bool) Interface {
	return Interface{
		Namespace: alexa.EventDetectionSensor,
		Supports:  supports,
		Describe: func(View) alexa.Capability {
			c := alexa.NewCapability(alexa.EventDetectionSensor, "humanPresenceDetectionState")
			c.Configuration = eventDetectionConfiguration{
				Methods: []string{"AUDIO", "VIDEO"},
				Modes:   detectionModes{detectionMode{"ENABLED", ends}},
			}
			return c
		},
		Read: func(v View) []Reading {
			detected, known := detected(v.State)
			if !known {
				return nil
			}
			return reading("humanPresenceDetectionState", humanPresence{detection(detected)})
		},
	}
}

// pressed is a button's detection: it was pressed at some time, or never.
func pressed(s home.State) (detected, known bool) {
	known = s.Available() && s.Value != home.Unknown
	return known, known
}

// seen is an image processor's detection: how many it counts, or for one that
// knows faces, whose it saw last. Home Assistant forgets the name when the
// processor sees nobody. The plate of a car is no human being.
func seen(s home.State) (detected, known bool) {
	if n, ok := numberOf(s); ok {
		return n > 0, true
	}
	if s.Text(home.AttrDeviceClass) == "face" {
		return pressed(s)
	}
	return false, false
}
