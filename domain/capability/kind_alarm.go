package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
)

func alarmPanels() Kind {
	return Kind{
		Domain:     "alarm_control_panel",
		Category:   is(alexa.CategorySecurityPanel),
		Interfaces: []Interface{securityPanel(), health()},
		Useful:     true,
		Manner:     action.Manner{Care: strict},
	}
}
