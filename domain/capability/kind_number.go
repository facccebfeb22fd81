package capability

import (
	"math"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

func numbers() Kind      { return numberKind("number", FeatureCore) }
func inputNumbers() Kind { return numberKind("input_number", FeatureInputHelpers) }

func numberKind(domain string, feature Feature) Kind {
	return Kind{
		Domain:     domain,
		Feature:    feature,
		Category:   is(alexa.CategoryOther),
		Interfaces: []Interface{numberValue(domain).face(), health()},
	}
}

func numberValue(domain string) ranged {
	return ranged{
		instance: domain + ".value",
		names:    []phrase{wordValue, assetPreset},
		unitName: true,
		span:     numberSpan,
		unit:     func(s home.State) string { return unitAssets[s.Text(home.AttrUnit)] },
		presets: func(v View, span alexa.Range) []alexa.Preset {
			return []alexa.Preset{
				{Value: span.Minimum, Resources: v.House.named(assetMinimum)},
				{Value: span.Maximum, Resources: v.House.named(assetMaximum)},
			}
		},
		read: numberOf,
		set: func(r Request, value float64) (action.Plan, error) {
			want := action.NumberIs("", value, numberTolerance)
			want.Step, want.Least, want.Most = home.AttrStep, home.AttrMin, home.AttrMax
			return action.Plan{
				Call: setNumber(r.ID(), value), Wants: []action.Want{want}, Then: ontoStep(value),
			}, nil
		},
	}
}

func setNumber(id home.EntityID, value float64) home.ServiceCall {
	return home.CallOn(id, id.Domain(), "set_value", home.Field{Name: "value", Value: home.Number(value)})
}

// ontoStep returns what moves a number onto a step of its own: the home takes any value
// within the range, and only the state that follows tells the step. It asks for nothing
// when the home has put the number there itself.
func ontoStep(value float64) func(home.State) (home.ServiceCall, bool) {
	return func(s home.State) (call home.ServiceCall, ok bool) {
		now, told := numberOf(s)
		span, known := numberSpan(s)
		stepped := onStep(span, value)
		if !told || !known || math.Abs(now-value) > numberTolerance || math.Abs(stepped-value) <= numberTolerance {
			return call, false
		}
		return setNumber(s.ID, stepped), true
	}
}

// numberTolerance is what converting a number to a unit and back may cost.
const numberTolerance = 1e-6

// numberSpan returns a number's range; a step that makes no sense counts as 1,
// Home Assistant's default.
func numberSpan(s home.State) (alexa.Range, bool) {
	least, ok := s.Number(home.AttrMin)
	most, okToo := s.Number(home.AttrMax)
	step, _ := s.Number(home.AttrStep)
	if step <= 0 {
		step = 1
	}
	step = min(step, most-least) // Alexa takes none that is larger than the range
	return alexa.Range{Minimum: least, Maximum: most, Precision: step}, ok && okToo && least < most
}
