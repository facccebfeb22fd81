package action

import (
	"math"
	"slices"
	"strconv"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Want is one condition on an entity's state that holds when a command has had
// its effect.
type Want struct {
	// Attribute names the attribute it is about; "" means the state itself.
	Attribute string
	// Values are the values of which one must hold. The first is what was
	// commanded: it is what Assume puts in.
	Values []home.Value
	// Tolerance is how far a number may be off, in the attribute's own unit:
	// devices round to steps of their own.
	Tolerance float64
	// Step names an attribute that tells the device's own step, counted from
	// Least (from 0 without one); "" for none. A fan of three speeds that is
	// asked for 40 % shows 33 or 66, and has done what it was asked. Asked for
	// 66 it must show just that: the speed beside it may be the old one.
	Step string
	// Least and Most name attributes within which the home keeps a number; ""
	// for none. A lamp that ends at 6500 K is asked for 7000 K and has done what
	// it was asked when it shows 6500, or claims 7000 as some do.
	Least, Most string
	// Given names an attribute without which the want holds: a fan that is only
	// on or off has no percentage to wait for. "" for none.
	Given string
	// Underway are states of the entity that show that it is on its way to what
	// is wanted. The want holds then: a blind takes a minute to get there, and
	// what it shows meanwhile is true.
	Underway []string
	// Against is the state that shows that the entity is on its way to the opposite;
	// "" for none.
	Against string
	// Clears are attributes that no longer hold when the want is assumed: a lamp
	// that shines white has no hue.
	Clears []string
	// Makes says that the attribute comes into being with the command, as the
	// brightness of a lamp that was off. An attribute that an entity lacks is not
	// assumed otherwise: a thermostat that keeps a range has no single temperature,
	// whatever was sent to it.
	Makes bool
	// Not turns the want around: none of Values may hold. Such a want is never
	// assumed, and an attribute that the entity lacks meets it.
	Not bool
}

// StateIs wants the state itself to be value, or one of the alternatives that
// show that it is on its way there. value is what is assumed.
func StateIs(value string, alternatives ...string) Want {
	return Want{Values: home.Texts(append([]string{value}, alternatives...)...).Items()}
}

// NumberIs wants a number attribute to be value within tolerance.
func NumberIs(attribute string, value, tolerance float64) Want {
	return Want{Attribute: attribute, Values: []home.Value{home.Number(value)}, Tolerance: tolerance}
}

// TextIs wants a text attribute to be value.
func TextIs(attribute, value string) Want {
	return Want{Attribute: attribute, Values: []home.Value{home.Text(value)}}
}

// FlagIs wants a flag attribute to be value.
func FlagIs(attribute string, value bool) Want {
	return Want{Attribute: attribute, Values: []home.Value{home.Flag(value)}}
}

// StateIsNot wants the state itself to be none of values.
func StateIsNot(values ...string) Want {
	return Want{Values: home.Texts(values...).Items(), Not: true}
}

// TextIsNot wants a text attribute to be anything but value, or to be missing.
func TextIsNot(attribute, value string) Want {
	return Want{Attribute: attribute, Values: []home.Value{home.Text(value)}, Not: true}
}

// Reached says whether the want holds in s.
func (w Want) Reached(s home.State) bool {
	if w.Not {
		return !slices.ContainsFunc(w.Values, func(value home.Value) bool { return w.of(s).Equal(value, w.Tolerance) })
	}
	if slices.Contains(w.Underway, s.Value) {
		return true
	}
	if w.Given != "" && s.Attributes.Get(w.Given).IsZero() {
		return true
	}
	have := w.of(s)
	for _, value := range w.Values {
		kept := w.kept(value, s)
		if have.Equal(kept, w.Tolerance) || have.Equal(value, w.Tolerance) || w.besides(kept, have, s) {
			return true
		}
	}
	return false
}

// besides says whether have is one of the two steps of the device's own between
// which wanted lies. It is false where wanted is itself such a step.
func (w Want) besides(wanted, have home.Value, s home.State) bool {
	step, stepped := s.Number(w.Step)
	f, isNumber := wanted.Number()
	if !stepped || !isNumber || step <= 0 {
		return false
	}
	least, _ := s.Number(w.Least)
	steps := (f - least) / step
	if math.Abs(math.Round(steps)-steps)*step <= max(w.Tolerance, step/1000) {
		return have.Equal(home.Number(least+math.Round(steps)*step), max(w.Tolerance, step/1000))
	}
	tolerance := max(w.Tolerance, 1) // devices round to whole numbers besides
	return have.Equal(home.Number(least+math.Floor(steps)*step), tolerance) ||
		have.Equal(home.Number(least+math.Ceil(steps)*step), tolerance)
}

// kept returns value as the home keeps it within s's limits.
func (w Want) kept(value home.Value, s home.State) home.Value {
	f, ok := value.Number()
	if !ok {
		return value
	}
	if most, ok := s.Number(w.Most); ok {
		f = min(f, most)
	}
	if least, ok := s.Number(w.Least); ok {
		f = max(f, least)
	}
	return home.Number(f)
}

// of returns what s has for the want. The state itself is a text; it is read as
// a number when a number is wanted.
func (w Want) of(s home.State) home.Value {
	if w.Attribute != "" {
		return s.Attributes.Get(w.Attribute)
	}
	if len(w.Values) > 0 {
		if _, isNumber := w.Values[0].Number(); isNumber {
			f, err := strconv.ParseFloat(s.Value, 64)
			if err != nil {
				return home.Value{}
			}
			return home.Number(f)
		}
	}
	return home.Text(s.Value)
}

// assumable says whether the want may be taken for met in s.
func (w Want) assumable(s home.State) bool {
	if w.Not || len(w.Values) == 0 {
		return false
	}
	return w.Attribute == "" || w.Makes || !s.Attributes.Get(w.Attribute).IsZero()
}

// Assume returns s as it is when the want has been met as commanded.
func (w Want) Assume(s home.State) home.State {
	if len(w.Values) == 0 {
		return s
	}
	if w.Attribute == "" {
		s.Value = w.kept(w.Values[0], s).String()
	} else {
		s.Attributes = s.Attributes.With(w.Attribute, w.kept(w.Values[0], s))
	}
	for _, name := range w.Clears {
		s.Attributes = s.Attributes.Without(name)
	}
	return s
}
