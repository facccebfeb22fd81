//go:build check

package endtoend

import "math/rand/v2"

// utterance is something that people say, share times in a hundred.
type utterance struct {
	share int
	// name is the directive, to one of endpoints.
	name, instance string
	endpoints      []string
	payload        func(*rand.Rand) any
}

var (
	lamps    = []string{"light#kitchen_lights", "light#ceiling_lights", "light#bed_light", "light#reading_lamp"}
	coloured = []string{"light#kitchen_lights", "light#bed_light"}
	switched = []string{"switch#ac", "switch#decorative_lights", "switch#coffee_machine", "input_boolean#guest_mode", "light#porch_light"}
	sensors  = []string{"sensor#outside_temperature", "sensor#bedroom_temperature", "binary_sensor#movement_backyard", "binary_sensor#front_door_contact"}
	others   = []string{"lock#front_door", "climate#hvac", "fan#living_room_fan", "media_player#walkman", "cover#garage_door", "cover#hall_window"}
)

// mix is what a household says: mostly to lamps, and now and then something is
// asked for.
var mix = []utterance{
	{20, "Alexa.PowerController.TurnOn", "", lamps, nil},
	{16, "Alexa.PowerController.TurnOff", "", lamps, nil},
	{6, "Alexa.PowerController.TurnOn", "", switched, nil},
	{6, "Alexa.PowerController.TurnOff", "", switched, nil},
	{8, "Alexa.BrightnessController.SetBrightness", "", lamps, func(r *rand.Rand) any { return map[string]any{"brightness": 1 + r.IntN(100)} }},
	{3, "Alexa.BrightnessController.AdjustBrightness", "", lamps, func(r *rand.Rand) any { return map[string]any{"brightnessDelta": r.IntN(41) - 20} }},
	{2, "Alexa.ColorController.SetColor", "", coloured, func(r *rand.Rand) any {
		return map[string]any{"color": map[string]any{"hue": float64(r.IntN(360)), "saturation": 0.75, "brightness": 1}}
	}},
	{2, "Alexa.ColorTemperatureController.SetColorTemperature", "", coloured, func(r *rand.Rand) any {
		return map[string]any{"colorTemperatureInKelvin": 2700 + 100*r.IntN(20)}
	}},
	{2, "Alexa.LockController.Lock", "", []string{"lock#front_door", "lock#kitchen_door"}, nil},
	{3, "Alexa.ThermostatController.SetTargetTemperature", "", []string{"climate#hvac"}, func(r *rand.Rand) any {
		return map[string]any{"targetSetpoint": map[string]any{"value": 18 + r.IntN(6), "scale": "CELSIUS"}}
	}},
	{2, "Alexa.RangeController.SetRangeValue", "fan.percentage", []string{"fan#living_room_fan"}, func(r *rand.Rand) any {
		return map[string]any{"rangeValue": 33 * (1 + r.IntN(3))}
	}},
	{3, "Alexa.Speaker.SetVolume", "", []string{"media_player#walkman"}, func(r *rand.Rand) any { return map[string]any{"volume": r.IntN(101)} }},
	{2, "Alexa.SceneController.Activate", "", []string{"scene#switch_on_and_off", "script#demo"}, nil},
	{6, "Alexa.ReportState", "", lamps, nil},
	{10, "Alexa.ReportState", "", sensors, nil},
	{4, "Alexa.ReportState", "", others, nil},
	{5, "Alexa.Discovery.Discover", "", []string{""}, nil},
}

// next returns what is said next.
func next(r *rand.Rand) directive {
	at := r.IntN(100)
	for _, u := range mix {
		if at -= u.share; at >= 0 {
			continue
		}
		d := directive{name: u.name, instance: u.instance, endpoint: u.endpoints[r.IntN(len(u.endpoints))]}
		if u.payload != nil {
			d.payload = u.payload(r)
		}
		return d
	}
	panic("the shares of the mix are not a hundred")
}
