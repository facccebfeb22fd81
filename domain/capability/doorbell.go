package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

// doorbell is Alexa.DoorbellEventSource. It has no properties and takes no
// directives: what it is for is the event that a press sends
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-doorbelleventsource.html).
func doorbell(supports func(View) bool) Interface {
	return Interface{
		Namespace: alexa.DoorbellEventSource,
		Supports:  supports,
		Describe: func(View) alexa.Capability {
			c := alexa.NewCapability(alexa.DoorbellEventSource)
			reports := false
			c.ProactivelyReported = &reports
			return c
		},
	}
}
