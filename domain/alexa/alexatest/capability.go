package alexatest

import (
	"math"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// iface is what discovery may say of an interface.
type iface struct {
	// versions are those that there are; nil for "3" alone.
	versions []string
	// instance says that each of its instances is named, and has names that
	// people say.
	instance bool
	// told are properties of which discovery tells, but no context.
	told []string
	// must and may are members that only this interface has.
	must, may fields
	// agrees complains of what contradicts itself; nil for nothing.
	agrees shape
}

// interfaces are those that LEE speaks of in discovery.
var interfaces = map[alexa.Namespace]iface{
	alexa.Alexa:                      {},
	alexa.BrightnessController:       {},
	alexa.CameraStreamController:     {must: fields{"cameraStreamConfigurations": list(1, cameraStream)}},
	alexa.ChannelController:          {},
	alexa.ColorController:            {},
	alexa.ColorTemperatureController: {},
	alexa.ContactSensor:              {},
	alexa.DoorbellEventSource:        {must: fields{"proactivelyReported": flag}},
	alexa.EndpointHealth:             {},
	alexa.EqualizerController:        {must: fields{"configurations": equalizer}},
	alexa.HumiditySensor:             {},
	alexa.InputController:            {must: fields{"inputs": inputs}},
	alexa.InventoryLevelSensor:       {instance: true, must: fields{"configuration": inventory}},
	alexa.LockController:             {},
	alexa.ModeController:             {instance: true, must: fields{"configuration": modes}, may: fields{"semantics": anything}, agrees: modesAgree},
	alexa.MotionSensor:               {},
	alexa.PercentageController:       {},
	alexa.PlaybackController:         playback,
	alexa.PlaybackStateReporter:      {},
	alexa.PowerController:            {},
	alexa.RTCSessionController:       {must: fields{"configuration": object(fields{"isFullDuplexAudioSupported": flag}, nil)}},
	alexa.RangeController:            {instance: true, must: fields{"configuration": ranges}, may: fields{"semantics": anything}, agrees: rangeAgrees},
	alexa.SceneController:            {must: fields{"supportsDeactivation": flag}, may: fields{"proactivelyReported": flag}},
	alexa.SecurityPanelController:    {must: fields{"configuration": securityPanel}},
	alexa.SeekController:             {told: []string{"positionMilliseconds"}},
	alexa.Speaker:                    {},
	alexa.StepSpeaker:                {},
	alexa.TemperatureSensor:          {},
	alexa.ThermostatController:       {versions: []string{"3", "3.2"}, may: fields{"configuration": thermostat}},
	alexa.TimeHoldController:         {may: fields{"configuration": object(nil, fields{"allowRemoteResume": flag})}},
	alexa.ToggleController:           {instance: true, may: fields{"semantics": anything}, agrees: toggleAgrees},
}

var (
	// Amazon's page knows no instance of it, but Alexa takes one: Home
	// Assistant's skill has always named that of its covers.
	playback = iface{must: fields{"supportedOperations": set(word(operations...))}, may: fields{"instance": text}}

	resolution   = object(fields{"width": integer(1, math.MaxInt32), "height": integer(1, math.MaxInt32)}, nil)
	cameraStream = object(fields{
		"protocols": set(word(protocols...)), "resolutions": list(1, resolution), "authorizationTypes": set(word(authorizations...)),
		"videoCodecs": set(word(videoCodecs...)), "audioCodecs": set(word(audioCodecs...)),
	}, nil)
	equalizer = object(nil, fields{
		"bands": object(fields{
			"supported": list(1, object(fields{"name": word(bands...)}, nil)),
			"range":     object(fields{"minimum": integer(math.MinInt32, math.MaxInt32), "maximum": integer(math.MinInt32, math.MaxInt32)}, nil),
		}, nil),
		"modes": object(fields{"supported": list(1, object(fields{"name": word(soundModes...)}, nil))}, nil),
	})
	inventory = object(fields{"measurement": object(fields{"@type": word(measurements...)}, fields{"unit": text})}, fields{
		"replenishment": object(fields{"@type": word("DashReplenishmentId")}, fields{"value": text}),
	})
	securityPanel = object(fields{
		"supportedArmStates": list(1, object(fields{"value": word(armStates...)}, nil)),
	}, fields{
		"supportedAuthorizationTypes": list(1, object(fields{"type": word("FOUR_DIGIT_PIN")}, nil)),
	})
	thermostat = object(nil, fields{"supportedModes": set(word(thermostatModes...)), "supportsScheduling": flag})
)

// inputs are an input controller's, each with a name of its own.
func inputs(s spot) {
	list(1, object(fields{"name": text}, fields{"friendlyNames": set(text)}))(s)
	distinct(s.items(), func(input spot) string { return input.at("name").text() })
}

// capability is one interface of an endpoint
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-discovery-objects.html#capability-object).
func capability(s spot) {
	ns := alexa.Namespace(s.at("interface").text())
	known, ok := interfaces[ns]
	if !ok {
		s.at("interface").complain("must be an interface that Alexa knows, is %s", s.at("interface").shown())
		return
	}
	s = s.part("capability %s", capabilityName(s))
	if known.versions == nil {
		known.versions = []string{"3"}
	}
	must := fields{"type": word("AlexaInterface"), "interface": text, "version": word(known.versions...)}
	may := fields{}
	if names := append(propertiesOf(ns), known.told...); len(names) > 0 {
		may["properties"] = supported(names)
	}
	if known.instance {
		must["instance"], must["capabilityResources"] = text, resources
	}
	for name, is := range known.must {
		must[name] = is
	}
	for name, is := range known.may {
		may[name] = is
	}
	object(must, may)(s)
	if known.agrees != nil {
		known.agrees(s)
	}
}

// capabilityName returns interface and instance, which tell the capabilities of
// an endpoint apart.
func capabilityName(s spot) string {
	return strings.TrimSpace(s.at("interface").text() + " " + s.at("instance").text())
}

// supported is a capability's properties object, which names some of the
// interface's properties.
func supported(names []string) shape {
	return func(s spot) {
		object(fields{
			"supported":   list(1, object(fields{"name": word(names...)}, nil)),
			"retrievable": flag, "proactivelyReported": flag,
		}, fields{"nonControllable": flag})(s)
		distinct(s.at("supported").items(), func(p spot) string { return p.at("name").text() })
	}
}
