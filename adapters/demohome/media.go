package demohome

import "slices"

// remoteActivity is a feature of remotes (RemoteEntityFeature).
const remoteActivity = 4

func remotes() kind {
	activity := []field{may("activity", asText)}
	return kind{
		live: []string{"current_activity", "last_command_sent"},
		services: map[string]service{
			"turn_on":  {fields: activity, do: remoteOn},
			"turn_off": {fields: activity, do: remoteOff},
			"toggle": {fields: activity, do: func(c *call, e *entity) error {
				if e.state == "on" {
					return remoteOff(c, e)
				}
				return remoteOn(c, e)
			}},
			"send_command": {
				fields: []field{
					need("command", listOf(asText)), may("device", asText), may("num_repeats", clamped(asInt, 0, 1e6)),
					may("delay_secs", asFloat), may("hold_secs", asFloat),
				},
				do: func(c *call, e *entity) error {
					sent := words(c.data["command"])
					if len(sent) > 0 {
						e.set("last_command_sent", sent[len(sent)-1])
					}
					return c.report(e)
				},
			},
		},
	}
}

func remoteOn(c *call, e *entity) error {
	if e.has(remoteActivity) {
		switch {
		case c.given("activity"):
			e.set("current_activity", c.text("activity"))
		case e.state != "on":
			e.set("current_activity", slices.Concat(words(e.attrs["activity_list"]), []string{""})[0])
		}
	}
	return turn("on")(c, e)
}

func remoteOff(c *call, e *entity) error {
	if e.has(remoteActivity) {
		e.set("current_activity", "PowerOff")
	}
	return turn("off")(c, e)
}
