package operator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/foreign"
)

// define returns an operation whose event has the members of Q besides
// "operation". Any other is a mistake: a member that is misspelt would be one that
// is not heeded.
func define[Q any](name, does string, answer func(context.Context, Q) (any, error)) Operation {
	return Operation{name, does, func(ctx context.Context, event json.RawMessage) (any, error) {
		q, err := read[Q](name, event)
		if err != nil {
			return nil, err
		}
		return answer(ctx, q)
	}}
}

// none are the members of an operation that takes none.
type none struct{}

func read[Q any](name string, event json.RawMessage) (Q, error) {
	var q Q
	var members map[string]json.RawMessage
	if len(event) == 0 {
		return q, nil
	}
	if values(event) > maxValues {
		return q, fault.Newf(fault.Invalid, "The event holds more than %d values; nothing of it was done. Ask for less at a time.", maxValues)
	}
	if err := json.Unmarshal(event, &members); err != nil {
		return q, fault.New(fault.Invalid, "The event is not a JSON object.")
	}
	delete(members, "operation")
	rest, err := json.Marshal(members)
	if err != nil {
		return q, fault.Wrap(fault.Invalid, "The event is not a JSON object.", err)
	}
	in := json.NewDecoder(bytes.NewReader(rest))
	in.DisallowUnknownFields()
	if err := in.Decode(&q); err != nil {
		return q, misread[Q](name, err)
	}
	return q, nil
}

// maxValues is how many values an event may hold: enough for a full batch with forty
// values an item. An empty item takes two bytes of an event and a hundred of memory, so
// an event of six megabytes, which is what Lambda takes, could be more than there is.
const maxValues = 20_000

// values counts the values in JSON, about: each follows a comma or begins an object or
// a list. It takes no memory.
func values(raw []byte) (n int) {
	for quoted, i := false, 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '{' || c == '['):
			n++
		}
	}
	return n
}

// misread says what is wrong with the members of an event.
func misread[Q any](name string, err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fault.Newf(fault.Invalid, "The operation %s does not take a JSON %s as %q.", name, kind.Value, kind.Field)
	}
	var filter foreign.Filter // what was sent names its own members
	problem := filter.Text(strings.TrimPrefix(err.Error(), "json: "))
	if known := members(reflect.TypeFor[Q]()); known != "" {
		return fault.Newf(fault.Invalid, "The operation %s takes the members %s; %s.", name, known, problem)
	}
	return fault.Newf(fault.Invalid, "The operation %s takes no members; %s.", name, problem)
}

// members returns the names of a struct's members.
func members(t reflect.Type) string {
	var names []string
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Anonymous {
			names = append(names, members(field.Type))
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// texts is one text, or a list of them.
type texts []string

// UnmarshalJSON implements json.Unmarshaler.
func (t *texts) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*t = texts{one}
		return nil
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		return errors.New("a text or a list of texts is wanted where something else stands")
	}
	*t = list
	return nil
}
