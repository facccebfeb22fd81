package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Switches and switch helpers are contact sensors too: that is what lets
// Alexa's routines begin when one is turned on.

func switches() Kind {
	return Kind{
		Domain: "switch",
		Category: func(v View) alexa.DisplayCategory {
			if v.State.Text(home.AttrDeviceClass) == "outlet" {
				return alexa.CategorySmartPlug
			}
			return alexa.CategorySwitch
		},
		Interfaces: []Interface{power(onOff("switch")), contactSensor(nil), health()},
	}
}

func inputBooleans() Kind {
	return Kind{
		Domain:     "input_boolean",
		Feature:    FeatureInputHelpers,
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{power(onOff("input_boolean")), contactSensor(nil), health()},
	}
}

// groups are switched by the services that work for every domain: a group's
// members may be of any. Those of which the group says something else than on
// and off (people at home, open covers, locked doors) have no such services.
func groups() Kind {
	switched := onOff("homeassistant")
	switched.supports = func(v View) bool {
		return slices.Contains([]string{home.On, home.Off, home.Unknown, home.Unavailable}, v.State.Value)
	}
	return Kind{
		Domain:     "group",
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{power(switched), health()},
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
