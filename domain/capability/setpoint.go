package capability

import (
	"fmt"
	"math"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// setpointTolerance returns how far a set point may be off what was commanded:
// many thermostats count in half degrees Celsius, or whole ones Fahrenheit.
func (h House) setpointTolerance() float64 {
	return alexa.Temperature{Value: 0.3, Scale: alexa.Celsius}.DeltaIn(h.scale()).Value
}

// wish is a set point with the temperature that it shall have, as Alexa said it.
type wish struct {
	setpoint
	alexa.Temperature
}

// set plans a temperature to keep, or two to stay between. It says nothing of
// the mode: who asks for 21 degrees does not ask for heating.
func (g regulation) set(r Request) (action.Plan, error) {
	wishes, err := wishesOf(r)
	if err != nil {
		return action.Plan{}, err
	}
	if len(wishes) == 2 && g.dual == 0 {
		return action.Plan{}, dualUnsupported()
	}
	if g.unchecked {
		if err := outOfLimits(r.View, wishes); err != nil {
			return action.Plan{}, err
		}
	}
	return g.plan(r, wishes, r.House.setpointTolerance()), nil
}

// adjust plans a change of what is kept now: of both ends of a range alike.
func (g regulation) adjust(r Request) (action.Plan, error) {
	spoken, err := member[spokenTemperature](r, "targetSetpointDelta", "temperature")
	if err != nil {
		return action.Plan{}, err
	}
	delta, err := spoken.temperature("targetSetpointDelta")
	if err != nil {
		return action.Plan{}, err
	}
	var wishes []wish
	for _, point := range g.kept(r.View) {
		now, _ := attributeTemperature(r.View, point.attribute)
		now.Value = oneStepAtLeast(r.State, now.Value, delta.DeltaIn(now.Scale).Value)
		wishes = append(wishes, wish{point, now.In(delta.Scale)})
	}
	if len(wishes) == 0 {
		return action.Plan{}, missingSetpoint(r.State)
	}
	if err := outOfLimits(r.View, wishes); err != nil {
		return action.Plan{}, err
	}
	// Half of the change at most: what holds now must not count as done.
	return g.plan(r, wishes, min(r.House.setpointTolerance(), math.Abs(delta.DeltaIn(r.House.scale()).Value)/2)), nil
}

// kept returns the set points that a thermostat keeps to now: where it shows both
// a range and one temperature, the range only while it may heat and cool.
func (g regulation) kept(v View) []setpoint {
	has := func(point setpoint) bool {
		_, ok := v.State.Number(point.attribute)
		return ok
	}
	switch {
	case has(lowerSetpoint) && has(upperSetpoint) && (!has(targetSetpoint) || g.mode(v.State) == modeAuto):
		return []setpoint{lowerSetpoint, upperSetpoint}
	case has(targetSetpoint):
		return []setpoint{targetSetpoint}
	default:
		return nil
	}
}

func (g regulation) plan(r Request, wishes []wish, tolerance float64) action.Plan {
	plan := action.Plan{Call: home.CallOn(r.ID(), g.domain, "set_temperature")}
	for _, w := range wishes {
		degrees := onDeviceStep(r.State, hundredths(w.In(r.House.scale()).Value))
		plan.Call.Data = append(plan.Call.Data, home.Field{Name: w.attribute, Value: home.Number(degrees)})
		plan.Wants = append(plan.Wants, action.NumberIs(w.attribute, degrees, tolerance))
	}
	return plan
}

// wishesOf returns the set points in the payload of SetTargetTemperature: the
// one target, or the lower and the upper.
func wishesOf(r Request) ([]wish, error) {
	var in struct {
		TargetSetpoint, LowerSetpoint, UpperSetpoint *spokenTemperature
		Schedule                                     any
	}
	if err := r.Directive.Decode(&in); err != nil {
		return nil, err
	}
	if in.Schedule != nil {
		return nil, alexa.Refuse("The home keeps a set point until the next one.", alexa.Detail{Type: alexa.UnwillingToSetSchedule})
	}
	var wishes []wish
	for _, m := range []struct {
		setpoint
		spoken *spokenTemperature
	}{{targetSetpoint, in.TargetSetpoint}, {lowerSetpoint, in.LowerSetpoint}, {upperSetpoint, in.UpperSetpoint}} {
		if m.spoken == nil {
			continue
		}
		t, err := m.spoken.temperature(m.property)
		if err != nil {
			return nil, err
		}
		wishes = append(wishes, wish{m.setpoint, t})
	}
	switch {
	case len(wishes) == 0:
		return nil, fault.New(fault.Invalid, "The payload has no set point.")
	case in.TargetSetpoint != nil && len(wishes) > 1:
		return nil, alexa.Refuse("The home takes one set point or two.", alexa.Detail{Type: alexa.TripleSetpointsUnsupported})
	case in.TargetSetpoint == nil && len(wishes) == 1:
		return nil, fault.New(fault.Invalid, "The payload has only one end of a range.")
	case len(wishes) == 2:
		return wishes, crossed(wishes[0].Temperature, wishes[1].Temperature)
	}
	return wishes, nil
}

// crossed returns the error for a lower set point that is above the upper one.
// Home Assistant knows no distance that they must have otherwise.
func crossed(lower, upper alexa.Temperature) error {
	if lower.In(upper.Scale).Value <= upper.Value {
		return nil
	}
	return alexa.Refuse("The lower set point is above the upper one.", alexa.Detail{
		Type: alexa.RequestedSetpointsTooClose, MinimumTemperatureDelta: &alexa.Temperature{Value: 0, Scale: upper.Scale},
	})
}

// setRefused explains why the home refused a set point.
func (g regulation) setRefused(r Request) error {
	wishes, err := wishesOf(r)
	switch {
	case err != nil:
		return err
	case len(wishes) == 2 && !r.State.Has(g.dual):
		return dualUnsupported()
	case len(wishes) == 1 && !r.State.Has(g.single):
		return missingSetpoint(r.State)
	}
	if err := outOfLimits(r.View, wishes); err != nil {
		return err
	}
	return isOff(r.State)
}

// adjustRefused explains why the home refused a change of a set point, whose
// limits were known before.
func (g regulation) adjustRefused(r Request) error { return isOff(r.State) }

// outOfLimits returns the error for a wish beyond the limits of the thermostat,
// which the home tells in its own unit, with the limits on the wish's scale.
func outOfLimits(v View, wishes []wish) error {
	least, hasLeast := attributeTemperature(v, home.AttrMinTemp)
	most, hasMost := attributeTemperature(v, home.AttrMaxTemp)
	if !hasLeast || !hasMost {
		return nil
	}
	for _, w := range wishes {
		least, most := least.In(w.Scale), most.In(w.Scale)
		least.Value, most.Value = hundredths(least.Value), hundredths(most.Value)
		if degrees := hundredths(w.Value); degrees < least.Value || degrees > most.Value {
			text := fmt.Sprintf("The %s must be from %g to %g degrees %s.", w.property, least.Value, most.Value, w.Scale)
			return alexa.Refuse(text, alexa.Detail{
				Type: alexa.TemperatureValueOutOfRange, ValidRange: alexa.TemperatureRange{Minimum: least, Maximum: most},
			})
		}
	}
	return nil
}

// setpointMissed explains why a set point that the home took is not there: many
// thermostats ignore one that their mode does not have.
func setpointMissed(r Request) error { return missingSetpoint(r.State) }

// converted says whether a request asks for set points on another scale than the
// home's that are no whole degrees on the home's: 71 °F are 21.67 °C.
func converted(r Request) bool {
	wishes, err := wishesOf(r)
	for _, w := range wishes {
		degrees := hundredths(w.In(r.House.scale()).Value)
		if w.Scale != r.House.scale() && degrees != math.Trunc(degrees) {
			return err == nil
		}
	}
	return false
}

// onDeviceStep returns degrees on the nearest step of the thermostat's own, within its
// limits; as they are when the state does not tell the step.
func onDeviceStep(s home.State, degrees float64) float64 {
	step, ok := s.Number(home.AttrTargetTempStep)
	if !ok || step <= 0 {
		return degrees
	}
	stepped := hundredths(math.Round(degrees/step) * step)
	if least, ok := s.Number(home.AttrMinTemp); ok && stepped < least && degrees >= least {
		return degrees
	}
	if most, ok := s.Number(home.AttrMaxTemp); ok && stepped > most && degrees <= most {
		return degrees
	}
	return stepped
}

// oneStepAtLeast returns what a set point becomes that changes by delta: on a step of
// the thermostat's own, and never what it is already unless delta is 0.
func oneStepAtLeast(s home.State, now, delta float64) float64 {
	if delta == 0 {
		return now
	}
	next := onDeviceStep(s, hundredths(now+delta))
	step, ok := s.Number(home.AttrTargetTempStep)
	if !ok || step <= 0 || (next-now)*delta > 0 {
		return next
	}
	if delta < 0 {
		return hundredths(math.Ceil(now/step-1) * step)
	}
	return hundredths(math.Floor(now/step+1) * step)
}

// missingSetpoint returns the error for a set point that the thermostat does not
// have at the moment.
func missingSetpoint(s home.State) error {
	if err := isOff(s); err != nil {
		return err
	}
	return fault.New(fault.NotNow, "The thermostat has no such set point in its current mode.")
}

// isOff returns the error for a thermostat that is off, nil for any other.
func isOff(s home.State) error {
	if s.Value != home.Off {
		return nil
	}
	return alexa.Refuse("The thermostat is off.", alexa.Detail{Type: alexa.ThermostatIsOff})
}

func dualUnsupported() error {
	return alexa.Refuse("The thermostat keeps one temperature and no range.", alexa.Detail{Type: alexa.DualSetpointsUnsupported})
}
