package capability

import (
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
	// Step names an attribute that says how far a number may be off, where the
	// device tells its own step; "" for none.
	Step string
	// Least and Most name attributes within which the home keeps a number; ""
	// for none. A lamp that ends at 6500 K is asked for 7000 K and has done what
	// it was asked when it shows 6500.
	Least, Most string
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
	have := w.of(s)
	tolerance := w.Tolerance
	if step, ok := s.Number(w.Step); ok {
		tolerance = max(tolerance, step)
	}
	for _, value := range w.Values {
		if have.Equal(w.kept(value, s), tolerance) {
			return true
		}
	}
	return false
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
		s.Value = w.Values[0].String()
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
