package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

func buttons() Kind      { return buttonKind("button", FeatureCore) }
func inputButtons() Kind { return buttonKind("input_button", FeatureInputHelpers) }

func buttonKind(domain string, feature Feature) Kind {
	return Kind{
		Domain:   domain,
		Feature:  feature,
		Category: is(alexa.CategoryActivityTrigger),
		Interfaces: []Interface{
			scene(activation{domain: domain, activate: "press"}),
			health(),
		},
	}
}
