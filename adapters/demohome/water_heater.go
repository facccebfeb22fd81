package demohome

import "strings"

// Features of water heaters (WaterHeaterEntityFeature).
const (
	heaterTarget = 1 << iota
	heaterMode
	heaterAway
	heaterOnOff
)

func waterHeaters() kind {
	return kind{
		live: []string{
			"current_temperature", "temperature", "target_temp_high", "target_temp_low", "temperature_unit", "operation_mode", "away_mode",
		},
		services: map[string]service{
			"turn_on":  {features: []int{heaterOnOff}, do: heat("eco")},
			"turn_off": {features: []int{heaterOnOff}, do: heat("off")},
			// Home Assistant checks no range here, and neither does its demo.
			"set_temperature": {
				fields: []field{need("temperature", asFloat), may("operation_mode", asText)}, features: []int{heaterTarget},
				do: func(c *call, e *entity) error {
					e.set("temperature", round(c.float("temperature"), 1))
					return c.report(e)
				},
			},
			"set_operation_mode": {
				fields: []field{need("operation_mode", asText)}, features: []int{heaterMode},
				do: func(c *call, e *entity) error {
					mode := c.text("operation_mode")
					if !e.offers("operation_list", mode) {
						return refuse("Operation mode %s is not valid for %s. Valid operation modes are: %s",
							mode, e.ID, strings.Join(words(e.attrs["operation_list"]), ", "))
					}
					return heat(mode)(c, e)
				},
			},
			"set_away_mode": {
				fields: []field{need("away_mode", asBool)}, features: []int{heaterAway},
				do: func(c *call, e *entity) error {
					e.set("away_mode", map[bool]string{true: "on", false: "off"}[c.bool("away_mode")])
					return c.report(e)
				},
			},
		},
	}
}

// heat sets the operation mode, which is the state too.
func heat(mode string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		e.state = mode
		e.set("operation_mode", mode)
		return c.report(e)
	}
}
