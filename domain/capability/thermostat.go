package capability

import (
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// regulation says how entities of a kind keep a temperature.
type regulation struct {
	// domain is that of the services.
	domain string
	// supports says whether an entity is a thermostat; nil means every one.
	supports func(View) bool
	// single and dual are the features of keeping one temperature, and of
	// staying between two; 0 for never.
	single, dual home.Feature
	// unchecked says that the home takes set points beyond the device's limits.
	unchecked bool
	// mode returns Alexa's word for a state; "" where it has none.
	mode func(home.State) string
	// modes are the modes that an entity can be set to.
	modes func(home.State) []string
	// setMode is SetThermostatMode.
	setMode Action
}

// thermostatConfiguration is what Alexa.ThermostatController's discovery tells.
type thermostatConfiguration struct {
	SupportsScheduling bool     `json:"supportsScheduling"`
	SupportedModes     []string `json:"supportedModes,omitempty"`
}

// thermostat is Alexa.ThermostatController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-thermostatcontroller.html).
// The set points are in setpoint.go, the modes in thermostatmode.go.
func thermostat(g regulation) Interface {
	return Interface{
		Namespace: alexa.ThermostatController,
		Supports:  g.supports,
		Describe: func(v View) alexa.Capability {
			c := alexa.NewCapability(alexa.ThermostatController, g.properties(v.State)...)
			c.Configuration = thermostatConfiguration{SupportedModes: distinct(g.modes(v.State))}
			return c
		},
		Read: g.read,
		Directives: map[string]Action{
			// A house that does not check the limits itself has to be read for
			// them first: nobody wants a bath of 99 degrees.
			// A set point that was said on another scale is put on a step of the
			// device's own, which only the state tells.
			"SetTargetTemperature": {
				NeedsState: g.unchecked, NeedsStateFor: converted,
				Plan: g.set, Refused: g.setRefused, Missed: setpointMissed,
			},
			// Home Assistant only takes set points as they shall be.
			"AdjustTargetTemperature": {NeedsState: true, Plan: g.adjust, Refused: g.adjustRefused, Missed: setpointMissed},
			"SetThermostatMode":       g.setMode,
		},
	}
}

// properties returns the names of the properties that the entity has.
func (g regulation) properties(s home.State) []string {
	names := []string{"thermostatMode"}
	for _, point := range g.points(s) {
		names = append(names, point.property)
	}
	return names
}

func (g regulation) read(v View) []Reading {
	var readings []Reading
	if mode := g.mode(v.State); mode != "" {
		readings = reading("thermostatMode", mode)
	}
	for _, point := range g.points(v.State) {
		if t, ok := attributeTemperature(v, point.attribute); ok {
			readings = append(readings, Reading{point.property, t})
		}
	}
	return readings
}

// setpoint is one of a thermostat's set points: Alexa's name for it, and the
// attribute, which is also the service's parameter.
type setpoint struct{ property, attribute string }

var (
	targetSetpoint = setpoint{"targetSetpoint", home.AttrTemperature}
	lowerSetpoint  = setpoint{"lowerSetpoint", home.AttrTargetTempLow}
	upperSetpoint  = setpoint{"upperSetpoint", home.AttrTargetTempHigh}
)

// points returns the set points that the entity has at the moment.
func (g regulation) points(s home.State) []setpoint {
	var points []setpoint
	if g.dual != 0 && s.Has(g.dual) {
		points = append(points, lowerSetpoint, upperSetpoint)
	}
	if s.Has(g.single) {
		points = append(points, targetSetpoint)
	}
	return points
}

// distinct returns names without repetitions.
func distinct(names []string) []string {
	once, seen := make([]string, 0, len(names)), make(map[string]bool, len(names))
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			once = append(once, name)
		}
	}
	return once
}
