package demohome

// humidifierModes says that a humidifier has modes (HumidifierEntityFeature.MODES).
const humidifierModes = 1

func humidifiers() kind {
	return kind{
		live: []string{"action", "current_humidity", "humidity", "mode"},
		show: func(e *entity, shown map[string]any) {
			if _, acts := shown["action"]; acts && e.state == "off" {
				shown["action"] = "off"
			}
		},
		services: map[string]service{
			"turn_on":      {do: turn("on")},
			"turn_off":     {do: turn("off")},
			"toggle":       {do: toggle},
			"set_humidity": {fields: []field{need("humidity", percent)}, do: setHumidity},
			"set_mode": {
				fields: []field{need("mode", asText)}, features: []int{humidifierModes},
				do: func(c *call, e *entity) error {
					e.set("mode", c.text("mode"))
					return c.report(e)
				},
			},
		},
	}
}
