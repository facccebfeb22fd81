package capability

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
}

// stateIs wants the state itself to be value, or one of the alternatives that
// show that it is on its way there.
func stateIs(value string, alternatives ...string) Want {
	return Want{Values: home.Texts(append([]string{value}, alternatives...)...).Items()}
}

// numberIs wants a number attribute to be value within tolerance.
func numberIs(attribute string, value, tolerance float64) Want {
	return Want{Attribute: attribute, Values: []home.Value{home.Number(value)}, Tolerance: tolerance}
}

// textIs wants a text attribute to be value.
func textIs(attribute, value string) Want {
	return Want{Attribute: attribute, Values: []home.Value{home.Text(value)}}
}

// flagIs wants a flag attribute to be value.
func flagIs(attribute string, value bool) Want {
	return Want{Attribute: attribute, Values: []home.Value{home.Flag(value)}}
}

// Reached says whether the want holds in s.
func (w Want) Reached(s home.State) bool {
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
	return s
}

// Reached says whether everything that the plan wants holds in s. A plan that
// wants nothing has never been reached: nobody can tell.
func (p Plan) Reached(s home.State) bool {
	for _, w := range p.Wants {
		if !w.Reached(s) {
			return false
		}
	}
	return len(p.Wants) > 0
}

// Untouched says whether s shows that the call has not even begun: nothing has
// happened to the entity since Before. It is true of plans without one.
func (p Plan) Untouched(s home.State) bool {
	return p.Before.ID == "" || !s.Updated.IsZero() && s.Updated.Equal(p.Before.Updated)
}

// Begins says whether s shows that the plan is under way, where that is all that
// can be said before it is over.
func (p Plan) Begins(s home.State) bool {
	for _, w := range p.Begun {
		if !w.Reached(s) {
			return false
		}
	}
	return len(p.Begun) > 0
}

// Assume returns s as it is when the plan has been carried out: what is wanted
// and does not hold yet is put in, the rest stays as the house said it.
func (p Plan) Assume(s home.State) home.State {
	for _, w := range p.Wants {
		if !w.Reached(s) {
			s = w.Assume(s)
		}
	}
	return s
}
