package homeassistant

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// decoder reads Home Assistant's JSON as a stream and keeps only what is used.
// What has another type than it should is left out: one strange entity must not
// take the others with it. Only JSON that is broken as a whole is an error.
type decoder struct {
	in *jsontext.Decoder
	// fields is where an entity's attributes are gathered before it is known how
	// many they are.
	fields home.Fields
	// stamp is the time that was read last, as it stands in JSON, and at what it
	// says: most states have changed in nothing since their value did.
	stamp []byte
	at    time.Time
}

func newDecoder(body io.Reader) *decoder {
	return &decoder{in: jsontext.NewDecoder(body, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

// names are members that are read, by how they stand in JSON: so that looking at
// a name makes no copy of it.
type names struct {
	table map[string]string
	// begin has the first letters of the names of each length, a bit for each. Most
	// of what Home Assistant sends is read by nobody, and need not be looked up to
	// tell.
	begin [longestName + 1]uint64
}

// longestName is the length of the longest member that may be read, its quotes
// included.
const longestName = 48

func named(members ...string) *names {
	n := &names{table: make(map[string]string, len(members))}
	for _, name := range members {
		quoted := `"` + name + `"`
		n.table[quoted] = name
		n.begin[len(quoted)] |= 1 << (quoted[1] & 63)
	}
	return n
}

// of returns the name that stands in JSON, "" for one that is not read.
func (n *names) of(quoted []byte) string {
	if len(quoted) < 3 || len(quoted) > longestName || n.begin[len(quoted)]>>(quoted[1]&63)&1 == 0 {
		return ""
	}
	return n.table[string(quoted)]
}

var (
	ofState      = named("entity_id", "state", "last_changed", "last_updated", "attributes")
	ofAttributes = named(home.Attributes()...)
	ofConfig     = named("version", "location_name", "time_zone", "country", "language", "components", "unit_system", "external_url", "state")
	ofUnits      = named("temperature")
)

var errShape = errors.New("the answer is not of the expected form")

// unexpected skips a value that something else should stand for.
func (d *decoder) unexpected() error {
	if err := d.in.SkipValue(); err != nil {
		return err
	}
	return errShape
}

// states reads a list of states.
func (d *decoder) states() ([]home.State, error) {
	if d.in.PeekKind() != '[' {
		return nil, d.unexpected()
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
			states = append(doubled(states), state)
		}
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
			return d.text(&s.Value)
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

// members reads the object that comes next: it calls read for each of the
// members in table, to read its value, and skips the others.
func (d *decoder) members(table *names, read func(name string) error) error {
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	for d.in.PeekKind() != '}' {
		quoted, err := d.in.ReadValue()
		if err != nil {
			return err
		}
		if name := table.of(quoted); name != "" {
			err = read(name)
		} else {
			err = d.in.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	_, err := d.in.ReadToken()
	return err
}

// attributes reads an entity's attributes. Of a name that comes twice the later
// value counts.
func (d *decoder) attributes(to *home.Fields) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	d.fields = d.fields[:0]
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
	quoted, err := d.in.ReadValue()
	if err != nil {
		return err
	}
	if !bytes.Equal(quoted, d.stamp) {
		var at time.Time
		if quoted.Kind() != '"' || at.UnmarshalJSON(quoted) != nil {
			return nil //nolint:nilerr // what has another type than it should is left out
		}
		d.stamp, d.at = append(d.stamp[:0], quoted...), at
	}
	*to = d.at
	return nil
}

// config reads what the home says of itself.
func (d *decoder) config() (c home.Config, err error) {
	if d.in.PeekKind() != '{' {
		return c, d.unexpected()
	}
	err = d.members(ofConfig, func(name string) error {
		switch name {
		case "version":
			return d.text(&c.Version)
		case "location_name":
			return d.text(&c.Name)
		case "time_zone":
			return d.text(&c.TimeZone)
		case "country":
			return d.text(&c.Country)
		case "language":
			return d.text(&c.Language)
		case "external_url":
			return d.text(&c.Public)
		case "state":
			return d.text((*string)(&c.Phase))
		case "components":
			list, err := d.value()
			for _, item := range list.Items() {
				if component, ok := item.Text(); ok {
					c.Components = append(c.Components, component)
				}
			}
			return err
		default:
			return d.units(&c)
		}
	})
	return c, err
}

func (d *decoder) units(c *home.Config) error {
	if d.in.PeekKind() != '{' {
		return d.in.SkipValue()
	}
	return d.members(ofUnits, func(string) error {
		var unit string
		err := d.text(&unit)
		c.Temperature = home.Unit(unit)
		return err
	})
}
