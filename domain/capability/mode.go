package capability

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// filler is the second mode of a device that has only one: Alexa refuses a whole
// discovery for an instance with a single mode. It is Home Assistant's own, and
// cannot be set.
const filler = "-"

// moded is one setting of an entity that has one of several values, an instance
// of Alexa.ModeController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-modecontroller.html).
type moded struct {
	// instance is Home Assistant's own name for it, "fan.preset_mode".
	instance string
	// prefix is what Alexa's mode values begin with, "preset_mode".
	prefix string
	// supports says whether an entity has it besides having modes; nil means
	// every one.
	supports func(View) bool
	// names are what people call it.
	names []phrase
	// fixed returns the modes that are the same for all homes; nil when they
	// come from the home.
	fixed func(home.State) []fixedMode
	// listed is the list attribute that has the modes, where they come from the
	// home.
	listed string
	// ordered says that the modes' order means something, so that Alexa may ask
	// for the next one.
	ordered bool
	// semantics ties words like raise and open to it; nil for none.
	semantics func(home.State) *alexa.Semantics
	// read returns the mode, "" when the state does not tell it.
	read func(home.State) string
	// set plans how to set a mode.
	set func(r Request, mode string) (action.Plan, error)
	// setReads says that the entity's state is needed to set a mode, since the
	// home does not check it against the list.
	setReads bool
}

// fixedMode is a mode that is the same for all homes.
type fixedMode struct {
	value string
	names []phrase
}

// face returns the interface.
func (m moded) face() Interface {
	i := Interface{
		Namespace: alexa.ModeController,
		Instance:  m.instance,
		Supports: func(v View) bool {
			return len(m.modes(v.State)) > 0 && (m.supports == nil || m.supports(v))
		},
		Describe: m.describe,
		Read: func(v View) []Reading {
			mode := m.read(v.State)
			if mode == "" || !slices.Contains(m.modes(v.State), mode) {
				return nil // Alexa takes none but the modes that it was told of
			}
			return reading("mode", m.prefix+"."+mode)
		},
		Directives: map[string]Action{
			"SetMode": {NeedsState: m.setReads, Plan: m.setMode},
		},
	}
	if m.ordered {
		// Home Assistant goes one mode forward or back at a time, and Alexa may
		// ask for several.
		i.Directives["AdjustMode"] = Action{NeedsState: true, Plan: m.adjustMode}
	}
	return i
}

// modes returns the values of the modes, those of the home as far as the state
// tells them.
func (m moded) modes(s home.State) []string {
	if m.fixed == nil {
		return slices.DeleteFunc(distinct(s.Texts(m.listed)), func(mode string) bool { return mode == "" })
	}
	fixed := m.fixed(s)
	values := make([]string, len(fixed))
	for i := range fixed {
		values[i] = fixed[i].value
	}
	return values
}

func (m moded) describe(v View) alexa.Capability {
	modes := make([]alexa.Mode, 0, 4)
	if m.fixed != nil {
		for _, mode := range m.fixed(v.State) {
			modes = append(modes, alexa.Mode{Value: m.prefix + "." + mode.value, Resources: v.House.named(mode.names...)})
		}
	} else {
		values := m.modes(v.State)
		for i, label := range v.House.homeLabels(values) {
			modes = append(modes, alexa.Mode{Value: m.prefix + "." + values[i], Resources: alexa.Named(label)})
		}
	}
	if len(modes) == 1 {
		modes = append(modes, alexa.Mode{
			Value: m.prefix + "." + filler, Resources: alexa.Named(alexa.Text(filler, v.House.locale())),
		})
	}
	c := alexa.NewCapability(alexa.ModeController, "mode")
	c.Resources = v.House.named(m.names...)
	c.Configuration = alexa.ModeConfiguration{Ordered: m.ordered, SupportedModes: modes}
	if m.semantics != nil {
		c.Semantics = m.semantics(v.State)
	}
	return c
}

func (m moded) setMode(r Request) (action.Plan, error) {
	value, err := text(r, "mode")
	if err != nil {
		return action.Plan{}, err
	}
	mode, ok := strings.CutPrefix(value, m.prefix+".")
	known := m.modes(r.State)
	checked := m.setReads || len(known) > 0
	if !ok || mode == "" || mode == filler || checked && !slices.Contains(known, mode) {
		return action.Plan{}, fault.New(fault.Refused, "The device has no such mode.")
	}
	return m.set(r, mode)
}

func (m moded) adjustMode(r Request) (action.Plan, error) {
	delta, err := member[int](r, "modeDelta", "whole number")
	if err != nil {
		return action.Plan{}, err
	}
	modes := m.modes(r.State)
	now := slices.Index(modes, m.read(r.State))
	if now < 0 {
		return action.Plan{}, fault.New(fault.NotNow, "The home does not say what the mode is now, so there is no next one.")
	}
	delta = min(max(delta, -len(modes)), len(modes))
	return m.set(r, modes[min(max(now+delta, 0), len(modes)-1)])
}
