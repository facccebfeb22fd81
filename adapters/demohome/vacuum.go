package demohome

// Features of vacuums (VacuumEntityFeature).
const (
	vacuumPause      = 4
	vacuumStop       = 8
	vacuumReturnHome = 16
	vacuumFanSpeed   = 32
	vacuumCommand    = 256
	vacuumLocate     = 512
	vacuumCleanSpot  = 1024
	vacuumStart      = 8192
)

// homeward is how many seconds a vacuum takes to its dock.
const homeward = 30

func vacuums() kind {
	return kind{
		live: []string{"fan_speed", "cleaned_area"},
		services: map[string]service{
			"start": {features: []int{vacuumStart}, do: func(c *call, e *entity) error {
				if e.state != "cleaning" {
					e.set("cleaned_area", round(e.number("cleaned_area")+1.32, 2))
				}
				return drive("cleaning")(c, e)
			}},
			"pause": {features: []int{vacuumPause}, do: func(c *call, e *entity) error {
				if e.state != "cleaning" {
					return nil
				}
				return drive("paused")(c, e)
			}},
			"return_to_base": {features: []int{vacuumReturnHome}, do: func(c *call, e *entity) error {
				if e.state == "docked" {
					return nil
				}
				if err := drive("returning")(c, e); err != nil {
					return err
				}
				c.house.later(e, homeward, func() {
					e.state = "docked"
					c.house.report(e)
				})
				return nil
			}},
			"stop":       {features: []int{vacuumStop}, do: drive("idle")},
			"locate":     {features: []int{vacuumLocate}, do: drive("idle")},
			"clean_spot": {features: []int{vacuumCleanSpot}, do: drive("cleaning")},
			"set_fan_speed": {
				fields: []field{need("fan_speed", asText)}, features: []int{vacuumFanSpeed},
				do: func(c *call, e *entity) error {
					if !e.offers("fan_speed_list", c.text("fan_speed")) {
						return nil // Home Assistant's demo takes no notice
					}
					return setAttribute("fan_speed")(c, e)
				},
			},
			"send_command": {
				fields: []field{need("command", asText), may("params", anything)}, features: []int{vacuumCommand},
				do: drive("idle"),
			},
		},
	}
}

// drive sets what a vacuum is doing; a way home that it was on is broken off.
func drive(activity string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		e.cancel()
		return turn(activity)(c, e)
	}
}
