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

func imageProcessors() Kind {
	return Kind{
		Domain:     "image_processing",
		Category:   is(alexa.CategoryCamera),
		Interfaces: []Interface{eventDetection(nil, seen, true), health()},
	}
}
