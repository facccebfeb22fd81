package homeassistant

import (
	"errors"
	"io"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// decoder reads Home Assistant's JSON as a stream and keeps only what is used.
// What has another type than it should is left out: one strange entity must not
// take the others with it. Only JSON that is broken as a whole is an error.
type decoder struct{ in *jsontext.Decoder }

func newDecoder(body io.Reader) *decoder {
	return &decoder{jsontext.NewDecoder(body, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

// attributeNames are the attributes that are kept, as they stand in JSON.
var attributeNames = func() map[string]string {
	names := map[string]string{}
	for _, name := range home.Attributes() {
		names[`"`+name+`"`] = name
	}
	return names
}()

var errShape = errors.New("the answer is not of the expected form")

// states reads a list of states.
func (d *decoder) states() ([]home.State, error) {
	if d.in.PeekKind() != '[' {
		return nil, errors.Join(errShape, d.in.SkipValue())
	}
	if _, err := d.in.ReadToken(); err != nil {
		return nil, err
	}
	var states []home.State
	for d.in.PeekKind() != ']' {
		state, err := d.state()
		if err != nil && !errors.Is(err, errShape) {
			return nil, err
		}
		if state.ID != "" {
			states = append(states, state)
		}
	}
	_, err := d.in.ReadToken()
	return states, err
}

// state reads one state.
func (d *decoder) state() (s home.State, err error) {
	if d.in.PeekKind() != '{' {
		if err := d.in.SkipValue(); err != nil {
			return s, err
		}
		return s, errShape
	}
	err = d.members(func(name string) error {
		switch name {
		case `"entity_id"`:
			var id string
			err := d.text(&id)
			s.ID = home.EntityID(id)
			return err
		case `"state"`:
			return d.text(&s.Value)
		case `"last_changed"`:
			return d.time(&s.Changed)
		case `"last_updated"`:
			return d.time(&s.Updated)
		case `"attributes"`:
			return d.attributes(&s.Attributes)
		default:
			return d.in.SkipValue()
		}
	})
	return s, err
}

// members calls read for every member of the object that comes next, with the
// member's name as it stands in JSON. read reads the value.
func (d *decoder) members(read func(name string) error) error {
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	for d.in.PeekKind() != '}' {
		name, err := d.in.ReadValue()
		if err != nil {
			return err
		}
		if err := read(known(name)); err != nil {
			return err
		}
	}
	_, err := d.in.ReadToken()
	return err
}

// names are those of the members that are read, so that looking at a name makes
// no copy of it.
var names = func() map[string]string {
	names := map[string]string{}
	for _, name := range []string{
		"entity_id", "state", "last_changed", "last_updated", "attributes",
		"version", "location_name", "time_zone", "country", "language", "components", "unit_system", "temperature",
	} {
		names[`"`+name+`"`] = `"` + name + `"`
	}
	for quoted := range attributeNames {
		names[quoted] = quoted
	}
	return names
}()

func known(name []byte) string { return names[string(name)] }

// attributes reads an entity's attributes.
func (d *decoder) attributes(to *home.Fields) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	fields := make(home.Fields, 0, 8)
	err := d.members(func(quoted string) error {
		name := attributeNames[quoted]
		if name == "" {
			return d.in.SkipValue()
		}
		value, err := d.value()
		if err == nil && !value.IsZero() {
			fields = append(fields, home.Field{Name: name, Value: value})
		}
		return err
	})
	*to = fields
	return err
}

// value reads a scalar or a list of scalars; whatever else comes is nothing.
func (d *decoder) value() (home.Value, error) {
	switch d.in.PeekKind() {
	case '"':
		token, err := d.in.ReadToken()
		if err != nil {
			return home.Value{}, err
		}
		return home.Text(token.String()), nil
	case '0':
		token, err := d.in.ReadToken()
		if err != nil {
			return home.Value{}, err
		}
		f, err := token.Float() // past the range it is an error: no number then
		if err != nil {
			return home.Value{}, nil //nolint:nilerr // the rest of the entity is well
		}
		return home.Number(f), nil
	case 't', 'f':
		token, err := d.in.ReadToken()
		if err != nil {
			return home.Value{}, err
		}
		return home.Flag(token.Bool()), nil
	case '[':
		return d.list()
	default:
		return home.Value{}, d.in.SkipValue()
	}
}

// list reads a list of scalars. A list within a list is nothing.
func (d *decoder) list() (home.Value, error) {
	if _, err := d.in.ReadToken(); err != nil {
		return home.Value{}, err
	}
	items := make([]home.Value, 0, 4)
	for kind := d.in.PeekKind(); kind != ']'; kind = d.in.PeekKind() {
		if kind == '[' {
			if err := d.in.SkipValue(); err != nil {
				return home.Value{}, err
			}
			continue
		}
		item, err := d.value()
		if err != nil {
			return home.Value{}, err
		}
		if !item.IsZero() {
			items = append(items, item)
		}
	}
	_, err := d.in.ReadToken()
	return home.List(items...), err
}

// text reads a text; anything else leaves to as it is.
func (d *decoder) text(to *string) error {
	if d.in.PeekKind() != '"' {
		return d.in.SkipValue()
	}
	token, err := d.in.ReadToken()
	if err == nil {
		*to = token.String()
	}
	return err
}

// time reads a time as Home Assistant writes it (ISO 8601); anything else leaves
// to as it is.
func (d *decoder) time(to *time.Time) error {
	var text string
	if err := d.text(&text); err != nil {
		return err
	}
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		*to = at
	}
	return nil
}

// config reads what the home says of itself.
func (d *decoder) config() (c home.Config, err error) {
	if d.in.PeekKind() != '{' {
		return c, errShape
	}
	err = d.members(func(name string) error {
		switch name {
		case `"version"`:
			return d.text(&c.Version)
		case `"location_name"`:
			return d.text(&c.Name)
		case `"time_zone"`:
			return d.text(&c.TimeZone)
		case `"country"`:
			return d.text(&c.Country)
		case `"language"`:
			return d.text(&c.Language)
		case `"components"`:
			list, err := d.value()
			for _, item := range list.Items() {
				if component, ok := item.Text(); ok {
					c.Components = append(c.Components, component)
				}
			}
			return err
		case `"unit_system"`:
			return d.units(&c)
		default:
			return d.in.SkipValue()
		}
	})
	return c, err
}

func (d *decoder) units(c *home.Config) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	return d.members(func(name string) error {
		if name != `"temperature"` {
			return d.in.SkipValue()
		}
		var unit string
		err := d.text(&unit)
		c.Temperature = home.Unit(unit)
		return err
	})
}
