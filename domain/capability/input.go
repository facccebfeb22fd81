package capability

import (
	"strings"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// inputNames are the inputs that Alexa knows
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-inputcontroller.html#input-values).
var inputNames = []string{
	"AUX 1", "AUX 2", "AUX 3", "AUX 4", "AUX 5", "AUX 6", "AUX 7", "BLURAY", "CABLE", "CD",
	"COAX 1", "COAX 2", "COMPOSITE 1", "DVD", "GAME", "HD RADIO",
	"HDMI 1", "HDMI 2", "HDMI 3", "HDMI 4", "HDMI 5", "HDMI 6", "HDMI 7", "HDMI 8", "HDMI 9", "HDMI 10", "HDMI ARC",
	"INPUT 1", "INPUT 2", "INPUT 3", "INPUT 4", "INPUT 5", "INPUT 6", "INPUT 7", "INPUT 8", "INPUT 9", "INPUT 10",
	"IPOD", "LINE 1", "LINE 2", "LINE 3", "LINE 4", "LINE 5", "LINE 6", "LINE 7", "MEDIA PLAYER",
	"OPTICAL 1", "OPTICAL 2", "PHONO", "PLAYSTATION", "PLAYSTATION 3", "PLAYSTATION 4", "SATELLITE", "SMARTCAST",
	"TUNER", "TV", "USB DAC", "VIDEO 1", "VIDEO 2", "VIDEO 3", "XBOX",
}

// inputAliases are names of the home's for an input that Alexa calls otherwise,
// folded.
var inputAliases = map[string]string{
	"antenna": "TUNER", "antennatv": "TUNER", "blurayplayer": "BLURAY", "gameconsole": "GAME",
	"linein": "LINE 1", "rokumediaplayer": "MEDIA PLAYER", "satellitetv": "SATELLITE",
}

// input is Alexa.InputController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-inputcontroller.html).
func input() Interface {
	return Interface{
		Namespace: alexa.InputController,
		Supports: func(v View) bool {
			return v.State.Has(home.MediaSelectSource) && len(inputsOf(v.State)) > 0
		},
		Describe: func(v View) alexa.Capability {
			c := alexa.NewCapability(alexa.InputController, "input")
			for _, name := range inputsOf(v.State) {
				c.Inputs = append(c.Inputs, alexa.Input{Name: name})
			}
			return c
		},
		Read: func(v View) []Reading {
			if name := inputName(v.State.Text(home.AttrSource)); name != "" {
				return reading("input", name)
			}
			return nil
		},
		Directives: map[string]Action{
			// Only the state tells how the home spells the source.
			"SelectInput": {NeedsState: true, Plan: selectInput},
		},
	}
}

func selectInput(r Request) (action.Plan, error) {
	wanted, err := text(r, "input")
	if err != nil {
		return action.Plan{}, err
	}
	wanted = inputName(wanted)
	for _, source := range r.State.Texts(home.AttrSourceList) {
		if wanted != "" && inputName(source) == wanted {
			return action.Plan{
				Call:  home.CallOn(r.ID(), "media_player", "select_source", home.Field{Name: home.AttrSource, Value: home.Text(source)}),
				Wants: []action.Want{action.TextIs(home.AttrSource, source)},
			}, nil
		}
	}
	return action.Plan{}, fault.New(fault.Refused, "The player has no such input.")
}

// inputsOf returns Alexa's names of a player's sources, those that it knows.
func inputsOf(s home.State) []string {
	var names []string
	for _, source := range s.Texts(home.AttrSourceList) {
		if name := inputName(source); name != "" {
			names = append(names, name)
		}
	}
	return distinct(names)
}

// inputName returns Alexa's name of a source, "" when it has none. A source
// without a number is the first of its kind.
func inputName(source string) string {
	folded := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(source))
	if name, ok := inputAliases[folded]; ok {
		return name
	}
	for _, name := range inputNames {
		own := strings.ReplaceAll(strings.ToLower(name), " ", "")
		if own == folded || own == folded+"1" {
			return name
		}
	}
	return ""
}
