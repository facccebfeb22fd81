package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// The states of timers (components/timer).
const timerIdle, timerActive, timerPaused = "idle", "active", "paused"

func timers() Kind {
	return Kind{
		Domain:   "timer",
		Category: is(alexa.CategoryOther),
		Interfaces: []Interface{
			timeHold(holding{
				domain: "timer", hold: "pause", resume: "start",
				held:    []action.Want{action.StateIs(timerPaused, timerIdle)}, // one that does not run stays as it is
				resumed: []action.Want{action.StateIs(timerActive)},
			}),
			power(switching{
				domain: "timer", on: "start", off: "cancel",
				isOn:    func(s home.State) bool { return s.Value != timerIdle },
				wantOn:  []action.Want{action.StateIs(timerActive)},
				wantOff: []action.Want{action.StateIs(timerIdle)},
			}),
			health(),
		},
	}
}
