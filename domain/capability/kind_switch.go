package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func switches() Kind {
	return Kind{
		Domain: "switch",
		Category: func(v View) alexa.DisplayCategory {
			if v.State.Text(home.AttrDeviceClass) == "outlet" {
				return alexa.CategorySmartPlug
			}
			return alexa.CategorySwitch
		},
		Interfaces: []Interface{power(onOff("switch")), health()},
	}
}

func inputBooleans() Kind {
	return Kind{
		Domain:     "input_boolean",
		Feature:    FeatureInputHelpers,
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{power(onOff("input_boolean")), health()},
	}
}

// groups are switched by the services that work for every domain: a group's
// members may be of any.
func groups() Kind {
	return Kind{
		Domain:     "group",
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{power(onOff("homeassistant")), health()},
	}
}

func automations() Kind {
	return Kind{
		Domain:     "automation",
		Feature:    FeatureAutomations,
		Category:   is(alexa.CategoryActivityTrigger),
		Interfaces: []Interface{power(onOff("automation")), health()},
	}
}
