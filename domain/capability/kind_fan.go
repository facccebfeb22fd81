package capability

import (
	"math"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func fans() Kind {
	return Kind{
		Domain:   "fan",
		Category: is(alexa.CategoryFan),
		Interfaces: []Interface{
			power(onOff("fan")), fanOscillation().face(), fanPreset().face(), fanDirection().face(), fanSpeed().face(), health(),
		},
	}
}

// fanSpeed is a fan's speed in percent. A fan that is only on or off has it too,
// from 0 to 100 in one step: Alexa does not switch a fan that has nothing but
// its power.
func fanSpeed() ranged {
	return ranged{
		instance: "fan.percentage",
		supports: func(v View) bool {
			s := v.State
			return s.Has(home.FanSetSpeed) || !s.Has(home.FanOscillate) && !s.Has(home.FanDirection) && !presetFan(v)
		},
		names: []phrase{wordPercentage, assetFanSpeed},
		span: func(s home.State) (alexa.Range, bool) {
			span := alexa.Range{Minimum: 0, Maximum: 100, Precision: 1}
			if onOffFan(s) {
				span.Precision = 100
			}
			return span, true
		},
		semantics: func(home.State) *alexa.Semantics {
			return rangeWords([]string{"Lower"}, []string{"Raise"}, false)
		},
		read: readFanSpeed,
		set:  setFanSpeed,
		// The fan's own services, which know its speeds.
		adjust: &Action{Plan: adjustFanSpeed},
	}
}

// onOffFan says whether the state is known to be that of a fan without speeds.
func onOffFan(s home.State) bool {
	_, known := s.Number(home.AttrSupportedFeatures)
	return known && !s.Has(home.FanSetSpeed)
}

func readFanSpeed(s home.State) (float64, bool) {
	switch {
	case s.Value != home.On:
		return 0, s.Value == home.Off
	case onOffFan(s):
		return 100, true
	default:
		return s.Number(home.AttrPercentage) // none while a preset decides
	}
}

func setFanSpeed(r Request, percent float64) (action.Plan, error) {
	id := r.ID()
	set := home.CallOn(id, "fan", "set_percentage", home.Field{Name: "percentage", Value: home.Number(percent)})
	if percent == 0 {
		return action.Plan{Call: home.CallOn(id, "fan", "turn_off"), Instead: &set, Wants: []action.Want{action.StateIs(home.Off)}}, nil
	}
	on := home.CallOn(id, "fan", "turn_on")
	speed := action.NumberIs(home.AttrPercentage, percent, 1)
	speed.Step, speed.Given, speed.Makes = home.AttrPercentageStep, home.AttrPercentageStep, true
	return action.Plan{Call: set, Instead: &on, Wants: []action.Want{action.StateIs(home.On), speed}}, nil
}

func adjustFanSpeed(r Request) (action.Plan, error) {
	delta, byDefault, err := rangeDelta(r)
	if err != nil {
		return action.Plan{}, err
	}
	service, other := "increase_speed", home.CallOn(r.ID(), "fan", "turn_on")
	if delta < 0 {
		service, other = "decrease_speed", home.CallOn(r.ID(), "fan", "turn_off")
	}
	plan := action.Plan{Call: home.CallOn(r.ID(), "fan", service), Instead: &other}
	if !byDefault {
		percent := min(max(math.Round(math.Abs(delta)), 1), 100)
		plan.Call.Data = home.Fields{{Name: "percentage_step", Value: home.Number(percent)}}
	}
	return plan, nil
}

func presetFan(v View) bool {
	return v.State.Has(home.FanPresetMode) && len(v.State.Texts(home.AttrPresetModes)) > 0
}

func fanPreset() moded {
	return moded{
		instance: "fan.preset_mode",
		prefix:   "preset_mode",
		supports: presetFan,
		names:    []phrase{assetPreset},
		listed:   home.AttrPresetModes,
		read:     func(s home.State) string { return s.Text(home.AttrPresetMode) },
		set: func(r Request, mode string) (action.Plan, error) {
			return action.Plan{
				Call:  home.CallOn(r.ID(), "fan", "set_preset_mode", home.Field{Name: "preset_mode", Value: home.Text(mode)}),
				Wants: []action.Want{action.TextIs(home.AttrPresetMode, mode)},
			}, nil
		},
	}
}

func fanDirection() moded {
	return moded{
		instance: "fan.direction",
		prefix:   "direction",
		supports: func(v View) bool { return v.State.Has(home.FanDirection) },
		names:    []phrase{assetDirection},
		fixed: func(home.State) []fixedMode {
			return []fixedMode{{"forward", []phrase{wordForward}}, {"reverse", []phrase{wordReverse}}}
		},
		read: func(s home.State) string { return s.Text(home.AttrDirection) },
		set: func(r Request, direction string) (action.Plan, error) {
			return action.Plan{
				Call:  home.CallOn(r.ID(), "fan", "set_direction", home.Field{Name: "direction", Value: home.Text(direction)}),
				Wants: []action.Want{action.TextIs(home.AttrDirection, direction)},
			}, nil
		},
	}
}

func fanOscillation() toggled {
	oscillate := func(on bool) func(home.EntityID) action.Plan {
		return func(id home.EntityID) action.Plan {
			return action.Plan{
				Call:  home.CallOn(id, "fan", "oscillate", home.Field{Name: "oscillating", Value: home.Flag(on)}),
				Wants: []action.Want{action.FlagIs(home.AttrOscillating, on)},
			}
		}
	}
	return toggled{
		instance: "fan.oscillating",
		supports: func(v View) bool { return v.State.Has(home.FanOscillate) },
		names:    []phrase{assetOscillate, wordRotate, wordRotation},
		read:     func(s home.State) (on, known bool) { return s.Attributes.Get(home.AttrOscillating).Flag() },
		on:       oscillate(true),
		off:      oscillate(false),
	}
}
