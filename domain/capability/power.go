package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
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
	wantOn, wantOff []action.Want
	// instead says how entities are turned on and off that do not support on and
	// off; nil for not at all.
	instead *switching
	// keeps says that what is on is not turned on: the home would pick another mode.
	// Alexa also sends TurnOn before it sets a temperature. It costs a look before.
	keeps bool
	// leaves says that a device may leave the network when it is turned off.
	leaves bool
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
			"TurnOn":  {NeedsState: s.keeps, Plan: s.planOn},
			"TurnOff": {Plan: func(r Request) (action.Plan, error) { return s.turnOff(r.ID()), nil }},
		},
	}
}

// planOn is TurnOn. An entity that is on stays as it is where its mode must be kept.
func (s switching) planOn(r Request) (action.Plan, error) {
	if s.keeps && r.State.Value != home.Unknown && s.isOn(r.State) {
		return kept(r.State), nil
	}
	return s.turnOn(r.ID()), nil
}

// kept is the plan for a command that the entity's state already fulfils: nothing is
// sent.
func kept(now home.State) action.Plan { return action.Plan{State: now} }

// powerState returns Alexa's word for on and off.
func powerState(on bool) []Reading {
	if on {
		return reading("powerState", "ON")
	}
	return reading("powerState", "OFF")
}

func (s switching) turnOn(id home.EntityID) action.Plan {
	plan := action.Plan{Call: home.CallOn(id, s.domain, s.on), Wants: s.wantOn}
	if s.wantOn == nil {
		plan.Wants = []action.Want{action.StateIs(home.On)}
	}
	if s.instead != nil {
		other := s.instead.turnOn(id)
		plan.Instead, plan.InsteadWants = &other.Call, other.Wants
	}
	return plan
}

func (s switching) turnOff(id home.EntityID) action.Plan {
	plan := action.Plan{Call: home.CallOn(id, s.domain, s.off), Wants: s.wantOff, Leaves: s.leaves}
	if s.wantOff == nil {
		plan.Wants = []action.Want{action.StateIs(home.Off)}
	}
	if s.instead != nil {
		other := s.instead.turnOff(id)
		plan.Instead, plan.InsteadWants = &other.Call, other.Wants
	}
	return plan
}
