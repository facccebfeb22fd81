package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

// cameras have no Alexa.CameraStreamController yet: the address of a stream is
// in no state, it is made by a WebSocket command for each viewer, and Alexa takes
// it only under the home's own public name with HTTPS.
func cameras() Kind {
	return Kind{
		Domain:     "camera",
		Category:   is(alexa.CategoryCamera),
		Interfaces: []Interface{health()},
	}
}

func imageProcessors() Kind {
	return Kind{
		Domain:     "image_processing",
		Category:   is(alexa.CategoryCamera),
		Interfaces: []Interface{eventDetection(nil, seen, true), health()},
	}
}
