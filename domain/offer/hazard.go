package offer

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// hazard is an interface that is not offered for the entities of an integration: Alexa
// has been seen to refuse a whole discovery over it.
type hazard struct {
	// integration is Home Assistant's name of the integration, "denonavr".
	integration string
	namespace   alexa.Namespace
	// report is where it was reported.
	report string
}

// hazards are all that are known.
var hazards = []hazard{
	{"denonavr", alexa.EqualizerController, "home-assistant/core issues 42294 and 34029"},
}

// applies says whether a hazard concerns an entity. Where the home does not say which
// integration an entity is from, it may concern any.
func (h hazard) applies(id home.EntityID, r home.Registry) bool {
	integration, known := r.Integration(id)
	return !known || integration == h.integration
}

// defuse takes the hazards out of an entity's endpoint and remembers why.
func (f *Finding) defuse(r home.Registry) {
	if f.Endpoint == nil {
		return
	}
	for _, h := range hazards {
		has := func(c alexa.Capability) bool { return c.Interface == h.namespace }
		if slices.ContainsFunc(f.Endpoint.Capabilities, has) && h.applies(f.ID, r) {
			f.Endpoint.Capabilities = slices.DeleteFunc(f.Endpoint.Capabilities, has)
			why := string(h.namespace) + " is left out: with the integration " + h.integration +
				", Alexa was seen to refuse all devices (" + h.report + ")."
			if _, known := r.Integration(f.ID); !known {
				why += " The home does not say which integration this is from."
			}
			f.Hazards = append(f.Hazards, why)
		}
	}
}
