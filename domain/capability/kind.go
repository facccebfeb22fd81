package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

// Kind is what the entities of one Home Assistant domain are for Alexa.
type Kind struct {
	// Domain is Home Assistant's, "light".
	Domain string
	// Feature is the set of features that it belongs to.
	Feature Feature
	// Category returns the endpoint's display category; "" leaves the entity
	// out of discovery.
	Category func(View) alexa.DisplayCategory
	// Interfaces are those that its entities may have, in the order in which
	// discovery lists them. Alexa itself is added to each endpoint.
	Interfaces []Interface
	// Useful leaves out entities of which Alexa could do no more than tell whether
	// they can be reached. Home Assistant's own integration has such endpoints of
	// most kinds, and who moves to LEE shall find every one of them again.
	Useful bool
	// Units says that its translations need the house's unit of temperature.
	Units bool
	// Streams says whether an entity's translation needs the house's address for
	// streams; nil means never.
	Streams func(View) bool
	// Moving are states that show that a device is on its way: the effect on an
	// entity that guards the house is waited for longer while they last.
	Moving []string
	// Stuck are states that say themselves why an entity that guards the house has
	// not followed a command.
	Stuck []string
}

// is returns a Category that is always c.
func is(c alexa.DisplayCategory) func(View) alexa.DisplayCategory {
	return func(View) alexa.DisplayCategory { return c }
}

// Of returns the interfaces that an entity of this kind has.
func (k Kind) Of(v View) []Interface {
	have := make([]Interface, 0, len(k.Interfaces))
	for _, i := range k.Interfaces {
		if i.Supports == nil || i.Supports(v) {
			have = append(have, i)
		}
	}
	return have
}

// IsMoving says whether the state shows that the device is on its way.
func (k Kind) IsMoving(state string) bool {
	for _, moving := range k.Moving {
		if moving == state {
			return true
		}
	}
	return false
}

// Feature names a set of features that can be turned off as a whole
// (HA_FEATURES).
type Feature string

// The features that gate endpoints.
const (
	FeatureCore         Feature = ""
	FeatureAutomations  Feature = "automations"
	FeatureScripts      Feature = "scripts"
	FeatureInputHelpers Feature = "input_helpers"
)
