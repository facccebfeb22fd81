package homeassistant

import (
	"errors"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Bounds on what is kept of states, roughly, as they are in memory.
const (
	// maxStateWeight limits the attributes of one state, but for numbers, flags and texts
	// of up to maxShortBytes. A text that would make them more is left out, and of a list
	// only that it is too long is kept.
	maxStateWeight, maxShortBytes = 128 << 10, 1 << 10
	// maxListWeight and maxItems limit a list. Of a longer one only that is kept.
	maxListWeight, maxItems = 96 << 10, 1000
	// maxStatesWeight limits the states of a list, and maxStates how many they are. Of
	// those after them the attributes are left out, up to maxCutStates in all. The ids and
	// values of these may weigh maxCutWeight; a state that would make it more is left out.
	maxStatesWeight, maxStates, maxCutStates, maxCutWeight = 24 << 20, 30_000, 60_000, 12 << 20
	// maxValueBytes limits a state's value. Home Assistant's have 255 characters at most.
	maxValueBytes = 2 << 10
	// stateWeight and fieldWeight are what a state and an attribute take besides texts.
	stateWeight, fieldWeight = 160, 80
)

// states reads a list of states.
func (d *decoder) states() ([]home.State, error) {
	if d.in.PeekKind() != '[' {
		return nil, d.unexpected()
	}
	if _, err := d.in.ReadToken(); err != nil {
		return nil, err
	}
	var states []home.State
	for weight, cutWeight := 0, 0; d.in.PeekKind() != ']'; {
		state, err := d.state()
		if err != nil && !errors.Is(err, errShape) {
			return nil, err
		}
		if state.ID == "" || len(states) == maxCutStates {
			continue
		}
		own := stateWeight + len(state.ID) + len(state.Value)
		if weight += own + d.weight; weight > maxStatesWeight || len(states) >= maxStates {
			if cutWeight += own; cutWeight > maxCutWeight {
				continue
			}
			state.Attributes, state.Cut = nil, true
		}
		states = append(doubled(states), state)
	}
	_, err := d.in.ReadToken()
	return states, err
}

// doubled returns a list with room for one more item. Left to append, a list of
// thousands is copied a dozen times.
func doubled[T any](list []T) []T {
	if len(list) < cap(list) {
		return list
	}
	return slices.Grow(list, max(len(list), 16))
}

// state reads one state. It is an errShape when something else comes, which has
// been read then.
func (d *decoder) state() (s home.State, err error) {
	d.weight = 0
	if d.in.PeekKind() != '{' {
		return s, d.unexpected()
	}
	err = d.members(ofState, func(name string) error {
		switch name {
		case "entity_id":
			var id string
			err := d.text(&id)
			s.ID = home.EntityID(id)
			return err
		case "state":
			err := d.text(&s.Value)
			if len(s.Value) > maxValueBytes {
				s.Value = ""
			}
			return err
		case "last_changed":
			return d.time(&s.Changed)
		case "last_updated":
			return d.time(&s.Updated)
		default:
			return d.attributes(&s.Attributes)
		}
	})
	return s, err
}

// attributes reads an entity's attributes. Of a name that comes twice the later
// value counts.
func (d *decoder) attributes(to *home.Fields) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	d.fields, d.weight = d.fields[:0], 0
	err := d.members(ofAttributes, func(name string) error {
		value, err := d.value()
		if i := slices.IndexFunc(d.fields, func(f home.Field) bool { return f.Name == name }); i >= 0 {
			d.fields = slices.Delete(d.fields, i, i+1)
		}
		if err == nil && !value.IsZero() {
			d.fields = append(d.fields, home.Field{Name: name, Value: value})
		}
		return err
	})
	*to = slices.Clone(d.fields)
	return err
}
