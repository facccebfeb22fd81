package lambdaapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"time"
)

// Result tells how an invocation ended.
type Result struct {
	// RequestID is the invocation's id, as the function saw it.
	RequestID string

	// Payload is what Lambda's caller would read: the function's answer or, when
	// Error is set, the JSON that describes the error.
	Payload []byte

	// Error is nil when the function answered. It is set when the function
	// reported an error, answered too much, timed out, exited or failed to
	// initialise.
	Error *FunctionError

	// Duration is the time from the event's hand-over to the answer or the
	// failure. It leaves out queueing and initialisation, and is zero when the
	// event was never handed over.
	Duration time.Duration

	// Cold is set when this was the first event its process was started for.
	Cold bool

	// InitDuration is the time from exec to first poll of the process that served
	// a cold invocation; zero when it is not cold or the process never polled.
	InitDuration time.Duration

	// Process counts the processes of this environment, from 1: a number above 1
	// means that the function was restarted.
	Process int

	// Exit says how the process ended during this invocation, such as
	// "exit status 1" or "signal: killed"; empty when it lives on.
	Exit string
}

// FunctionError is an error that belongs to the function, not to its caller.
type FunctionError struct {
	// Type is the errorType: what the function reported, or one of the constants.
	Type string

	// Message is the errorMessage; empty when the function reported none.
	Message string

	payload []byte // the error's JSON, as the caller of Lambda would read it
}

var _ error = (*FunctionError)(nil)

// Error types of Lambda's own.
const (
	// TypeTimedOut: not done within [Config.Timeout] or [Config.InitTimeout].
	TypeTimedOut = "Sandbox.Timedout"

	// TypeExit: the process exited without an answer.
	TypeExit = "Runtime.ExitError"

	// TypeInvalidEntrypoint: the executable could not be started.
	TypeInvalidEntrypoint = "Runtime.InvalidEntrypoint"

	// TypeResponseTooLarge: the answer was larger than [MaxResponse].
	TypeResponseTooLarge = "Function.ResponseSizeTooLarge"

	// TypeTruncated: the answer's upload broke off.
	TypeTruncated = "Runtime.TruncatedResponse"

	// TypeUnknown: the function reported an error without a usable type.
	TypeUnknown = "Runtime.Unknown"
)

// Error returns type and message in one line.
func (e *FunctionError) Error() string {
	if e.Message == "" {
		return e.Type
	}
	return e.Type + ": " + e.Message
}

// failed is a failure in words of the platform's, not of the function's.
func failed(kind, message string) *FunctionError {
	payload, _ := json.Marshal(map[string]string{"errorType": kind, "errorMessage": message}) // strings always marshal
	return &FunctionError{Type: kind, Message: message, payload: payload}
}

// broke is the failure of an invocation's process, in Lambda's form of words.
func broke(kind, requestID, format string, args ...any) *FunctionError {
	return failed(kind, "RequestId: "+requestID+" Error: "+fmt.Sprintf(format, args...))
}

// category is the form that Amazon asks of the error type header.
var category = regexp.MustCompile(`^(Runtime|Function)\.[A-Z][a-zA-Z]+$`)

// reported is a failure that the function posted. Its body goes to the caller as
// it is, whatever it holds; the type comes from the body, or else from the header.
func reported(header http.Header, body []byte) *FunctionError {
	var fields struct {
		Type    string `json:"errorType"`
		Message string `json:"errorMessage"`
	}
	_ = json.Unmarshal(body, &fields) // a body without these fields is a report too
	if fields.Type == "" {
		fields.Type = header.Get(headerErrorType)
		if !category.MatchString(fields.Type) {
			fields.Type = TypeUnknown
		}
	}
	return &FunctionError{Type: fields.Type, Message: fields.Message, payload: body}
}
