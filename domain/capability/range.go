package capability

import (
	"math"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// ranged is one number of an entity that people may set, an instance of
// Alexa.RangeController
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-rangecontroller.html).
type ranged struct {
	// instance is Home Assistant's own name for it, "cover.position".
	instance string
	// supports says whether an entity has it; nil means every one.
	supports func(View) bool
	// names are what people call it.
	names []phrase
	// span returns the range of the number and its step; ok is false when the
	// state does not tell, as before it was read. nil is whole percents.
	span func(home.State) (r alexa.Range, ok bool)
	// unit returns the asset of its unit, "" for none; nil is percent.
	unit func(home.State) string
	// unitName says that people may call it by its unit: "set the tank to 20
	// litres".
	unitName bool
	// presets returns the numbers that have a name; nil for none.
	presets func(View, alexa.Range) []alexa.Preset
	// semantics ties words like raise and open to it; nil for none.
	semantics func(home.State) *alexa.Semantics
	// read returns the number; ok is false when the state does not tell it.
	read func(home.State) (value float64, ok bool)
	// set plans how to set it. The value is within the range and on a step where
	// the span is known.
	set func(r Request, value float64) (action.Plan, error)
	// setReads says that set needs the entity's state, setReadsFor for which values it
	// does; nil for none but by setReads.
	setReads    bool
	setReadsFor func(value float64) bool
	// notch returns how far "more" and "less" go when nobody says by how much;
	// nil is one step.
	notch func(home.State) float64
	// adjust changes it by what a directive says, where Home Assistant has a
	// service for that; nil reads the number first and sets another.
	adjust *Action
}

// face returns the interface.
func (g ranged) face() Interface {
	if g.span == nil {
		g.span = percents
	}
	if g.unit == nil {
		g.unit = func(home.State) string { return unitAssets[string(home.Percent)] }
	}
	adjust := Action{NeedsState: true, Plan: g.adjustValue}
	if g.adjust != nil {
		adjust = *g.adjust
	}
	return Interface{
		Namespace: alexa.RangeController,
		Instance:  g.instance,
		Supports: func(v View) bool {
			_, known := g.span(v.State)
			return known && (g.supports == nil || g.supports(v))
		},
		Describe: g.describe,
		Bounds: func(v View) alexa.Range {
			span, _ := g.span(v.State)
			return span
		},
		Read: func(v View) []Reading {
			value, ok := g.read(v.State)
			if !ok || v.State.Value == home.Unknown {
				return nil
			}
			return reading("rangeValue", value)
		},
		Directives: map[string]Action{
			"SetRangeValue":    {NeedsState: g.setReads, NeedsStateFor: g.readsFor, Plan: g.setValue, Refused: g.outside},
			"AdjustRangeValue": adjust,
		},
	}
}

// readsFor says whether the state is needed for the value that a request sets.
func (g ranged) readsFor(r Request) bool {
	if g.setReadsFor == nil {
		return false
	}
	value, err := anyNumber(r, "rangeValue")
	return err == nil && g.setReadsFor(value)
}

func (g ranged) describe(v View) alexa.Capability {
	span, _ := g.span(v.State)
	configuration := alexa.RangeConfiguration{SupportedRange: span, UnitOfMeasure: g.unit(v.State)}
	if g.presets != nil {
		configuration.Presets = g.presets(v, span)
	}
	c := alexa.NewCapability(alexa.RangeController, "rangeValue")
	names := g.names
	if g.unitName && configuration.UnitOfMeasure != "" {
		names = append(slices.Clone(names), phrase(configuration.UnitOfMeasure))
	}
	c.Resources = v.House.named(names...)
	c.Configuration = configuration
	if g.semantics != nil {
		c.Semantics = g.semantics(v.State)
	}
	return c
}

func (g ranged) setValue(r Request) (action.Plan, error) {
	value, err := anyNumber(r, "rangeValue")
	if err != nil {
		return action.Plan{}, err
	}
	span, known := g.span(r.State)
	if !known {
		return g.set(r, value)
	}
	if err := g.outside(r); err != nil {
		return action.Plan{}, err
	}
	return g.set(r, onStep(span, value))
}

