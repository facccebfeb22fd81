package capability

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// equalizerModes are the sound modes that Alexa knows.
var equalizerModes = []string{"MOVIE", "MUSIC", "NIGHT", "SPORT", "TV"}

// equalizerConfigurations is what Alexa.EqualizerController's discovery tells.
type equalizerConfigurations struct {
	Modes struct {
		Supported []alexa.PropertyName `json:"supported"`
	} `json:"modes"`
}

// equalizer is Alexa.EqualizerController. Its bands are left out: Home Assistant
// knows none
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-equalizercontroller.html).
func equalizer() Interface {
	return Interface{
		Namespace: alexa.EqualizerController,
		Supports: func(v View) bool {
			return v.State.Has(home.MediaSelectSoundMode) && len(soundModesOf(v.State)) > 0
		},
		Describe: func(v View) alexa.Capability {
			var configurations equalizerConfigurations
			for _, mode := range soundModesOf(v.State) {
				configurations.Modes.Supported = append(configurations.Modes.Supported, alexa.PropertyName{Name: mode})
			}
			c := alexa.NewCapability(alexa.EqualizerController, "mode")
			c.Configurations = configurations
			return c
		},
		Read: func(v View) []Reading {
			if mode := equalizerMode(v.State.Text(home.AttrSoundMode)); mode != "" {
				return reading("mode", mode)
			}
			return nil
		},
		Directives: map[string]Action{
			// Only the state tells how the home spells the mode.
			"SetMode": {NeedsState: true, Plan: setSoundMode},
		},
	}
}

func setSoundMode(r Request) (action.Plan, error) {
	wanted, err := text(r, "mode")
	if err != nil {
		return action.Plan{}, err
	}
	wanted = equalizerMode(wanted)
	for _, mode := range r.State.Texts(home.AttrSoundModeList) {
		if wanted != "" && equalizerMode(mode) == wanted {
			return action.Plan{
				Call:  home.CallOn(r.ID(), "media_player", "select_sound_mode", home.Field{Name: home.AttrSoundMode, Value: home.Text(mode)}),
				Wants: []action.Want{action.TextIs(home.AttrSoundMode, mode)},
			}, nil
		}
	}
	return action.Plan{}, fault.New(fault.Refused, "The player has no such sound mode.")
}

// soundModesOf returns Alexa's words for a player's sound modes, those that it
// knows.
func soundModesOf(s home.State) []string {
	var modes []string
	for _, mode := range s.Texts(home.AttrSoundModeList) {
		if mode := equalizerMode(mode); mode != "" {
			modes = append(modes, mode)
		}
	}
	return distinct(modes)
}

// equalizerMode returns Alexa's word for a sound mode, "" when it has none.
func equalizerMode(mode string) string {
	mode = strings.ToUpper(mode)
	if slices.Contains(equalizerModes, mode) {
		return mode
	}
	return ""
}
