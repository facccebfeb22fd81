package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Bounds on what is kept of an answer. The smallest function has 128 MB.
const (
	// These bound the parts of a state as they stand in JSON: the name of a member that is
	// looked for; an id, a value or a time; an attribute. A longer part is left out.
	maxNameBytes, maxTextBytes, maxAttributeBytes = 64, 2 << 10, 64 << 10
	// These bound the memory, in bytes and roughly, that the attributes of one state take,
	// and that a list of states takes. What comes after that is left out.
	maxStateMemory, maxStatesMemory = 128 << 10, 24 << 20
	// maxStates bounds how many states of a list are kept.
	maxStates = 30_000
)

// used are the attributes that are read.
var used = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range home.Attributes() {
		names[name] = true
	}
	return names
}()

// states reads a list of states. It returns those that are wanted, and how many of these
// it left out because they are too many. It skips what is not a state.
func (s *stream) states(wanted func(home.EntityID) bool) (states []home.State, leftOut int, err error) {
	heavy := 0
	err = s.list(func() error {
		if c, err := s.peek(); err != nil || c != '{' {
			return cmp.Or(err, s.skip())
		}
		state, weight, err := s.state()
		if err != nil || state.ID == "" || !wanted(state.ID) {
			return err
		}
		if heavy += weight; heavy > maxStatesMemory || len(states) == maxStates {
			leftOut++
			return nil
		}
		states = append(states, state)
		return nil
	})
	return states, leftOut, err
}

// state reads one state. weight is roughly how many bytes of memory it takes.
func (s *stream) state() (state home.State, weight int, err error) {
	err = s.object(func(name string) error {
		switch name {
		case "entity_id":
			return s.read(maxTextBytes, (*string)(&state.ID))
		case "state":
			return s.read(maxTextBytes, &state.Value)
		case "last_changed":
			return s.time(&state.Changed)
		case "last_updated":
			return s.time(&state.Updated)
		case "attributes":
			weight, err = s.attributes(&state.Attributes)
			return err
		default:
			return s.skip()
		}
	})
	return state, weight + len(state.ID) + len(state.Value) + fieldWeight, err
}

// attributes reads the attributes that are used. Of a name that comes twice the later
// one counts.
func (s *stream) attributes(to *home.Fields) (weight int, err error) {
	if c, err := s.peek(); err != nil || c != '{' {
		return 0, cmp.Or(err, s.skip())
	}
	fields := s.fields[:0]
	err = s.object(func(name string) error {
		if !used[name] {
			return s.skip()
		}
		var in any
		if err := s.read(maxAttributeBytes, &in); err != nil {
			return err
		}
		fields = slices.DeleteFunc(fields, func(f home.Field) bool { return f.Name == name })
		value := valueOf(in)
		if w := weightOf(value); !value.IsZero() && weight+w <= maxStateMemory {
			weight += w
			fields = append(fields, home.Field{Name: name, Value: value})
		}
		return nil
	})
	s.fields, *to = fields, slices.Clone(fields)
	return weight, err
}

// time reads a time as Home Assistant writes it; anything else leaves to as it is.
func (s *stream) time(to *time.Time) error {
	var text string
	err := s.read(maxTextBytes, &text)
	if at, wrong := time.Parse(time.RFC3339, text); err == nil && wrong == nil {
		*to = at
	}
	return err
}

// valueOf returns a scalar or a list of scalars; anything else is nothing.
func valueOf(in any) home.Value {
	switch v := in.(type) {
	case float64:
		return home.Number(v)
	case string:
		return home.Text(v)
	case bool:
		return home.Flag(v)
	case []any:
		items := make([]home.Value, 0, len(v))
		for _, item := range v {
			if _, nested := item.([]any); nested {
				continue
			}
			if value := valueOf(item); !value.IsZero() {
				items = append(items, value)
			}
		}
		return home.List(items...)
	default:
		return home.Value{}
	}
}

// fieldWeight is roughly how many bytes of memory a value without text takes.
const fieldWeight = 80

// weightOf returns roughly how many bytes of memory a value takes.
func weightOf(v home.Value) int {
	text, _ := v.Text()
	weight := fieldWeight + len(text)
	for _, item := range v.Items() {
		weight += weightOf(item)
	}
	return weight
}

// homeConfig is what the failsafe uses of the home's configuration.
type homeConfig struct {
	version     string
	temperature home.Unit
	phase       home.Phase
}

// config reads the home's configuration. One without a version is not Home Assistant's.
func (s *stream) config() (c homeConfig, err error) {
	err = s.object(func(name string) error {
		switch name {
		case "version":
			return s.read(maxTextBytes, &c.version)
		case "unit_system":
			return s.units(&c)
		case "state":
			return s.read(maxTextBytes, (*string)(&c.phase))
		default:
			return s.skip()
		}
	})
	if err == nil && c.version == "" {
		err = errNoJSON
	}
	return c, err
}

// units reads the units of the home.
func (s *stream) units(c *homeConfig) error {
	if b, err := s.peek(); err != nil || b != '{' {
		return cmp.Or(err, s.skip())
	}
	return s.object(func(name string) error {
		if name != "temperature" {
			return s.skip()
		}
		return s.read(maxTextBytes, (*string)(&c.temperature))
	})
}
