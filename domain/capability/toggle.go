package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// toggled is one setting of an entity that is on or off, an instance of
// Alexa.ToggleController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-togglecontroller.html).
type toggled struct {
	// instance is Home Assistant's own name for it, "fan.oscillating".
	instance string
	// supports says whether an entity has it; nil means every one.
	supports func(View) bool
	// names are what people call it.
	names []phrase
	// read returns whether it is on; known is false when the state does not tell.
	read func(home.State) (on, known bool)
	// on and off plan how to turn it on and off; nil for what cannot be done.
	on, off func(home.EntityID) action.Plan
}

// face returns the interface.
func (t toggled) face() Interface {
	i := Interface{
		Namespace: alexa.ToggleController,
		Instance:  t.instance,
		Supports:  t.supports,
		Describe: func(v View) alexa.Capability {
			c := alexa.NewCapability(alexa.ToggleController, "toggleState")
			c.Resources = v.House.named(t.names...)
			return c
		},
		Read: func(v View) []Reading {
			on, known := t.read(v.State)
			switch {
			case !known:
				return nil
			case on:
				return reading("toggleState", "ON")
			default:
				return reading("toggleState", "OFF")
			}
		},
		Directives: map[string]Action{},
	}
	for name, plan := range map[string]func(home.EntityID) action.Plan{"TurnOn": t.on, "TurnOff": t.off} {
		if plan != nil {
			i.Directives[name] = Action{Plan: func(r Request) (action.Plan, error) { return plan(r.ID()), nil }}
		}
	}
	return i
}
