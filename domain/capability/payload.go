package capability

import (
	"encoding/json"
	"fmt"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// number returns the payload's member called name, which must be a number from
// least to most. The error names the member, and the range where it is outside.
func number(r Request, name string, least, most float64) (float64, error) {
	f, err := anyNumber(r, name)
	if err != nil {
		return 0, err
	}
	if f < least || f > most {
		return 0, alexa.OutOfRange(fmt.Sprintf("The %s must be from %g to %g.", name, least, most), least, most)
	}
	return f, nil
}

// anyNumber returns the payload's member called name, which must be a number.
func anyNumber(r Request, name string) (float64, error) { return member[float64](r, name, "number") }

// text returns the payload's member called name, which must be a text.
func text(r Request, name string) (string, error) { return member[string](r, name, "text") }

// flag returns the payload's member called name, which must be true or false.
func flag(r Request, name string) (bool, error) { return member[bool](r, name, "flag") }

// member returns the payload's member called name as a T; kind is what people
// call one.
func member[T any](r Request, name, kind string) (T, error) {
	var members map[string]json.RawMessage
	var value *T
	if err := r.Directive.Decode(&members); err != nil {
		return *new(T), err
	}
	raw, ok := members[name]
	if ok && json.Unmarshal(raw, &value) != nil {
		return *new(T), fault.Newf(fault.Invalid, "The payload's %s is not a %s.", name, kind)
	}
	if value == nil {
		return *new(T), fault.Newf(fault.Invalid, "The payload has no %s.", name)
	}
	return *value, nil
}
