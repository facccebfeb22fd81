package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

func lights() Kind {
	return Kind{
		Domain:     "light",
		Category:   is(alexa.CategoryLight),
		Interfaces: []Interface{power(onOff("light")), brightness(), color(), colorTemperature(), health()},
	}
}
