package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func scenes() Kind {
	return Kind{
		Domain:     "scene",
		Category:   is(alexa.CategorySceneTrigger),
		Interfaces: []Interface{scene(activation{domain: "scene", activate: "turn_on"})},
	}
}

func scripts() Kind {
	return Kind{
		Domain:   "script",
		Feature:  FeatureScripts,
		Category: is(alexa.CategoryActivityTrigger),
		Interfaces: []Interface{scene(activation{
			domain: "script", activate: "turn_on", deactivate: "turn_off", begun: []Want{stateIs(home.On)},
		})},
	}
}
