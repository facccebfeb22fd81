package demohome

import (
	"math"
	"slices"
)

// lightEffect says that a light has effects (LightEntityFeature.EFFECT).
const lightEffect = 4

// The colour attributes of a light, one for each colour mode that it may have.
var colours = []string{"hs_color", "rgb_color", "xy_color", "rgbw_color", "rgbww_color"}

func lights() kind {
	byte255 := clamped(asInt, 0, 255)
	octets := func(n int) check { return exactly(slices.Repeat([]check{upTo(asInt, 255)}, n)...) }
	on := []field{
		may("transition", clamped(asFloat, 0, 6553)),
		may("flash", oneOf("short", "long")),
		may("effect", asText),
		{name: "brightness", check: byte255, rival: "brightness"},
		{name: "brightness_pct", check: upTo(asFloat, 100), rival: "brightness"},
		{name: "brightness_step", check: clamped(asInt, -255, 255), rival: "brightness"},
		{name: "brightness_step_pct", check: clamped(asFloat, -100, 100), rival: "brightness"},
		{name: "profile", check: asText, rival: "colour"},
		{name: "color_name", check: asText, rival: "colour"},
		{name: "color_temp_kelvin", check: clamped(asInt, 0, math.MaxInt32), rival: "colour"},
		{name: "hs_color", check: exactly(upTo(asFloat, 360), upTo(asFloat, 100)), rival: "colour"},
		{name: "rgb_color", check: octets(3), rival: "colour"},
		{name: "rgbw_color", check: octets(4), rival: "colour"},
		{name: "rgbww_color", check: octets(5), rival: "colour"},
		{name: "xy_color", check: exactly(slices.Repeat([]check{upTo(asFloat, 1)}, 2)...), rival: "colour"},
		{name: "white", check: func(v any) (any, error) {
			if v == true {
				return v, nil
			}
			return byte255(v)
		}, rival: "colour"},
	}
	off := []field{on[0], on[1]}
	return kind{
		live: append([]string{"effect", "color_mode", "brightness", "color_temp_kelvin"}, colours...),
		show: showLight,
		services: map[string]service{
			"turn_on":  {fields: on, do: lightOn},
			"turn_off": {fields: off, do: turn("off")},
			"toggle": {fields: on, do: func(c *call, e *entity) error {
				if e.state == "on" {
					return turn("off")(c, e)
				}
				return lightOn(c, e)
			}},
		},
	}
}

// showLight shows what a light of its modes has: the values that belong to the
// present colour mode, its colour in every notation, and null for the others.
// Of a light that is off, all is null.
func showLight(e *entity, shown map[string]any) {
	modes := words(e.attrs["supported_color_modes"])
	known := map[string]any{}
	for _, name := range append([]string{"effect", "color_mode", "brightness", "color_temp_kelvin"}, colours...) {
		if v, ok := shown[name]; ok {
			known[name] = v
			delete(shown, name)
		}
	}
	on := e.state == "on"
	null := func(name string, there bool) {
		if there {
			shown[name] = nil
			if on {
				shown[name] = known[name]
			}
		}
	}
	mode, _ := known["color_mode"].(string)
	null("color_mode", true)
	null("effect", e.has(lightEffect))
	null("brightness", !slices.Contains(modes, "onoff"))
	null("color_temp_kelvin", slices.Contains(modes, "color_temp"))
	if mode != "color_temp" && slices.Contains(modes, "color_temp") {
		shown["color_temp_kelvin"] = nil
	}
	if !slices.ContainsFunc(modes, func(m string) bool { return m != "onoff" && m != "brightness" && m != "white" }) {
		return
	}
	for _, name := range []string{"hs_color", "rgb_color", "xy_color"} {
		shown[name] = nil
	}
	for _, m := range []string{"rgbw", "rgbww"} {
		if slices.Contains(modes, m) {
			shown[m+"_color"] = nil
		}
	}
	if on {
		for name, v := range notations(mode, known, e.kelvins()) {
			shown[name] = v
		}
	}
}

