package alexatest

import (
	"math"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// properties are the properties of the interfaces that LEE speaks, with the
// shapes of their values, from the interfaces' pages
// (https://developer.amazon.com/docs/alexa/device-apis/list-of-interfaces.html).
var properties = map[alexa.Key]shape{
	{Namespace: alexa.BrightnessController, Name: "brightness"}: integer(0, 100),
	{Namespace: alexa.ChannelController, Name: "channel"}:       channel,
	{Namespace: alexa.ColorController, Name: "color"}: object(fields{
		"hue": number(0, 360), "saturation": number(0, 1), "brightness": number(0, 1),
	}, nil),
	{Namespace: alexa.ColorTemperatureController, Name: "colorTemperatureInKelvin"}: integer(1000, 10000),
	{Namespace: alexa.ContactSensor, Name: "detectionState"}:                        detected,
	{Namespace: alexa.EndpointHealth, Name: "connectivity"}:                         object(fields{"value": word("OK", "UNREACHABLE")}, nil),
	{Namespace: alexa.EqualizerController, Name: "bands"}: list(1, object(fields{
		"name": word(bands...), "value": integer(math.MinInt32, math.MaxInt32),
	}, nil)),
	{Namespace: alexa.EqualizerController, Name: "mode"}:        word(soundModes...),
	{Namespace: alexa.HumiditySensor, Name: "relativeHumidity"}: number(0, 100),
	{Namespace: alexa.InputController, Name: "input"}:           text,
	{Namespace: alexa.InventoryLevelSensor, Name: "level"}: object(fields{
		"@type": word(measurements...), "value": number(0, math.MaxFloat64),
	}, fields{"unit": text}),
	{Namespace: alexa.LockController, Name: "lockState"}:                    word("LOCKED", "UNLOCKED", "JAMMED"),
	{Namespace: alexa.ModeController, Name: "mode"}:                         text,
	{Namespace: alexa.MotionSensor, Name: "detectionState"}:                 detected,
	{Namespace: alexa.PercentageController, Name: "percentage"}:             integer(0, 100),
	{Namespace: alexa.PlaybackStateReporter, Name: "playbackState"}:         object(fields{"state": word("PLAYING", "PAUSED", "STOPPED")}, nil),
	{Namespace: alexa.PowerController, Name: "powerState"}:                  onOrOff,
	{Namespace: alexa.RangeController, Name: "rangeValue"}:                  anyNumber,
	{Namespace: alexa.SecurityPanelController, Name: "armState"}:            word(armStates...),
	{Namespace: alexa.SecurityPanelController, Name: "burglaryAlarm"}:       alarm,
	{Namespace: alexa.SecurityPanelController, Name: "carbonMonoxideAlarm"}: alarm,
	{Namespace: alexa.SecurityPanelController, Name: "fireAlarm"}:           alarm,
	{Namespace: alexa.SecurityPanelController, Name: "waterAlarm"}:          alarm,
	{Namespace: alexa.Speaker, Name: "muted"}:                               flag,
	{Namespace: alexa.Speaker, Name: "volume"}:                              integer(0, 100),
	{Namespace: alexa.TemperatureSensor, Name: "temperature"}:               temperature,
	{Namespace: alexa.ThermostatController, Name: "lowerSetpoint"}:          setpoint,
	{Namespace: alexa.ThermostatController, Name: "targetSetpoint"}:         setpoint,
	{Namespace: alexa.ThermostatController, Name: "thermostatMode"}:         word(thermostatModes...),
	{Namespace: alexa.ThermostatController, Name: "upperSetpoint"}:          setpoint,
	{Namespace: alexa.TimeHoldController, Name: "holdEndTime"}:              timestamp,
	{Namespace: alexa.TimeHoldController, Name: "holdStartTime"}:            timestamp,
	{Namespace: alexa.ToggleController, Name: "toggleState"}:                onOrOff,
}

var (
	positive  = number(math.SmallestNonzeroFloat64, math.MaxFloat64)
	anyNumber = number(-math.MaxFloat64, math.MaxFloat64)
	onOrOff   = word("ON", "OFF")
	detected  = word("DETECTED", "NOT_DETECTED")
	alarm     = object(fields{"value": word("ALARM", "OK")}, nil)
	timestamp = like(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$`, "a time in UTC (2026-01-31T12:00:00.000Z)")

	temperature = object(fields{
		"value": anyNumber,
		"scale": word(string(alexa.Celsius), string(alexa.Fahrenheit), string(alexa.Kelvin)),
	}, nil)
)

// setpoint is a temperature that a thermostat may be set to: from -100 to
// 100 °C, as Amazon's schema has it for this scale.
func setpoint(s spot) {
	temperature(s)
	if c := magnitude(s); c < -100 || c > 100 {
		s.complain("must be from -100 to 100 °C, is %s", s.shown())
	}
}

// channel is a channel named in at least one way.
func channel(s spot) {
	object(nil, fields{"number": text, "callSign": text, "affiliateCallSign": text, "uri": text})(s)
	if len(s.names()) == 0 {
		s.complain("must have a number, callSign, affiliateCallSign or uri")
	}
}

// property is one property of a context.
func property(s spot) {
	key := propertyKey(s)
	is, known := properties[key]
	if !known {
		s.complain("%s is no property that Alexa knows", key)
		is = anything
	}
	s = s.part("property %s", propertyName(s))
	must := fields{
		"namespace": text, "name": text, "value": is,
		"timeOfSample": timestamp, "uncertaintyInMilliseconds": integer(0, math.MaxInt64),
	}
	if interfaces[key.Namespace].instance {
		must["instance"] = text
	}
	object(must, nil)(s)
}

// context is the state that an answer tells.
func context(s spot) {
	object(fields{"properties": list(0, property)}, nil)(s)
	distinct(s.at("properties").items(), propertyName)
}

// propertyName returns namespace, name and instance, which tell the properties
// of an endpoint apart.
func propertyName(s spot) string {
	return strings.TrimSpace(propertyKey(s).String() + " " + s.at("instance").text())
}

func propertyKey(s spot) alexa.Key {
	return alexa.Key{Namespace: alexa.Namespace(s.at("namespace").text()), Name: s.at("name").text()}
}

// propertiesOf returns the names of an interface's properties, sorted.
func propertiesOf(ns alexa.Namespace) []string {
	var names []string
	for key := range properties {
		if key.Namespace == ns {
			names = append(names, key.Name)
		}
	}
	slices.Sort(names)
	return names
}
