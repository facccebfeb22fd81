package demohome

// turn sets a state and says so.
func turn(state string) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		e.state = state
		return c.report(e)
	}
}

// toggle turns on what is off, and off what is on.
func toggle(c *call, e *entity) error {
	if e.state == "on" {
		return turn("off")(c, e)
	}
	return turn("on")(c, e)
}

func switches() kind {
	return kind{services: map[string]service{
		"turn_on":  {do: turn("on")},
		"turn_off": {do: turn("off")},
		"toggle":   {do: toggle},
	}}
}

func inputBooleans() kind {
	k := switches()
	k.services["reload"] = reload
	return k
}

// reload is what administrators call after they have edited the configuration.
// The house has none to read.
var reload = service{untargeted: true, admin: true, whole: func(*call) error { return nil }}

// Features of sirens (SirenEntityFeature).
const (
	sirenTurnOn = 1 << iota
	sirenTurnOff
	sirenTones
)

func sirens() kind {
	return kind{services: map[string]service{
		"turn_on": {
			fields: []field{
				may("tone", anything), may("duration", clamped(asInt, 0, 1e9)), may("volume_level", upTo(asFloat, 1)),
			},
			features: []int{sirenTurnOn},
			do: func(c *call, e *entity) error {
				if tone := text(c.data["tone"]); c.given("tone") && e.has(sirenTones) && !e.offers("available_tones", tone) {
					return refuse("Invalid tone specified for entity %s: %s, check the available_tones attribute for valid tones to pass in", e.ID, tone)
				}
				return turn("on")(c, e)
			},
		},
		"turn_off": {features: []int{sirenTurnOff}, do: turn("off")},
		"toggle":   {features: []int{sirenTurnOn | sirenTurnOff}, do: toggle},
	}}
}