// kelvins returns the range of a light's colour temperature.
func (e *entity) kelvins() [2]float64 {
	lowest, highest := e.number("min_color_temp_kelvin"), e.number("max_color_temp_kelvin")
	if highest == 0 {
		return [2]float64{2000, 6535} // DEFAULT_MIN_KELVIN, DEFAULT_MAX_KELVIN in light/const.py
	}
	return [2]float64{lowest, highest}
}

// lightOn turns a light on, as far as it can do what is asked. A brightness of 0
// turns it off.
func lightOn(c *call, e *entity) error {
	modes := words(e.attrs["supported_color_modes"])
	dims := !slices.Contains(modes, "onoff")
	if level, asked := brightness(c, e); asked && dims {
		if level == 0 {
			return turn("off")(c, e)
		}
		e.set("brightness", level)
	}
	if mode, value, ok := wanted(c, e, modes); ok {
		switch mode {
		case "white":
			if value == 0 {
				return turn("off")(c, e)
			}
			e.set("brightness", value)
		case "color_temp":
			e.set("color_temp_kelvin", value)
		default:
			e.set(mode+"_color", value)
		}
		e.set("color_mode", mode)
	}
	if c.given("effect") && e.has(lightEffect) {
		e.set("effect", c.text("effect"))
	}
	return turn("on")(c, e)
}

// brightness works out which brightness is asked for, relative to the present
// one if it is a step. A light that is off counts as 0 then.
func brightness(c *call, e *entity) (level int, asked bool) {
	now := 0.0
	if e.state == "on" {
		now = e.number("brightness")
	}
	switch {
	case c.given("brightness"):
		return c.int("brightness"), true
	case c.given("brightness_pct"):
		return int(math.RoundToEven(255 * c.float("brightness_pct") / 100)), true
	case c.given("brightness_step"):
		now += c.float("brightness_step")
	case c.given("brightness_step_pct"):
		now = math.RoundToEven((math.RoundToEven(now/255*100) + c.float("brightness_step_pct")) / 100 * 255)
	default:
		return 0, false
	}
	return int(min(max(now, 0), 255)), true
}

// wanted works out which colour mode and value are asked for, turned into what
// the light can do. It is false if nothing is asked or nothing can be done.
func wanted(c *call, e *entity, modes []string) (mode string, value any, ok bool) {
	if c.given("white") {
		if !slices.Contains(modes, "white") {
			return "", nil, false
		}
		if level, asked := brightness(c, e); asked {
			return "white", level, true
		}
		if c.data["white"] == true {
			return "white", e.attrs["brightness"], true
		}
		return "white", c.data["white"], true
	}
	if c.given("color_temp_kelvin") {
		return temperatureFor(c.float("color_temp_kelvin"), e, modes)
	}
	if c.given("color_name") {
		return colourFor("rgb", named(c.text("color_name")), e.kelvins(), modes)
	}
	for _, name := range colours {
		if list, given := c.data[name].([]any); given {
			return colourFor(name[:len(name)-len("_color")], numbersOf(list), e.kelvins(), modes)
		}
	}
	return "", nil, false
}

// temperatureFor turns a colour temperature into what a light can do.
func temperatureFor(kelvin float64, e *entity, modes []string) (string, any, bool) {
	switch {
	case slices.Contains(modes, "color_temp"):
		return "color_temp", int(kelvin), true
	case slices.Contains(modes, "rgbww"):
		level := e.number("brightness")
		if level == 0 {
			level = 255
		}
		return "rgbww", ints(whites(kelvin, level, e.kelvins())), true
	case slices.ContainsFunc(modes, func(m string) bool { return slices.Contains(colours, m+"_color") }):
		h, s := hsOfRGB(rgbOfKelvin(kelvin))
		return colourFor("hs", []float64{h, s}, e.kelvins(), modes)
	}
	return "", nil, false
}
