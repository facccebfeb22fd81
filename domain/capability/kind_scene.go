package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
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
	a := activation{domain: "script", activate: "turn_on", deactivate: "turn_off"}
	i := scene(a)
	i.Directives["Activate"] = Action{
		// Whether a script has run, or has a service at all, shows in whether its
		// state has changed.
		NeedsState: true,
		Plan:       func(r Request) (action.Plan, error) { return a.awaited(r.State), nil },
		Success:    sceneSuccess(alexa.NameActivationStarted),
	}
	return Kind{
		Domain:     "script",
		Feature:    FeatureScripts,
		Category:   is(alexa.CategoryActivityTrigger),
		Interfaces: []Interface{i},
	}
}

// scriptServices are the services of scripts in general: no script can have one
// of these for its own.
var scriptServices = []string{"turn_on", "turn_off", "toggle", "reload"}

// awaited returns the plan that runs a script by the service of its own name,
// which answers when the script has ended, and says so when that was by an
// error. script.turn_on answers when it has begun; nobody hears how it ends.
//
// The service keeps the name that the script was made with. One that was renamed
// since has none of its new name, and is turned on.
func (a activation) awaited(before home.State) action.Plan {
	plan := a.started(before.ID)
	if slices.Contains(scriptServices, before.ID.Object()) {
		return plan
	}
	turnOn := plan.Call
	plan.Call = home.ServiceCall{Domain: a.domain, Service: before.ID.Object()}
	plan.Instead, plan.Half, plan.State = &turnOn, true, before
	plan.Begun = []action.Want{action.StateIs(home.On)}
	return plan
}
