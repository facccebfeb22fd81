package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// Kind is what the entities of one Home Assistant domain are for Alexa.
type Kind struct {
	// Domain is Home Assistant's, "light".
	Domain string
	// Feature is the feature that it belongs to, FeatureCore for none.
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
	// Manner says what the entities' states mean for a command.
	Manner action.Manner
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

// Missing returns the feature that the kind lacks where these are on, FeatureCore for
// none.
func (k Kind) Missing(on func(Feature) bool) Feature {
	for _, f := range []Feature{FeatureAlexa, k.Feature} {
		if f != FeatureCore && !on(f) {
			return f
		}
	}
	return FeatureCore
}

// Feature is a feature as HA_FEATURES names it.
type Feature string

// The features that gate endpoints.
const (
	// FeatureCore is what cannot be left out.
	FeatureCore Feature = ""
	// FeatureAlexa is the Smart Home as a whole: every kind needs it.
	FeatureAlexa        Feature = "alexa"
	FeatureAutomations  Feature = "automations"
	FeatureScripts      Feature = "scripts"
	FeatureInputHelpers Feature = "input_helpers"
)
