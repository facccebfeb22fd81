package capability

import (
	"strings"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// mediaChannel is Home Assistant's media type of a television channel.
const mediaChannel = "channel"

// channel is the value of Alexa.ChannelController's property.
type channel struct {
	Number   string `json:"number,omitempty"`
	CallSign string `json:"callSign,omitempty"`
}

// channels is Alexa.ChannelController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-channelcontroller.html).
func channels() Interface {
	return Interface{
		Namespace: alexa.ChannelController,
		Supports:  func(v View) bool { return v.State.Has(home.MediaPlayMedia) },
		Describe: func(View) alexa.Capability {
			return alexa.NewCapability(alexa.ChannelController, "channel")
		},
		Read: func(v View) []Reading {
			if name := channelOf(v.State); name != "" {
				return reading("channel", channelNamed(name))
			}
			return nil
		},
		Directives: map[string]Action{
			"ChangeChannel": {Plan: changeChannel},
			"SkipChannels":  {Plan: skipChannels},
		},
	}
}

// changeChannel wants nothing of the state: few players tell the channel that
// they were asked for in the words in which they were asked.
func changeChannel(r Request) (action.Plan, error) {
	var in struct {
		Channel         struct{ Number, CallSign, AffiliateCallSign, URI string }
		ChannelMetadata struct{ Name string }
	}
	if err := r.Directive.Decode(&in); err != nil {
		return action.Plan{}, err
	}
	for _, name := range []string{
		in.Channel.Number, in.Channel.CallSign, in.Channel.AffiliateCallSign, in.Channel.URI, in.ChannelMetadata.Name,
	} {
		if name = strings.TrimSpace(name); name != "" {
			return action.Plan{Call: home.CallOn(r.ID(), "media_player", "play_media",
				home.Field{Name: home.AttrMediaContentID, Value: home.Text(name)},
				home.Field{Name: home.AttrMediaContentType, Value: home.Text(mediaChannel)},
			)}, nil
		}
	}
	return action.Plan{}, fault.New(fault.Invalid, "The payload names no channel.")
}

// skipChannels goes up and down as Home Assistant's players do: to the next and
// the previous track.
func skipChannels(r Request) (action.Plan, error) {
	n, err := steps(r, "channelCount")
	if err != nil {
		return action.Plan{}, err
	}
	return stepPlan(r.ID(), n, "media_next_track", "media_previous_track"), nil
}

// channelOf returns the channel that a player shows, "" when it does not say or
// shows something else.
func channelOf(s home.State) string {
	if name := s.Text(home.AttrMediaChannel); name != "" {
		return name
	}
	if s.Text(home.AttrMediaContentType) == mediaChannel {
		return s.Text(home.AttrMediaContentID)
	}
	return ""
}

// channelNamed returns a channel by its number, or by what it is called when
// that is none.
func channelNamed(name string) channel {
	if strings.Trim(name, "0123456789.-") == "" {
		return channel{Number: name}
	}
	return channel{CallSign: name}
}
