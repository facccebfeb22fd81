package capability

import (
	"math"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// volumeTolerance is how far a volume of 0 to 1 may be off what was commanded:
// amplifiers count in steps of their own.
const volumeTolerance = 0.02

// speaker is Alexa.Speaker, for players whose volume is a number
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-speaker.html).
func speaker() Interface {
	return Interface{
		Namespace: alexa.Speaker,
		Supports:  func(v View) bool { return v.State.Has(home.MediaVolumeSet) },
		Describe: func(v View) alexa.Capability {
			if v.State.Has(home.MediaVolumeMute) {
				return alexa.NewCapability(alexa.Speaker, "volume", "muted")
			}
			return alexa.NewCapability(alexa.Speaker, "volume")
		},
		Bounds: wholePercents,
		Read:   readVolume,
		Directives: map[string]Action{
			"SetVolume": {Plan: setVolume},
			// Home Assistant's volume_up and volume_down go by a step of the
			// player's own, and Alexa says by how much.
			"AdjustVolume": {NeedsState: true, Plan: adjustVolume},
			"SetMute":      {Plan: setMute},
		},
	}
}

// readVolume returns what a player says of its volume; it is silent on it while
// it is off.
func readVolume(v View) []Reading {
	var readings []Reading
	if volume, ok := v.State.Number(home.AttrVolumeLevel); ok {
		readings = reading("volume", percentOfUnit(volume))
	}
	if muted, ok := v.State.Attributes.Get(home.AttrVolumeMuted).Flag(); ok && v.State.Has(home.MediaVolumeMute) {
		readings = append(readings, Reading{"muted", muted})
	}
	return readings
}

func setVolume(r Request) (action.Plan, error) {
	percent, err := number(r, "volume", 0, 100)
	if err != nil {
		return action.Plan{}, err
	}
	return volumeOf(r.ID(), percent, volumeTolerance), nil
}

func adjustVolume(r Request) (action.Plan, error) {
	delta, err := number(r, "volume", -100, 100)
	if err != nil {
		return action.Plan{}, err
	}
	volume, ok := r.State.Number(home.AttrVolumeLevel)
	if !ok {
		return action.Plan{}, silent(r.State)
	}
	now := percentOfUnit(volume)
	wanted := min(max(float64(now)+delta, 0), 100)
	// Half of the change at most: what holds now must not count as done.
	change := math.Abs(wanted/100 - volume)
	return volumeOf(r.ID(), wanted, min(volumeTolerance, change/2)), nil
}

func volumeOf(id home.EntityID, percent, tolerance float64) action.Plan {
	volume := hundredths(percent / 100)
	return action.Plan{
		Call:  home.CallOn(id, "media_player", "volume_set", home.Field{Name: home.AttrVolumeLevel, Value: home.Number(volume)}),
		Wants: []action.Want{action.NumberIs(home.AttrVolumeLevel, volume, tolerance)},
	}
}

func setMute(r Request) (action.Plan, error) {
	mute, err := flag(r, "mute")
	if err != nil {
		return action.Plan{}, err
	}
	return action.Plan{
		Call:  home.CallOn(r.ID(), "media_player", "volume_mute", home.Field{Name: home.AttrVolumeMuted, Value: home.Flag(mute)}),
		Wants: []action.Want{action.FlagIs(home.AttrVolumeMuted, mute)},
	}, nil
}

// silent returns the error for a player that does not say how loud it is.
func silent(s home.State) error {
	if s.Value == home.Off || s.Value == "standby" {
		return alexa.Refuse("The player is off.", alexa.Detail{Type: alexa.NotSupportedInCurrentMode, CurrentDeviceMode: "ASLEEP"})
	}
	return fault.New(fault.NotNow, "The player does not say how loud it is, so it cannot be adjusted.")
}

// percentOfUnit returns a share of 1 in whole percents.
func percentOfUnit(share float64) int { return int(math.Round(share * 100)) }
