package capability

import "github.com/lambda-execution-engine/lee/domain/alexa"

// alarmPanels leaves out panels that can only be armed with a code when LEE has
// none for them.
func alarmPanels() Kind {
	return Kind{
		Domain: "alarm_control_panel",
		Category: func(v View) alexa.DisplayCategory {
			if armable(v) {
				return alexa.CategorySecurityPanel
			}
			return ""
		},
		Interfaces: []Interface{securityPanel(), health()},
		Guarded:    always,
		Moving:     []string{"arming", "disarming"},
	}
}
