//go:build live

package differential

import (
	"slices"
)

// sayings are what may be said to each interface, and some that may not. The
// names are without the interface's.
var sayings = map[string]func(offer) []directive{
	"Alexa": func(offer) []directive {
		return []directive{plain("ReportState", nil), wrong("NoSuchDirective", nil)}
	},
	"Alexa.PowerController": func(offer) []directive {
		return append(bare("TurnOn", "TurnOff"), wrong("Toggle", nil), wrong("TurnOn", members{"more": 1}))
	},
	"Alexa.LockController":     func(offer) []directive { return bare("Lock", "Unlock") },
	"Alexa.TimeHoldController": func(offer) []directive { return bare("Hold", "Resume") },
	"Alexa.SceneController":    func(offer) []directive { return bare("Activate", "Deactivate") },
	"Alexa.ToggleController": func(offer) []directive {
		elsewhere := wrong("TurnOn", nil)
		elsewhere.instance = "none.such"
		return append(bare("TurnOn", "TurnOff"), elsewhere)
	},
	"Alexa.PlaybackController": func(offer) []directive {
		return append(bare("Play", "Pause", "Stop", "Next", "Previous"), wrong("Rewind", nil), wrong("StartOver", nil))
	},
	"Alexa.BrightnessController": func(offer) []directive {
		return slices.Concat(
			numbered("SetBrightness", "brightness", nil, 42, 0, 1, 99, 100, 33.5, 101, -1, 1e300),
			numbered("AdjustBrightness", "brightnessDelta", nil, 25, -25, 100, -100, 0, 101, -101),
		)
	},
	"Alexa.ColorController":            func(offer) []directive { return colours() },
	"Alexa.ColorTemperatureController": func(offer) []directive { return whites() },
	"Alexa.RangeController":            ranges,
	"Alexa.ModeController":             modes,
	"Alexa.Speaker": func(offer) []directive {
		return slices.Concat(
			numbered("SetVolume", "volume", nil, 42, 0, 1, 58, 100, 33.5, 101, -1),
			numbered("AdjustVolume", "volume", members{"volumeDefault": false}, 10, -10, 100, -100, 0, 101),
			mutes(),
		)
	},
	"Alexa.StepSpeaker": func(offer) []directive {
		return slices.Concat(
			numbered("AdjustVolume", "volumeSteps", members{"volumeStepsDefault": false}, 2, -3, 0, 1.5),
			[]directive{
				plain("AdjustVolume", members{"volumeSteps": 10, "volumeStepsDefault": true}),
				plain("AdjustVolume", members{"volumeSteps": -10, "volumeStepsDefault": true}),
			},
			mutes(),
		)
	},
	"Alexa.SeekController": func(offer) []directive {
		return numbered("AdjustSeekPosition", "deltaPositionMilliseconds", nil, 15000, -15000, 86400000, -86400000, 0, 86400001)
	},
	"Alexa.InputController":      inputs,
	"Alexa.ChannelController":    func(offer) []directive { return channels() },
	"Alexa.EqualizerController":  soundModes,
	"Alexa.ThermostatController": func(c offer) []directive { return slices.Concat(setpoints(), thermostatModes(c)) },
	"Alexa.SecurityPanelController": func(offer) []directive {
		return slices.Concat(
			worded("Arm", "armState", 3, "ARMED_STAY", "ARMED_AWAY", "ARMED_NIGHT", "DISARMED", "ARMED_SOMEHOW"),
			[]directive{plain("Disarm", nil), pin("4321"), pin("0000"), wrong("Disarm", members{"authorization": members{"type": "VOICE", "value": "x"}})},
		)
	},
	"Alexa.RTCSessionController": func(offer) []directive {
		named := members{"sessionId": "a session"}
		offered := func(format, sdp string) members {
			return members{"sessionId": "a session", "offer": members{"format": format, "value": sdp}}
		}
		return []directive{
			plain("InitiateSessionWithOffer", offered("SDP", "v=0\r\n")), odd("InitiateSessionWithOffer", offered("SDP", "no offer")),
			plain("SessionConnected", named), plain("SessionDisconnected", named),
		}
	},
	"Alexa.CameraStreamController": func(offer) []directive {
		return []directive{plain("InitializeCameraStreams", members{"cameraStreams": []any{members{
			"protocol": "HLS", "resolution": members{"width": 1280, "height": 720}, "authorizationType": "NONE", "videoCodec": "H264", "audioCodec": "AAC",
		}}})}
	},
}

