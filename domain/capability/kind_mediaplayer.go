package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func mediaPlayers() Kind {
	return Kind{
		Domain: "media_player",
		Category: func(v View) alexa.DisplayCategory {
			if v.State.Text(home.AttrDeviceClass) == "speaker" {
				return alexa.CategorySpeaker
			}
			return alexa.CategoryTV
		},
		Interfaces: []Interface{
			power(playerPower()),
			speaker(),
			stepSpeaker(),
			playback("media_player", mediaTransport()),
			playbackReporter(mediaTransport()),
			seek(),
			input(),
			channels(),
			equalizer(),
			health(),
		},
	}
}

// playerPower turns players on and off, and has those play and stop that can be
// neither.
func playerPower() switching {
	return switching{
		domain: "media_player", on: "turn_on", off: "turn_off",
		isOn:    playerOn,
		leaves:  true,
		wantOn:  []action.Want{action.StateIs(home.On, "idle", "playing", "paused", "buffering")},
		wantOff: []action.Want{action.StateIs(home.Off, "standby")},
		instead: &switching{
			domain: "media_player", on: "media_play", off: "media_stop",
			wantOn:  []action.Want{action.StateIs("playing", "buffering")},
			wantOff: []action.Want{stopped()},
		},
	}
}

// playerOn says whether a player is on. One that cannot be turned on and off is
// so while it plays or could go on playing, and when it says so.
func playerOn(s home.State) bool {
	if !s.Has(home.MediaTurnOn) && !s.Has(home.MediaTurnOff) {
		return plays(s) || s.Value == "paused" || s.Value == home.On
	}
	return !slices.Contains([]string{home.Off, "standby"}, s.Value)
}
