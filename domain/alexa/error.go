package alexa

import (
	"errors"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// ErrorType is a type of Alexa's error responses
// (https://developer.amazon.com/docs/alexa/device-apis/alexa-errorresponse.html).
type ErrorType string

// The error types that LEE answers with.
const (
	AcceptGrantFailed              ErrorType = "ACCEPT_GRANT_FAILED"
	BridgeUnreachable              ErrorType = "BRIDGE_UNREACHABLE"
	CloudControlDisabled           ErrorType = "CLOUD_CONTROL_DISABLED"
	EndpointUnreachable            ErrorType = "ENDPOINT_UNREACHABLE"
	InsufficientPermissions        ErrorType = "INSUFFICIENT_PERMISSIONS"
	InternalError                  ErrorType = "INTERNAL_ERROR"
	InvalidAuthorizationCredential ErrorType = "INVALID_AUTHORIZATION_CREDENTIAL"
	InvalidDirective               ErrorType = "INVALID_DIRECTIVE"
	InvalidValue                   ErrorType = "INVALID_VALUE"
	NoSuchEndpoint                 ErrorType = "NO_SUCH_ENDPOINT"
	NotSupportedInCurrentMode      ErrorType = "NOT_SUPPORTED_IN_CURRENT_MODE"
	TemperatureValueOutOfRange     ErrorType = "TEMPERATURE_VALUE_OUT_OF_RANGE"
	ValueOutOfRange                ErrorType = "VALUE_OUT_OF_RANGE"

	// Of Alexa.ThermostatController.
	DualSetpointsUnsupported   ErrorType = "DUAL_SETPOINTS_UNSUPPORTED"
	RequestedSetpointsTooClose ErrorType = "REQUESTED_SETPOINTS_TOO_CLOSE"
	ThermostatIsOff            ErrorType = "THERMOSTAT_IS_OFF"
	TripleSetpointsUnsupported ErrorType = "TRIPLE_SETPOINTS_UNSUPPORTED"
	UnsupportedThermostatMode  ErrorType = "UNSUPPORTED_THERMOSTAT_MODE"
	UnwillingToSetSchedule     ErrorType = "UNWILLING_TO_SET_SCHEDULE"
	UnwillingToSetValue        ErrorType = "UNWILLING_TO_SET_VALUE"

	// Of Alexa.SecurityPanelController.
	AuthorizationRequired ErrorType = "AUTHORIZATION_REQUIRED"
	BypassNeeded          ErrorType = "BYPASS_NEEDED"
	NotReady              ErrorType = "NOT_READY"
	Unauthorized          ErrorType = "UNAUTHORIZED"
	UnclearedAlarm        ErrorType = "UNCLEARED_ALARM"
)

// Error is an error response's payload. A translation returns one where it
// knows better than a fault.Kind can say what is wrong. It is safe for
// concurrent use once made.
type Error struct {
	// Namespace is the interface whose error it is; "" for Alexa itself.
	Namespace Namespace `json:"-"`
	Type      ErrorType `json:"type"`
	// Message is one sentence without secrets.
	Message string `json:"message"`
	// ValidRange goes with ValueOutOfRange (a ValueRange) and
	// TemperatureValueOutOfRange (a TemperatureRange); nil otherwise.
	ValidRange any `json:"validRange,omitempty"`
	// CurrentDeviceMode goes with NotSupportedInCurrentMode: COLOR, ASLEEP,
	// NOT_PROVISIONED or OTHER.
	CurrentDeviceMode string `json:"currentDeviceMode,omitempty"`
	// MinimumTemperatureDelta goes with RequestedSetpointsTooClose.
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

// Error returns type and message.
func (e *Error) Error() string { return string(e.Type) + ": " + e.Message }

// OutOfRange returns the error that says a value must lie between least and
// most.
func OutOfRange(message string, least, most float64) *Error {
	return &Error{Type: ValueOutOfRange, Message: message, ValidRange: ValueRange{least, most}}
}

// byKind says which error type each kind of failure is for Alexa.
var byKind = map[fault.Kind]ErrorType{
	fault.Internal:      InternalError,
	fault.Unreachable:   BridgeUnreachable,
	fault.Unanswered:    EndpointUnreachable,
	fault.Unavailable:   EndpointUnreachable,
	fault.NotFound:      NoSuchEndpoint,
	fault.Refused:       InvalidValue,
	fault.Failed:        InternalError,
	fault.Unsupported:   InvalidDirective,
	fault.Invalid:       InvalidDirective,
	fault.TokenRejected: InvalidAuthorizationCredential,
	fault.NotAllowed:    BridgeUnreachable,
	fault.Throttled:     BridgeUnreachable,
	fault.Misconfigured: BridgeUnreachable,
	fault.Deadline:      BridgeUnreachable,
	fault.Open:          BridgeUnreachable,
}

// ErrorOf returns what Alexa is told of err: the Error in its chain, or one of
// the type that belongs to its fault.Kind. This is the one place where failures
// become Alexa's.
func ErrorOf(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Type: byKind[fault.Of(err)], Message: fault.Text(err)}
}

// Failure returns the error response to d that tells of err.
func Failure(d Directive, err error) Answer {
	e := ErrorOf(err)
	ns := e.Namespace
	if ns == "" {
		ns = Alexa
	}
	return Reply(d, ns, NameErrorResponse, e, nil)
}
