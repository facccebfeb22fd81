package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// switching says how entities of a kind are turned on and off.
type switching struct {
	// domain is that of the services.
	domain string
	// on and off are the services.
	on, off string
	// isOn says whether a state counts as on; nil means the state "on".
	isOn func(home.State) bool
	// wantOn and wantOff are what holds afterwards; nil means the states "on"
	// and "off". An empty one says that it cannot be told.
	wantOn, wantOff []Want
	// insteadOn and insteadOff are services to call when the entity does not
	// support on and off; "" for none.
	insteadOn, insteadOff string
	// supports says whether an entity can be switched; nil means every one.
	supports func(View) bool
}

// onOff is the common case: domain.turn_on and domain.turn_off.
func onOff(domain string) switching {
	return switching{domain: domain, on: "turn_on", off: "turn_off"}
}

// power is Alexa.PowerController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-powercontroller.html).
func power(s switching) Interface {
	if s.isOn == nil {
		s.isOn = func(state home.State) bool { return state.Value == home.On }
	}
	if s.wantOn == nil {
		s.wantOn = []Want{stateIs(home.On)}
	}
	if s.wantOff == nil {
		s.wantOff = []Want{stateIs(home.Off)}
	}
	return Interface{
		Namespace: alexa.PowerController,
		Supports:  s.supports,
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.PowerController, "powerState")
		},
		Read: func(v View) []Reading {
			if v.State.Value == home.Unknown {
				return nil
			}
			return powerState(s.isOn(v.State))
		},
		Directives: map[string]Action{
			"TurnOn":  s.action(s.on, s.insteadOn, s.wantOn),
			"TurnOff": s.action(s.off, s.insteadOff, s.wantOff),
		},
	}
}

// powerState returns Alexa's word for on and off.
func powerState(on bool) []Reading {
	if on {
		return reading("powerState", "ON")
	}
	return reading("powerState", "OFF")
}

func (s switching) action(service, instead string, wants []Want) Action {
	return Action{Plan: func(r Request) (Plan, error) {
		plan := Plan{Call: home.CallOn(r.ID(), s.domain, service), Wants: wants}
		if instead != "" {
			other := home.CallOn(r.ID(), s.domain, instead)
			plan.Instead = &other
		}
		return plan, nil
	}}
}
