//go:build live

package differential

import (
	"math"
	"slices"
)

// setpoints are sayings about temperatures, which are the same for all
// thermostats: what is out of range for one is in it for another.
func setpoints() []directive {
	degrees := func(value any, scale string) members { return members{"value": value, "scale": scale} }
	celsius := func(value any) members { return degrees(value, "CELSIUS") }
	set := "SetTargetTemperature"
	all := []directive{
		plain(set, members{"targetSetpoint": celsius(22)}),
		plain(set, members{"targetSetpoint": degrees(71.6, "FAHRENHEIT")}),
		plain(set, members{"lowerSetpoint": celsius(19), "upperSetpoint": celsius(24)}),
		plain(set, members{"lowerSetpoint": degrees(66, "FAHRENHEIT"), "upperSetpoint": degrees(75, "FAHRENHEIT")}),
	}
	for _, payload := range []any{
		members{"targetSetpoint": degrees(295.15, "KELVIN")}, members{"targetSetpoint": celsius(51.5)},
		members{"targetSetpoint": degrees(125, "FAHRENHEIT")},
		members{"targetSetpoint": celsius(4)}, members{"targetSetpoint": celsius(99)}, members{"targetSetpoint": celsius(-300)},
		members{"lowerSetpoint": celsius(24), "upperSetpoint": celsius(19)}, members{"lowerSetpoint": celsius(1), "upperSetpoint": celsius(24)},
	} {
		all = append(all, odd(set, payload))
	}
	for _, payload := range []any{
		members{"lowerSetpoint": celsius(19)}, members{"upperSetpoint": celsius(24)},
		members{"targetSetpoint": celsius(21), "lowerSetpoint": celsius(19), "upperSetpoint": celsius(24)},
		members{"targetSetpoint": celsius(22), "schedule": members{"start": "2026-01-01T00:00:00Z", "duration": "PT2H"}},
		members{"targetSetpoint": degrees(22, "RANKINE")}, members{"targetSetpoint": celsius("22")}, members{"targetSetpoint": celsius(nil)},
		members{"targetSetpoint": members{"value": 22}}, members{"targetSetpoint": members{"scale": "CELSIUS"}}, members{"targetSetpoint": 22}, members{},
	} {
		all = append(all, wrong(set, payload))
	}
	adjust := "AdjustTargetTemperature"
	all = append(all, plain(adjust, members{"targetSetpointDelta": celsius(1)}), plain(adjust, members{"targetSetpointDelta": degrees(-2, "FAHRENHEIT")}))
	for _, delta := range []any{degrees(1, "KELVIN"), celsius(0.5), celsius(60), celsius(-60)} {
		all = append(all, odd(adjust, members{"targetSetpointDelta": delta}))
	}
	for _, delta := range []any{celsius(0), celsius("1"), degrees(1, "RANKINE"), members{}, 1} {
		all = append(all, wrong(adjust, members{"targetSetpointDelta": delta}))
	}
	return append(all, wrong(adjust, members{}))
}

func thermostatModes(c offer) []directive {
	said := func(value any) members { return members{"thermostatMode": members{"value": value}} }
	custom := func(name any) members {
		return members{"thermostatMode": members{"value": "CUSTOM", "customName": name}}
	}
	var all []directive
	for _, mode := range c.Configuration.SupportedModes {
		if mode.Value != "CUSTOM" {
			all = append(all, plain("SetThermostatMode", said(mode.Value)))
		}
	}
	for _, payload := range []any{said("HEAT"), said("COOL"), said("AUTO"), said("OFF"), said("ECO"), custom("DEHUMIDIFY"), custom("FAN")} {
		if d := odd("SetThermostatMode", payload); !slices.ContainsFunc(all, func(have directive) bool { return have.said() == d.said() }) {
			all = append(all, d)
		}
	}
	for _, payload := range []any{
		said("EM_HEAT"), said("WARM"), members{"thermostatMode": "HEAT"}, custom("SAUNA"), said("CUSTOM"), said(nil), said(1),
		members{"thermostatMode": members{}}, members{"thermostatMode": 1}, members{},
	} {
		all = append(all, wrong("SetThermostatMode", payload))
	}
	return all
}

// ranges are sayings about a range: its ends and what is beyond them, its
// presets, steps, and what is between two of them.
func ranges(c offer) []directive {
	span := c.Configuration.SupportedRange
	middle := span.MinimumValue + math.Floor((span.MaximumValue-span.MinimumValue)/span.Precision/2)*span.Precision
	values := []float64{
		middle, span.MinimumValue, span.MaximumValue, span.MinimumValue + span.Precision, span.MaximumValue - span.Precision,
		middle + span.Precision/2, span.MinimumValue - span.Precision, span.MaximumValue + span.Precision, -1e9, 1e9,
	}
	for _, preset := range c.Configuration.Presets {
		values = append(values, preset.RangeValue)
	}
	delta := func(d float64, byDefault bool) directive {
		return plain("AdjustRangeValue", members{"rangeValueDelta": d, "rangeValueDeltaDefault": byDefault})
	}
	return slices.Concat(
		numbered("SetRangeValue", "rangeValue", nil, values...),
		numbered("AdjustRangeValue", "rangeValueDelta", members{"rangeValueDeltaDefault": false}, -span.Precision, 2*span.Precision, 1e6, -1e6, 0),
		[]directive{delta(1, true), delta(-1, true), wrong("AdjustRangeValue", members{"rangeValueDelta": span.Precision})},
	)
}

func modes(c offer) []directive {
	var words []string
	for _, mode := range c.Configuration.SupportedModes {
		words = append(words, mode.Value)
	}
	good := len(words)
	prefix, _ := cut(words[0])
	words = append(words, prefix+".no such mode", prefix+".", prefix, "no prefix", "")
	return slices.Concat(
		worded("SetMode", "mode", good, words...),
		numbered("AdjustMode", "modeDelta", nil, 1, -1, 99, 0, 1.5),
	)
}
