package home

import (
	"math"
	"slices"
	"strconv"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Value is an attribute's or a service field's value: nothing, a number, a
// text, a flag or a list. The zero Value is nothing. Values are immutable and
// safe for concurrent use.
type Value struct {
	kind   valueKind
	hidden bool // the text is not to be printed
	number float64
	text   string
	items  []Value
}

type valueKind uint8

const (
	kindNothing valueKind = iota
	kindNumber
	kindText
	kindFlag
	kindList
)

// Number returns a Value that is the number f.
func Number(f float64) Value { return Value{kind: kindNumber, number: f} }

// Text returns a Value that is the text s.
func Text(s string) Value { return Value{kind: kindText, text: s} }

// Secret returns a Value that is the text that s holds, a PIN say. It prints as
// secret.Mask; only Text and Any reveal it.
func Secret(s secret.Text) Value { return Value{kind: kindText, text: s.Reveal(), hidden: true} }

// Secret says whether v came from Secret.
func (v Value) Secret() bool { return v.hidden }

// Flag returns a Value that is true or false.
func Flag(b bool) Value {
	if b {
		return Value{kind: kindFlag, number: 1}
	}
	return Value{kind: kindFlag}
}

// List returns a Value that is a list. It keeps items: the caller must not
// change them afterwards.
func List(items ...Value) Value { return Value{kind: kindList, items: items} }

// Numbers returns a Value that is a list of numbers.
func Numbers(fs ...float64) Value {
	items := make([]Value, len(fs))
	for i, f := range fs {
		items[i] = Number(f)
	}
	return List(items...)
}

// Texts returns a Value that is a list of texts.
func Texts(ss ...string) Value {
	items := make([]Value, len(ss))
	for i, s := range ss {
		items[i] = Text(s)
	}
	return List(items...)
}

// IsZero says whether the value is nothing.
func (v Value) IsZero() bool { return v.kind == kindNothing }

// Number returns the number that v is; ok is false when it is none, or not a
// finite one.
func (v Value) Number() (f float64, ok bool) {
	if v.kind != kindNumber || math.IsNaN(v.number) || math.IsInf(v.number, 0) {
		return 0, false
	}
	return v.number, true
}

// Text returns the text that v is; ok is false when it is none.
func (v Value) Text() (s string, ok bool) { return v.text, v.kind == kindText }

// Flag returns the flag that v is; ok is false when it is none.
func (v Value) Flag() (b, ok bool) { return v.kind == kindFlag && v.number != 0, v.kind == kindFlag }

// Items returns the members of the list that v is, nil when it is none. The
// caller must not change them.
func (v Value) Items() []Value { return v.items }

// Any returns v as nil, float64, string, bool or []any: for encoders.
func (v Value) Any() any {
	switch v.kind {
	case kindNumber:
		return v.number
	case kindText:
		return v.text
	case kindFlag:
		return v.number != 0
	case kindList:
		list := make([]any, len(v.items))
		for i, item := range v.items {
			list[i] = item.Any()
		}
		return list
	default:
		return nil
	}
}

// Equal says whether v and w are the same, numbers within tolerance of each
// other (0 for exactly).
func (v Value) Equal(w Value, tolerance float64) bool {
	if v.kind != w.kind || len(v.items) != len(w.items) {
		return false
	}
	switch v.kind {
	case kindNumber, kindFlag:
		return math.Abs(v.number-w.number) <= tolerance
	case kindText:
		return v.text == w.text
	case kindList:
		for i := range v.items {
			if !v.items[i].Equal(w.items[i], tolerance) {
				return false
			}
		}
	case kindNothing:
	}
	return true
}

// String renders v for people and logs, a secret as its mask.
func (v Value) String() string {
	switch v.kind {
	case kindNumber:
		return strconv.FormatFloat(v.number, 'f', -1, 64)
	case kindText:
		if v.hidden {
			return secret.Mask
		}
		return v.text
	case kindFlag:
		return strconv.FormatBool(v.number != 0)
	case kindList:
		s := "["
		for i, item := range v.items {
			if i > 0 {
				s += " "
			}
			s += item.String()
		}
		return s + "]"
	default:
		return ""
	}
}

// GoString returns what String returns, so that %#v does not reveal a secret.
func (v Value) GoString() string { return v.String() }

// Field is a named value: an attribute of a state or a parameter of a service
// call.
type Field struct {
	Name  string
	Value Value
}

// Fields are named values in the order in which they were given. A name occurs
// at most once. They are read far more often than written, and are few: looking
// one up walks them.
type Fields []Field

// Get returns the value of the field called name, nothing when there is none.
func (fs Fields) Get(name string) Value {
	for i := range fs {
		if fs[i].Name == name {
			return fs[i].Value
		}
	}
	return Value{}
}

// With returns a copy in which the field called name has value v.
func (fs Fields) With(name string, v Value) Fields {
	out := make(Fields, 0, len(fs)+1)
	for _, f := range fs {
		if f.Name != name {
			out = append(out, f)
		}
	}
	return append(out, Field{name, v})
}

// Without returns a copy that has no field called name; fs itself when there is none.
func (fs Fields) Without(name string) Fields {
	if fs.Get(name).IsZero() {
		return fs
	}
	return slices.DeleteFunc(slices.Clone(fs), func(f Field) bool { return f.Name == name })
}
