package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// transport is one operation of Alexa.PlaybackController, and the service that
// does it.
type transport struct {
	operation string
	feature   home.Feature
	service   string
	wants     []action.Want
}

// mediaTransport is what media players can be told, in Home Assistant's order.
// What a stopped player shows differs by player. One that pauses instead has not
// stopped.
func mediaTransport() []transport {
	return []transport{
		{"Next", home.MediaNextTrack, "media_next_track", nil},
		{"Pause", home.MediaPause, "media_pause", []action.Want{action.StateIs("paused")}},
		{"Play", home.MediaPlay, "media_play", []action.Want{action.StateIs("playing", "buffering")}},
		{"Previous", home.MediaPreviousTrack, "media_previous_track", nil},
		{"Stop", home.MediaStop, "media_stop", []action.Want{stopped()}},
	}
}

// stopped wants a player to play no more.
func stopped() action.Want { return action.StateIs("idle", home.Off, "standby", home.On) }

// playback is Alexa.PlaybackController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-playbackcontroller.html).
func playback(domain string, operations []transport) Interface {
	i := Interface{
		Namespace: alexa.PlaybackController,
		Supports:  func(v View) bool { return len(operationsOf(v.State, operations)) > 0 },
		Describe: func(v View) alexa.Capability {
			c := alexa.NewCapability(alexa.PlaybackController)
			c.SupportedOperations = operationsOf(v.State, operations)
			return c
		},
		Directives: make(map[string]Action, len(operations)),
	}
	for _, t := range operations {
		i.Directives[t.operation] = Action{Plan: func(r Request) (action.Plan, error) {
			return action.Plan{Call: home.CallOn(r.ID(), domain, t.service), Wants: t.wants}, nil
		}}
	}
	return i
}

func operationsOf(s home.State, operations []transport) []string {
	var names []string
	for _, t := range operations {
		if s.Has(t.feature) {
			names = append(names, t.operation)
		}
	}
	return names
}

// playbackState is the value of Alexa.PlaybackStateReporter's property.
type playbackState struct {
	State string `json:"state"`
}

// playbackReporter is Alexa.PlaybackStateReporter
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-playbackstatereporter.html).
func playbackReporter(operations []transport) Interface {
	return Interface{
		Namespace: alexa.PlaybackStateReporter,
		Supports:  func(v View) bool { return len(operationsOf(v.State, operations)) > 0 },
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.PlaybackStateReporter, "playbackState")
		},
		Read: func(v View) []Reading {
			switch state := v.State.Value; {
			case plays(v.State):
				return reading("playbackState", playbackState{"PLAYING"})
			case state == "paused":
				return reading("playbackState", playbackState{"PAUSED"})
			case state == home.Unknown:
				return nil
			default:
				return reading("playbackState", playbackState{"STOPPED"})
			}
		},
	}
}

// plays says whether a media player plays, or is about to.
func plays(s home.State) bool { return slices.Contains([]string{"playing", "buffering"}, s.Value) }
