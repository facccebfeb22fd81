package alexatest

import (
	"cmp"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// discovery is the payload of an answer to Discover.
func discovery(s spot) {
	object(fields{"endpoints": list(0, endpoint)}, nil)(s)
	endpoints := s.at("endpoints")
	if n := len(endpoints.items()); n > alexa.MaxEndpoints {
		endpoints.complain("must have at most %d, has %d", alexa.MaxEndpoints, n)
	}
	distinct(endpoints.items(), func(e spot) string { return e.at("endpointId").text() })
}

// endpoint is a device or scene
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html#endpoint-object).
func endpoint(s spot) {
	s = s.part("endpoint %s", endpointName(s))
	object(fields{
		"endpointId":        endpointID,
		"manufacturerName":  textUpTo(alexa.MaxText),
		"friendlyName":      textUpTo(alexa.MaxText),
		"description":       textUpTo(alexa.MaxText),
		"displayCategories": set(word(displayCategories...)),
		"capabilities":      capabilities,
	}, fields{
		"additionalAttributes": object(nil, fields{
			"manufacturer": attribute, "model": attribute, "serialNumber": attribute, "firmwareVersion": attribute,
			"softwareVersion": attribute, "customIdentifier": attribute,
		}),
		"cookie":      anything,
		"connections": list(0, anything),
	})(s)
}

// endpointName returns an endpoint's id, or what to call it without.
func endpointName(s spot) string {
	return cmp.Or(s.at("endpointId").text(), "without an id")
}

var attribute = textUpTo(256)

// capabilities are an endpoint's, of which one is Alexa itself.
func capabilities(s spot) {
	list(1, capability)(s)
	items := s.items()
	if len(items) > alexa.MaxCapabilities {
		s.complain("must have at most %d, has %d", alexa.MaxCapabilities, len(items))
	}
	distinct(items, capabilityName)
	for _, c := range items {
		if c.at("interface").text() == string(alexa.Alexa) {
			return
		}
	}
	s.complain("the interface Alexa is missing")
}