func pin(code string) directive {
	return plain("Disarm", members{"authorization": members{"type": "FOUR_DIGIT_PIN", "value": code}})
}

func mutes() []directive {
	all := []directive{plain("SetMute", members{"mute": true}), plain("SetMute", members{"mute": false}), wrong("SetMute", members{})}
	for _, v := range []any{nil, 1, "true", members{}} {
		all = append(all, wrong("SetMute", members{"mute": v}))
	}
	return all
}

func colours() []directive {
	hsb := func(h, s, b any) members {
		return members{"color": members{"hue": h, "saturation": s, "brightness": b}}
	}
	all := []directive{plain("SetColor", hsb(350.5, 0.7138, 0.6524))}
	for _, payload := range []any{hsb(0, 0, 1), hsb(240, 1, 1), hsb(360, 1, 1), hsb(120, 1, 0), hsb(400, 1, 1)} {
		all = append(all, odd("SetColor", payload))
	}
	for _, payload := range []any{
		hsb(-1, 1, 1), hsb(120, 1.5, 1), hsb(120, -1, 1), hsb(120, 1, 2), hsb("blue", 1, 1), hsb(120, "1", 1), hsb(nil, 1, 1),
		members{"color": members{"hue": 120}}, members{"color": "blue"}, members{},
	} {
		all = append(all, wrong("SetColor", payload))
	}
	return all
}

func whites() []directive {
	return append(
		numbered("SetColorTemperature", "colorTemperatureInKelvin", nil, 3000, 2200, 4000, 5500, 7000, 1000, 10000, 400, 50000),
		bare("IncreaseColorTemperature", "DecreaseColorTemperature")...,
	)
}

func inputs(c offer) []directive {
	words := []string{}
	for _, input := range c.Inputs {
		words = append(words, input.Name)
	}
	return worded("SelectInput", "input", len(words), append(words, "HDMI 9", "no such input", "")...)
}

func channels() []directive {
	change := func(channel, metadata members) directive {
		return plain("ChangeChannel", members{"channel": channel, "channelMetadata": metadata})
	}
	return append(
		numbered("SkipChannels", "channelCount", nil, 1, -1, 3, 0, 1.5),
		change(members{"number": "1234", "callSign": "KSTATION1"}, members{"name": "Channel", "image": "urlToImage"}),
		change(members{"callSign": "KSTATION1", "affiliateCallSign": "KSTATION2"}, members{"name": "Channel"}),
		change(members{"affiliateCallSign": "KSTATION2"}, members{}),
		change(members{"uri": "someUrl"}, members{}),
		change(members{}, members{"name": "BBC One"}),
		wrong("ChangeChannel", members{"channel": members{"number": "7"}}),
		wrong("ChangeChannel", members{"channel": members{}, "channelMetadata": members{}}),
		wrong("ChangeChannel", members{"channel": members{"number": 7}, "channelMetadata": members{}}),
		wrong("ChangeChannel", members{"channel": "7"}),
		wrong("ChangeChannel", members{}),
	)
}

func soundModes(c offer) []directive {
	words := []string{}
	for _, mode := range c.Configurations.Modes.Supported {
		words = append(words, mode.Name)
	}
	all := worded("SetMode", "mode", len(words), append(words, "KARAOKE", "")...)
	bands := []any{members{"name": "BASS", "level": 2}}
	return append(all, wrong("SetBands", members{"bands": bands}), wrong("AdjustBands", members{"bands": bands}), wrong("ResetBands", members{"bands": bands}))
}
