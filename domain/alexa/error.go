package alexa

import (
	"errors"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Detail is what Alexa is told of a failure besides a sentence.
type Detail struct {
	Type ErrorType `json:"type"`
	// ValidRange goes with ValueOutOfRange (a ValueRange) and
	// TemperatureValueOutOfRange (a TemperatureRange); nil otherwise.
	ValidRange any `json:"validRange,omitempty"`
	// CurrentDeviceMode goes with NotSupportedInCurrentMode: COLOR, ASLEEP,
	// NOT_PROVISIONED or OTHER; "" otherwise.
	CurrentDeviceMode string `json:"currentDeviceMode,omitempty"`
	// MinimumTemperatureDelta goes with RequestedSetpointsTooClose; nil otherwise.
	MinimumTemperatureDelta *Temperature `json:"minimumTemperatureDelta,omitempty"`
}

// ValueRange is the range that a value must lie in.
type ValueRange struct {
	Minimum float64 `json:"minimumValue"`
	Maximum float64 `json:"maximumValue"`
}

// TemperatureRange is the range that a temperature must lie in.
type TemperatureRange struct {
	Minimum Temperature `json:"minimumValue"`
	Maximum Temperature `json:"maximumValue"`
}

// refusal is a Detail as the cause of a fault.
type refusal Detail

// Error returns the error type, for the log.
func (r *refusal) Error() string { return string(r.Type) }

// Refuse returns the fault of which Alexa is told the detail, where a kind of failure
// says too little. Its kind is the one of the error type; text is one sentence without
// secrets.
func Refuse(text string, d Detail) *fault.Error {
	cause := refusal(d)
	return fault.Wrap(errorTypes[d.Type].kind, text, &cause)
}

// OutOfRange returns the fault that says a value must lie between least and most.
func OutOfRange(text string, least, most float64) *fault.Error {
	return Refuse(text, Detail{Type: ValueOutOfRange, ValidRange: ValueRange{least, most}})
}

// Error is the payload of an error response.
type Error struct {
	Detail
	// Message is one sentence without secrets.
	Message string `json:"message"`
}

// Namespace returns the interface that defines the error's type.
func (e Error) Namespace() Namespace { return errorTypes[e.Type].of }

// ErrorOf returns what Alexa is told of err: by the first *fault.Error in its chain, the
// detail that Refuse gave it, or else what belongs to its kind. This is the one place
// where failures become Alexa's.
func ErrorOf(err error) Error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		if r, ok := f.Cause.(*refusal); ok { //nolint:errorlint // a refusal further down is another fault's
			return Error{Detail(*r), fault.Text(err)}
		}
	}
	return Error{byKind[fault.Of(err)], fault.Text(err)}
}

// Failure returns the error response to d that reports err.
func Failure(d Directive, err error) Answer {
	e := ErrorOf(err)
	return Reply(d, e.Namespace(), NameErrorResponse, e, nil)
}