// outside returns the error that tells the range of a value outside it; nil when
// it is inside, or the range is not known.
func (g ranged) outside(r Request) error {
	span, known := g.span(r.State)
	if !known {
		return nil
	}
	if _, err := number(r, "rangeValue", span.Minimum, span.Maximum); err != nil {
		return err
	}
	return nil
}

// adjustValue reads the number and sets another: Home Assistant has no service
// that takes a difference. Past the end of the range it stays at the end.
func (g ranged) adjustValue(r Request) (action.Plan, error) {
	delta, byDefault, err := rangeDelta(r)
	if err != nil {
		return action.Plan{}, err
	}
	span, known := g.span(r.State)
	now, told := g.read(r.State)
	if !known || !told {
		return action.Plan{}, fault.New(fault.NotNow, "The home does not say what the value is now, so it cannot be adjusted.")
	}
	if byDefault {
		notch := span.Precision
		if g.notch != nil {
			notch = g.notch(r.State)
		}
		delta *= notch
	}
	target := onStep(span, now+delta)
	plan, err := g.set(r, target)
	for i := range plan.Wants { // half of the change at most: what holds now must not count as done
		plan.Wants[i].Tolerance = min(plan.Wants[i].Tolerance, math.Abs(target-now)/2)
	}
	return plan, err
}

// rangeDelta returns the payload of AdjustRangeValue. byDefault says that nobody
// said by how much: the delta is then a number of steps, of whatever size suits
// the device.
func rangeDelta(r Request) (delta float64, byDefault bool, err error) {
	var payload struct {
		RangeValueDeltaDefault bool `json:"rangeValueDeltaDefault"`
	}
	if err := r.Directive.Decode(&payload); err != nil {
		return 0, false, err
	}
	delta, err = anyNumber(r, "rangeValueDelta")
	if err == nil && delta == 0 {
		err = fault.New(fault.Refused, "The rangeValueDelta is 0, which changes nothing.")
	}
	return delta, payload.RangeValueDeltaDefault, err
}

// percents is the span of whole percents.
func percents(home.State) (alexa.Range, bool) {
	return alexa.Range{Minimum: 0, Maximum: 100, Precision: 1}, true
}

// onStep returns value, kept within the span, on the nearest of its steps.
func onStep(span alexa.Range, value float64) float64 {
	value = min(max(value, span.Minimum), span.Maximum)
	if span.Precision > 0 {
		steps := math.Round((value - span.Minimum) / span.Precision)
		value = span.Minimum + steps*span.Precision
	}
	const decimals = 1e6
	if math.Abs(value) < 1e9 {
		value = math.Round(value*decimals) / decimals // 0.43, not 0.43000000000000005
	}
	return min(max(value, span.Minimum), span.Maximum)
}

// unitAssets are Alexa's assets for Home Assistant's units of measurement
// (homeassistant/const.py).
var unitAssets = map[string]string{
	"%": "Alexa.Unit.Percent", "°": "Alexa.Unit.Angle.Degrees",
	"°C": "Alexa.Unit.Temperature.Celsius", "°F": "Alexa.Unit.Temperature.Fahrenheit", "K": "Alexa.Unit.Temperature.Kelvin",
	"m": "Alexa.Unit.Distance.Meters", "km": "Alexa.Unit.Distance.Kilometers", "in": "Alexa.Unit.Distance.Inches",
	"ft": "Alexa.Unit.Distance.Feet", "yd": "Alexa.Unit.Distance.Yards", "mi": "Alexa.Unit.Distance.Miles",
	"g": "Alexa.Unit.Mass.Grams", "kg": "Alexa.Unit.Mass.Kilograms",
	"lb": "Alexa.Unit.Weight.Pounds", "oz": "Alexa.Unit.Weight.Ounces",
	"L": "Alexa.Unit.Volume.Liters", "gal": "Alexa.Unit.Volume.Gallons",
	"ft³": "Alexa.Unit.Volume.CubicFeet", "m³": "Alexa.Unit.Volume.CubicMeters",
}
