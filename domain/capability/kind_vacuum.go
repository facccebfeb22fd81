package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func vacuums() Kind {
	return Kind{
		Domain:     "vacuum",
		Category:   is(alexa.CategoryVacuumCleaner),
		Interfaces: []Interface{vacuumPower(), suction().face(), vacuumHold(), health()},
	}
}

// The states of vacuums (components/vacuum).
const (
	vacuumCleaning, vacuumReturning, vacuumDocked = "cleaning", "returning", "docked"
	vacuumPaused, vacuumIdle                      = "paused", "idle"
)

// vacuumPower starts a vacuum and sends it home. It is on while it cleans.
func vacuumPower() Interface {
	return power(switching{
		domain: "vacuum", on: "start", off: "return_to_base",
		supports: func(v View) bool { return v.State.Has(home.VacuumStart) && v.State.Has(home.VacuumReturnHome) },
		isOn:     func(s home.State) bool { return s.Value == vacuumCleaning },
		wantOn:   []action.Want{action.StateIs(vacuumCleaning)},
		wantOff:  []action.Want{action.StateIs(vacuumReturning, vacuumDocked)},
	})
}

func vacuumHold() Interface {
	return timeHold(holding{
		domain: "vacuum", hold: "pause", resume: "start",
		supports: func(v View) bool { return v.State.Has(home.VacuumPause) },
		resumes:  func(v View) bool { return v.State.Has(home.VacuumStart) },
		held:     []action.Want{action.StateIs(vacuumPaused, vacuumIdle, vacuumDocked)},
		resumed:  []action.Want{action.StateIs(vacuumCleaning)},
	})
}

// suction is a vacuum's fan speed. Its speeds have names; Alexa gets their
// places in the list. So both directives need the list, and read first.
func suction() ranged {
	return ranged{
		instance: "vacuum.fan_speed",
		supports: func(v View) bool { return v.State.Has(home.VacuumFanSpeed) },
		names:    []phrase{assetFanSpeed},
		unit:     func(home.State) string { return "" },
		span: func(s home.State) (alexa.Range, bool) {
			last := len(s.Texts(home.AttrFanSpeedList)) - 1
			return alexa.Range{Minimum: 0, Maximum: float64(last), Precision: 1}, last > 0
		},
		presets: func(v View, _ alexa.Range) []alexa.Preset {
			speeds := v.State.Texts(home.AttrFanSpeedList)
			presets := make([]alexa.Preset, len(speeds))
			for i, label := range v.House.homeLabels(speeds) {
				presets[i] = alexa.Preset{Value: float64(i), Resources: alexa.Named(label)}
			}
			return presets
		},
		read: func(s home.State) (float64, bool) {
			i := slices.Index(s.Texts(home.AttrFanSpeedList), s.Text(home.AttrFanSpeed))
			return float64(i), i >= 0
		},
		setReads: true,
		set: func(r Request, place float64) (action.Plan, error) {
			speeds := r.State.Texts(home.AttrFanSpeedList)
			speed := speeds[min(int(place), len(speeds)-1)]
			return action.Plan{
				Call:  home.CallOn(r.ID(), "vacuum", "set_fan_speed", home.Field{Name: "fan_speed", Value: home.Text(speed)}),
				Wants: []action.Want{action.TextIs(home.AttrFanSpeed, speed)},
			}, nil
		},
	}
}
