package homeassistant

import (
	"bytes"
	"errors"
	"io"
	"sync"
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
	// many they are, and weight about how many bytes they take.
	fields home.Fields
	weight int
	// stamp is the time that was read last, as it stands in JSON, and at what it
	// says: most states have changed in nothing since their value did.
	stamp []byte
	at    time.Time
}

// newDecoder returns a decoder that reads up to most bytes.
func newDecoder(body io.Reader, most int64) *decoder {
	b := &bounded{in: body, left: most}
	d := &decoder{in: jsontext.NewDecoder(b, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
	b.taken = d.in.InputOffset
	return d
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

// value reads a scalar or a list of scalars. Whatever else comes is nothing, and so is
// what would make the attributes weigh too much.
func (d *decoder) value() (home.Value, error) {
	d.weight += fieldWeight
	switch d.in.PeekKind() {
	case '"':
		token, err := d.in.ReadToken()
		if err != nil {
			return home.Value{}, err
		}
		text := token.String()
		if len(text) > maxShortBytes && d.weight+len(text) > maxStateWeight {
			return home.Value{}, nil
		}
		d.weight += len(text)
		return home.Text(text), nil
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

// tooLong are the items of a list that is too long. All such lists share them, and each is
// nothing: a list has that many, and more is not known of it.
var tooLong = sync.OnceValue(func() []home.Value { return make([]home.Value, maxItems+1) })

// list reads a list of scalars. A list within a list is nothing.
func (d *decoder) list() (home.Value, error) {
	before := d.weight
	if _, err := d.in.ReadToken(); err != nil {
		return home.Value{}, err
	}
	items, long := make([]home.Value, 0, 4), false
	for kind := d.in.PeekKind(); kind != ']'; kind = d.in.PeekKind() {
		if kind == '[' || long {
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
		long = len(items) > maxItems || d.weight-before > maxListWeight
	}
	_, err := d.in.ReadToken()
	if long || d.weight > maxStateWeight {
		items, d.weight = tooLong(), before
	}
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
	if d.in.PeekKind() != '"' {
		return d.in.SkipValue()
	}
	quoted, err := d.in.ReadValue()
	if err != nil {
		return err
	}
	if !bytes.Equal(quoted, d.stamp) {
		var at time.Time
		if at.UnmarshalJSON(quoted) != nil {
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
			return d.texts(&c.Components, false)
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
