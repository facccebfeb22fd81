package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// holding says how entities of a kind are paused and go on.
type holding struct {
	// domain is that of the services; hold and resume are the services.
	domain, hold, resume string
	// held and resumed are what holds afterwards.
	held, resumed []action.Want
	// supports says whether an entity can be paused; nil means every one.
	supports func(View) bool
	// resumes says whether Alexa may make it go on; nil means every one.
	resumes func(View) bool
}

// timeHold is Alexa.TimeHoldController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-timeholdcontroller.html).
// Home Assistant does not say when a pause began, so it has no properties.
func timeHold(h holding) Interface {
	type configuration struct {
		AllowRemoteResume bool `json:"allowRemoteResume"`
	}
	return Interface{
		Namespace: alexa.TimeHoldController,
		Supports:  h.supports,
		Describe: func(v View) alexa.Capability {
			c := alexa.NewCapability(alexa.TimeHoldController)
			c.Configuration = configuration{h.resumes == nil || h.resumes(v)}
			return c
		},
		Directives: map[string]Action{
			"Hold":   h.action(h.hold, h.held),
			"Resume": h.action(h.resume, h.resumed),
		},
	}
}

func (h holding) action(service string, wants []action.Want) Action {
	return Action{Plan: func(r Request) (action.Plan, error) {
		return action.Plan{Call: home.CallOn(r.ID(), h.domain, service), Wants: wants}, nil
	}}
}
