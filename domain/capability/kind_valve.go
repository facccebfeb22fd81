package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func valves() Kind {
	return Kind{
		Domain:     "valve",
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{valvePosition().face(), valveState().face(), valveStop().face(), health()},
	}
}

var valveTravel = travel{
	domain: "valve", open: "open_valve", close: "close_valve",
	set: "set_valve_position", field: "position", attribute: home.AttrCurrentPosition,
}

func valvePosition() ranged {
	g := valveTravel.ranged("valve.position", home.ValveSetPosition)
	g.names = []phrase{assetOpening}
	g.semantics = func(home.State) *alexa.Semantics { return rangeWords([]string{"Close"}, []string{"Open"}, true) }
	return g
}

// valveState is for valves that open and close and know no position between.
func valveState() moded {
	const prefix = "state"
	return moded{
		instance: "valve.state",
		prefix:   prefix,
		names:    []phrase{assetPreset},
		supports: func(v View) bool {
			return !v.State.Has(home.ValveSetPosition) && (v.State.Has(home.ValveOpen) || v.State.Has(home.ValveClose))
		},
		fixed: func(home.State) []fixedMode { return openAndClosed() },
		semantics: func(home.State) *alexa.Semantics {
			return modeWords(prefix, []string{"Close"}, []string{"Open"}, true)
		},
		read: atEnd,
		set: func(r Request, mode string) (action.Plan, error) {
			plan, _ := valveTravel.ends(r.ID(), mode)
			return plan, nil
		},
	}
}

// valveStop stops a valve when it is turned on. It is never on: there is
// nothing about a stop that lasts, and nothing to turn off.
func valveStop() toggled {
	return toggled{
		instance: "valve.stop",
		supports: func(v View) bool { return v.State.Has(home.ValveStop) },
		names:    []phrase{wordStop},
		read:     func(home.State) (on, known bool) { return false, true },
		on: func(id home.EntityID) action.Plan {
			return action.Plan{Call: home.CallOn(id, "valve", "stop_valve"), Wants: []action.Want{action.StateIs(stateOpen, stateClosed)}}
		},
	}
}
