package demohome

import "slices"

// Features of remotes and cameras (RemoteEntityFeature, CameraEntityFeature).
const (
	remoteActivity = 4
	cameraOnOff    = 1
)

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

func cameras() kind {
	return kind{
		live: []string{"access_token", "motion_detection"},
		services: map[string]service{
			"turn_on":                  {features: []int{cameraOnOff}, do: turn("streaming")},
			"turn_off":                 {features: []int{cameraOnOff}, do: turn("idle")},
			"enable_motion_detection":  {do: detect(true)},
			"disable_motion_detection": {do: detect(false)},
		},
	}
}

// detect shows motion detection only while it is on, as Home Assistant does.
func detect(on bool) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		delete(e.attrs, "motion_detection")
		if on {
			e.set("motion_detection", true)
		}
		return c.report(e)
	}
}
