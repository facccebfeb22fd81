package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// The directives of Alexa.RTCSessionController. They stand for no service call:
// the home is asked to answer an offer, and told when it is over.
var (
	InitiateSessionWithOffer = alexa.Key{Namespace: alexa.RTCSessionController, Name: "InitiateSessionWithOffer"}
	SessionConnected         = alexa.Key{Namespace: alexa.RTCSessionController, Name: "SessionConnected"}
	SessionDisconnected      = alexa.Key{Namespace: alexa.RTCSessionController, Name: "SessionDisconnected"}
)

type rtcSessionConfiguration struct {
	FullDuplex bool `json:"isFullDuplexAudioSupported"`
}

// rtcLocales are those in which Amazon lists the interface
// (https://developer.amazon.com/docs/alexa/device-apis/list-of-interfaces.html).
var rtcLocales = []string{
	"ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-US", "es-ES", "es-US", "fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP", "nl-NL", "pt-BR",
}

// rtcSession is Alexa.RTCSessionController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-rtcsessioncontroller.html),
// of cameras that show and do not listen: Home Assistant's answers are for that.
func rtcSession() Interface {
	return Interface{
		Namespace: alexa.RTCSessionController,
		Supports: func(v View) bool {
			return streams(v) && slices.Contains(v.House.Sessions, v.State.ID) && (v.House.Locale == "" || slices.Contains(rtcLocales, v.House.Locale))
		},
		Describe: func(View) alexa.Capability {
			c := alexa.NewCapability(alexa.RTCSessionController)
			c.Configuration = rtcSessionConfiguration{}
			return c
		},
	}
}

// KeepsSessions says whether a home keeps WebRTC sessions for others, by what it says
// of itself: Home Assistant's own Alexa integration does.
func KeepsSessions(c home.Config) bool { return slices.Contains(c.Components, "alexa") }
