package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

// Home Assistant's own integration does not offer sirens, and to silence one is
// a thing that people want to say.
func sirens() Kind {
	return Kind{
		Domain:     "siren",
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{power(onOff("siren")), health()},
	}
}
