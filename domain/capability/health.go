package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

// connectivity is the value of Alexa.EndpointHealth's property
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-endpointhealth.html).
type connectivity struct {
	Value string `json:"value"`
}

// health is Alexa.EndpointHealth: whether the device can be reached.
func health() Interface {
	return Interface{
		Namespace: alexa.EndpointHealth,
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.EndpointHealth, "connectivity")
		},
		Read: func(v View) []Reading {
			if v.State.Available() {
				return reading("connectivity", connectivity{"OK"})
			}
			return reading("connectivity", connectivity{"UNREACHABLE"})
		},
	}
}
