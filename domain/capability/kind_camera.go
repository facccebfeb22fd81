package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

func cameras() Kind {
	return Kind{
		Domain:     "camera",
		Category:   is(alexa.CategoryCamera),
		Interfaces: []Interface{rtcSession(), camera(), health()},
		Streams:    streams,
	}
}

// imageProcessors have no interface for what they see: Amazon has withdrawn the one for
// people (https://developer.amazon.com/docs/alexa/ask-overviews/deprecated-features.html).
func imageProcessors() Kind {
	return Kind{
		Domain:     "image_processing",
		Category:   is(alexa.CategoryCamera),
		Interfaces: []Interface{health()},
	}
}
