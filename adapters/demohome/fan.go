package demohome

import (
	"math"
	"strings"
)

// Features of fans (FanEntityFeature).
const (
	fanSetSpeed = 1 << iota
	fanOscillate
	fanDirection
	fanPresetMode
	fanTurnOff
	fanTurnOn
)

// medium is the speed of a fan that is turned on without one.
const medium = 67

func fans() kind {
	step := []field{may("percentage_step", percent)}
	return kind{
		live: []string{"direction", "oscillating", "percentage", "percentage_step", "preset_mode"},
		services: map[string]service{
			"turn_on": {
				fields:   []field{may("percentage", percent), may("preset_mode", asText)},
				features: []int{fanTurnOn}, do: fanOn,
			},
			"turn_off":       {features: []int{fanTurnOff}, do: fanOff},
			"toggle":         {features: []int{fanTurnOff, fanTurnOn}, do: fanToggle},
			"increase_speed": {fields: step, features: []int{fanSetSpeed}, do: fanFaster(1)},
			"decrease_speed": {fields: step, features: []int{fanSetSpeed}, do: fanFaster(-1)},
			"set_percentage": {
				fields: []field{need("percentage", percent)}, features: []int{fanSetSpeed},
				do: func(c *call, e *entity) error { return blow(c, e, c.int("percentage")) },
			},
			"set_preset_mode": {
				fields: []field{need("preset_mode", asText)}, features: []int{fanSetSpeed, fanPresetMode}, do: fanOn,
			},
			"oscillate": {
				fields: []field{need("oscillating", asBool)}, features: []int{fanOscillate},
				do: setAttribute("oscillating"),
			},
			"set_direction": {
				fields: []field{may("direction", asText)}, features: []int{fanDirection},
				do: func(c *call, e *entity) error {
					if !c.given("direction") {
						return failure{"a direction is not optional, whatever the schema says"}
					}
					return setAttribute("direction")(c, e)
				},
			},
		},
	}
}

func fanOn(c *call, e *entity) error {
	if mode := c.text("preset_mode"); c.given("preset_mode") {
		if !e.offers("preset_modes", mode) {
			return refuse("Preset mode %s is not valid, valid preset modes are: %s", mode, strings.Join(words(e.attrs["preset_modes"]), ", "))
		}
		e.state = "on"
		e.set("preset_mode", mode)
		if e.has(fanSetSpeed) {
			e.set("percentage", nil)
		}
		return c.report(e)
	}
	if c.given("percentage") {
		return blow(c, e, c.int("percentage"))
	}
	return blow(c, e, medium)
}

func fanOff(c *call, e *entity) error {
	return blow(c, e, 0)
}

func fanToggle(c *call, e *entity) error {
	if e.state == "on" {
		return fanOff(c, e)
	}
	return fanOn(c, e)
}

// blow sets a fan's speed. A preset gives way to it.
func blow(c *call, e *entity, percentage int) error {
	e.state = "on"
	if percentage == 0 {
		e.state = "off"
	}
	if e.has(fanSetSpeed) {
		e.set("percentage", percentage)
	}
	e.set("preset_mode", nil)
	return c.report(e)
}

// fanFaster takes a fan up or down by a step that is given, or to its next speed.
func fanFaster(direction int) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		speed := e.number("percentage")
		if c.given("percentage_step") {
			return blow(c, e, min(max(int(speed)+direction*c.int("percentage_step"), 0), 100))
		}
		step := e.number("percentage_step")
		if step == 0 {
			step = 1
		}
		count := math.Round(100 / step)
		index := math.Ceil(speed*count/100) + float64(direction)
		return blow(c, e, int(min(max(index*100/count, 0), 100)))
	}
}
