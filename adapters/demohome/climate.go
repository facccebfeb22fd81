package demohome

import "strings"

// Features of climate devices (ClimateEntityFeature).
const (
	climateTarget          = 1
	climateRange           = 2
	climateHumidity        = 4
	climateFanMode         = 8
	climatePresetMode      = 16
	climateSwingMode       = 32
	climateTurnOff         = 128
	climateTurnOn          = 256
	climateSwingHorizontal = 512
)

var hvacModes = []string{"off", "heat", "cool", "heat_cool", "auto", "dry", "fan_only"}

func climates() kind {
	return kind{
		live: []string{
			"current_temperature", "temperature_unit", "temperature", "target_temp_high", "target_temp_low",
			"current_humidity", "humidity", "fan_mode", "hvac_action", "preset_mode", "swing_mode", "swing_horizontal_mode",
		},
		services: map[string]service{
			"turn_on":  {features: []int{climateTurnOn}, do: climateOn},
			"turn_off": {features: []int{climateTurnOff}, do: turn("off")},
			"toggle": {features: []int{climateTurnOff, climateTurnOn}, do: func(c *call, e *entity) error {
				if e.state == "off" {
					return climateOn(c, e)
				}
				return turn("off")(c, e)
			}},
			"set_hvac_mode": {
				fields: []field{need("hvac_mode", oneOf(hvacModes...))},
				do: func(c *call, e *entity) error {
					mode := c.text("hvac_mode")
					if err := offered(e, "HVAC mode", mode, "hvac_modes"); err != nil {
						return err
					}
					return turn(mode)(c, e)
				},
			},
			"set_temperature": {
				fields: []field{
					may("temperature", asFloat),
					{name: "target_temp_high", check: asFloat, ally: "temperature"},
					{name: "target_temp_low", check: asFloat, ally: "temperature"},
					may("hvac_mode", oneOf(hvacModes...)),
				},
				oneOf:    []string{"temperature", "target_temp_high", "target_temp_low"},
				features: []int{climateTarget, climateRange}, do: setTemperature,
			},
			"set_humidity": {
				fields: []field{need("humidity", asInt)}, features: []int{climateHumidity}, do: setHumidity,
			},
			"set_preset_mode": chooseMode("preset_mode", "preset_modes", "Preset mode", climatePresetMode),
			"set_fan_mode":    chooseMode("fan_mode", "fan_modes", "Fan mode", climateFanMode),
			"set_swing_mode":  chooseMode("swing_mode", "swing_modes", "Swing mode", climateSwingMode),
			"set_swing_horizontal_mode": chooseMode("swing_horizontal_mode", "swing_horizontal_modes",
				"Horizontal swing mode", climateSwingHorizontal),
		},
	}
}

// chooseMode sets one of the modes of a climate device.
func chooseMode(name, list, what string, feature int) service {
	return service{
		fields: []field{need(name, asText)}, features: []int{feature},
		do: func(c *call, e *entity) error {
			if err := offered(e, what, c.text(name), list); err != nil {
				return err
			}
			e.set(name, c.text(name))
			return c.report(e)
		},
	}
}

// offered refuses a mode that the device does not have.
func offered(e *entity, what, mode, list string) error {
	if e.offers(list, mode) {
		return nil
	}
	plural := strings.ToLower(what[:1]) + what[1:] + "s"
	if strings.HasPrefix(what, "HVAC") {
		plural = what + "s"
	}
	return refuse("%s %s is not valid. Valid %s are: %s", what, mode, plural, strings.Join(words(e.attrs[list]), ", "))
}

// climateOn takes the only mode besides off, or the most sensible one.
func climateOn(c *call, e *entity) error {
	modes := words(e.attrs["hvac_modes"])
	for _, mode := range modes {
		if len(modes) == 2 && mode != "off" {
			return turn(mode)(c, e)
		}
	}
	for _, mode := range []string{"heat_cool", "heat", "cool"} {
		if e.offers("hvac_modes", mode) {
			return turn(mode)(c, e)
		}
	}
	return nil
}

func setTemperature(c *call, e *entity) error {
	if c.given("temperature") && !e.has(climateTarget) {
		return refuse("Set temperature action was used with the 'Target temperature' parameter but the entity does not support it")
	}
	if c.given("target_temp_low") && !e.has(climateRange) {
		return refuse("Set temperature action was used with the 'Lower/Upper target temperature' parameter but the entity does not support it")
	}
	if c.float("target_temp_low") > c.float("target_temp_high") {
		return refuse("'Lower target temperature' cannot be higher than 'Upper target temperature'")
	}
	asked := []string{"temperature", "target_temp_high", "target_temp_low"}
	for _, name := range asked {
		if t := c.float(name); c.given(name) && (t < e.number("min_temp") || t > e.number("max_temp")) {
			return refuse("Provided temperature %s is not valid. Accepted range is %s to %s",
				e.degrees(t), e.degrees(e.attrs["min_temp"]), e.degrees(e.attrs["max_temp"]))
		}
	}
	for _, name := range asked {
		if c.given(name) {
			e.set(name, round(c.float(name), 1))
		}
	}
	if c.given("hvac_mode") {
		e.state = c.text("hvac_mode")
	}
	return c.report(e)
}

// degrees writes a temperature in the unit that the device reckons in.
func (e *entity) degrees(celsius any) string {
	if e.Fahrenheit {
		return float(number(celsius)*1.8 + 32)
	}
	return text(celsius)
}

// setHumidity serves climate devices and humidifiers.
func setHumidity(c *call, e *entity) error {
	h := c.float("humidity")
	if h < e.number("min_humidity") || h > e.number("max_humidity") {
		return refuse("Provided humidity %s is not valid. Accepted range is %s to %s",
			text(c.data["humidity"]), text(e.attrs["min_humidity"]), text(e.attrs["max_humidity"]))
	}
	e.set("humidity", c.data["humidity"])
	return c.report(e)
}
