package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// activation says how entities of a kind are activated.
type activation struct {
	// domain is that of the services.
	domain string
	// activate and deactivate are the services; deactivate is "" where an
	// entity cannot be.
	activate, deactivate string
	// wants is what holds after activation, unwants after deactivation; empty
	// where it cannot be told.
	wants, unwants []action.Want
}

// sceneEvent is the payload of the events that answer Alexa.SceneController.
type sceneEvent struct {
	Cause     sceneCause `json:"cause"`
	Timestamp string     `json:"timestamp"`
}

type sceneCause struct {
	Type string `json:"type"`
}

// scene is Alexa.SceneController, for whatever is started rather than switched
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-scenecontroller.html).
func scene(a activation) Interface {
	i := Interface{
		Namespace: alexa.SceneController,
		Describe: func(View) alexa.Capability {
			c := alexa.NewCapability(alexa.SceneController)
			supports, reports := a.deactivate != "", false
			c.SupportsDeactivation, c.ProactivelyReported = &supports, &reports
			return c
		},
		Directives: map[string]Action{
			"Activate": {
				Plan:    func(r Request) (action.Plan, error) { return a.started(r.ID()), nil },
				Success: sceneSuccess(alexa.NameActivationStarted),
			},
		},
	}
	if a.deactivate != "" {
		i.Directives["Deactivate"] = Action{
			Plan: func(r Request) (action.Plan, error) {
				return action.Plan{Call: home.CallOn(r.ID(), a.domain, a.deactivate), Wants: a.unwants}, nil
			},
			Success: sceneSuccess("DeactivationStarted"),
		}
	}
	return i
}

// started returns the plan that activates an entity.
func (a activation) started(id home.EntityID) action.Plan {
	return action.Plan{Call: home.CallOn(id, a.domain, a.activate), Wants: a.wants}
}

// sceneSuccess returns what makes an event that answers Alexa.SceneController.
func sceneSuccess(name string) *SuccessEvent {
	return &SuccessEvent{alexa.SceneController, name, func(_ View, _ action.Plan, now string) any {
		return sceneEvent{sceneCause{"VOICE_INTERACTION"}, now}
	}}
}
