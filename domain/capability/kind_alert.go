package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// alerts repeat a message until somebody acknowledges it: on is an alert that
// goes on, off one that was acknowledged, idle one that has no reason.
func alerts() Kind {
	return Kind{
		Domain:   "alert",
		Category: is(alexa.CategoryOther),
		Interfaces: []Interface{
			power(switching{
				domain: "alert", on: "turn_on", off: "turn_off",
				wantOn:  []action.Want{action.StateIs("on", "idle")},
				wantOff: []action.Want{action.StateIs("off", "idle")},
			}),
			health(),
		},
	}
}
