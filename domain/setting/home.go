package setting

import (
	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// Home are the settings of the home. They print without their secrets. Treat them as
// immutable: what they refer to is shared.
type Home struct {
	// UseParameterStore says whether settings are looked for in the Parameter Store, below
	// ParameterPrefix (a path with a slash at its start and none at its end).
	UseParameterStore bool
	ParameterPrefix   string

	// HomeEnabled says whether there is a home to speak to. Its default is true when the
	// URL is known.
	HomeEnabled bool
	// Access is how LEE reaches the home.
	Access home.Access
	// Features are what LEE does with the home.
	Features Features
	// Terms are what Alexa is offered, under which names, and what it may do.
	Terms offer.Terms

	// AssistantName is what the assistant is called.
	AssistantName string
	// SkillIDs are the custom skills that may talk to the assistant; nil for any.
	SkillIDs []string
	// ConversationAgent is the agent of Home Assistant's that answers; "" for its own.
	ConversationAgent string
	// Rooms are the areas in which Echos stand, by the Echos' ids, or by what the
	// Parameter Store has for a name of theirs (rooms.Key); nil for none.
	Rooms map[string]string
}

func (h *Home) home() *Home { return h }

// On says whether a feature of endpoints is on.
func (h *Home) On(f capability.Feature) bool { return h.Features.Named(string(f)) }

// NoHome returns why LEE has no home to speak to, a fault.Misconfigured; nil when it has
// one. mistaken says whether the value given for a variable is a mistake. A token of LEE's
// own that is a mistake is a reason: if LEE used the account's token instead, a slip of the
// operator could unlink the account.
func (h *Home) NoHome(mistaken func(variable string) bool) error {
	switch {
	case h.Access.URL == "":
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set, or cannot be used.")
	case !h.HomeEnabled:
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_ENABLED is false.")
	case mistaken("HOME_ASSISTANT_TOKEN"):
		return fault.New(fault.Misconfigured, "HOME_ASSISTANT_TOKEN cannot be used.")
	default:
		return nil
	}
}

// NoSmartHome returns why LEE does not answer Alexa's directives: the feature is left out,
// or NoHome has a reason. It is a fault.Misconfigured, or nil when LEE answers them.
func (h *Home) NoSmartHome(mistaken func(variable string) bool) error {
	if !h.Features.Has(FeatureAlexa) {
		return fault.New(fault.Misconfigured, "HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home.")
	}
	return h.NoHome(mistaken)
}
