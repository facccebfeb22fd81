// Package fault names the ways in which something can fail, in the words of
// the domain: not as HTTP codes and not as Alexa's error types. Adapters wrap
// what they meet into one of these kinds; package alexa turns a kind into the
// error that Alexa gets, in one place.
package fault

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Kind is a way to fail. The zero Kind is Internal: whatever nobody classified
// is our own mistake until shown otherwise.
type Kind uint8

// The kinds of failure.
const (
	// Internal is a mistake of LEE's own, or one that nobody classified.
	Internal Kind = iota
	// Unreachable means that the home itself cannot be spoken to: no route, a
	// proxy's page in its place, or it is starting up. No command was carried
	// out.
	Unreachable
	// Unanswered means that a command was sent and no reply came. Whether the
	// home carried it out is unknown, so it must not be sent again.
	Unanswered
	// Unavailable means that the home is there and the device is not.
	Unavailable
	// NotFound means that the home does not know the entity.
	NotFound
	// Refused means that the home, or LEE in its place, understood a command and
	// declined it: a value that the device does not have, a wrong code.
	Refused
	// OutOfRange means that a value lies beyond the limits, which are known.
	OutOfRange
	// NotNow means that the device cannot do it in the state in which it is: a
	// thermostat or a camera that is off.
	NotNow
	// Disabled means that LEE's settings forbid it.
	Disabled
	// Failed means that the home tried and could not do it: a device that raised
	// an error, a script that broke off.
	Failed
	// Unsupported means that the home has no such service, or that the entity
	// cannot do what was asked.
	Unsupported
	// Invalid means that what was sent to LEE is malformed or incomplete.
	Invalid
	// TokenRejected means that Home Assistant itself, recognised by its answer
	// and asked twice, rejected the bearer token that came with the request.
	// It is the only kind after which an account may be unlinked.
	TokenRejected
	// NotAllowed means that the home, or something in front of it, rejected
	// LEE's own credentials. It never unlinks an account.
	NotAllowed
	// Throttled means that the home asked to be left alone for a while
	// (RetryAfter says how long, where it said).
	Throttled
	// Misconfigured means that a setting is missing or wrong.
	Misconfigured
	// Deadline means that the time given to the invocation ran out before
	// anything was sent.
	Deadline
	// Open means that the circuit breaker is open and the home was not asked.
	Open
)

var names = [...]string{
	Internal: "internal", Unreachable: "unreachable", Unanswered: "unanswered",
	Unavailable: "unavailable", NotFound: "not found", Refused: "refused", OutOfRange: "out of range",
	NotNow: "not now", Disabled: "disabled", Failed: "failed",
	Unsupported: "unsupported", Invalid: "invalid", TokenRejected: "token rejected",
	NotAllowed: "not allowed", Throttled: "throttled", Misconfigured: "misconfigured",
	Deadline: "deadline", Open: "breaker open",
}

// String returns the kind's name in lower case, for logs and metrics.
func (k Kind) String() string {
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Outage says whether the kind speaks of the health of what was called. Only
// an outage counts towards opening a circuit breaker: a value that the home
// refused says that the home is well.
func (k Kind) Outage() bool {
	switch k {
	case Unreachable, Unanswered, Throttled, Deadline:
		return true
	default:
		return false
	}
}

// Failure says whether the kind is a failure of LEE's, or of what LEE needs. That
// somebody asked for what cannot be, or that a device is switched off, is none.
func (k Kind) Failure() bool {
	switch k {
	case Unavailable, NotFound, Refused, OutOfRange, NotNow, Disabled, Unsupported, Invalid:
		return false
	default:
		return true
	}
}

// Error is a failure of a known kind. The zero value is an internal error
// without text. It is immutable once returned and safe for concurrent use.
type Error struct {
	// Kind says which way it failed.
	Kind Kind
	// Op is what failed: an operation of the gateway ("home.call"), or a request of the
	// failsafe ("GET /api/states"). It is for the log only; "" where nobody said.
	Op string
	// Text is what a person may see: one sentence, without secrets or addresses.
	Text string
	// Cause is what went wrong underneath, for the log only. It may be nil.
	Cause error
	// RetryAfter is how long the other side asked to be left alone; 0 when it
	// did not say.
	RetryAfter time.Duration
	// Sent tells that at least one byte of a command left the process, so that
	// repeating it might carry it out twice.
	Sent bool
}

// New returns an error of kind k with a text that people may see.
func New(k Kind, text string) *Error { return &Error{Kind: k, Text: text} }

// Newf is New with a format. Its arguments become visible to people.
func Newf(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Text: fmt.Sprintf(format, args...)}
}

// Wrap returns an error of kind k with a text for people and a cause for the
// log.
func Wrap(k Kind, text string, cause error) *Error {
	return &Error{Kind: k, Text: text, Cause: cause}
}

// At returns the failure of an operation: the first Error in err's chain, with the
// operation's name. One that has a name keeps it: it is that of the innermost operation.
// It returns nil for a nil error.
func At(op string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	switch {
	case !errors.As(err, &e):
		return &Error{Kind: Of(err), Op: op, Cause: err}
	case e.Op != "":
		return err
	}
	named := *e
	named.Op = op
	if err != error(e) { //nolint:errorlint // whether there is anything around it
		named.Cause = err // that is for the log
	}
	return &named
}

// Error returns operation, kind, text and cause: for the log. What people may see is
// Text.
func (e *Error) Error() string {
	s := e.Kind.String()
	if e.Op != "" {
		s = e.Op + ": " + s
	}
	if e.Text != "" {
		s += ": " + e.Text
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap returns the cause, which may be nil.
func (e *Error) Unwrap() error { return e.Cause }

// Of returns the kind of err: that of the first Error in its chain, Deadline
// for an expired or cancelled context, otherwise Internal. It is not meaningful
// for a nil error.
func Of(err error) Kind {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return Deadline
	default:
		return Internal
	}
}

// Text returns what a person may see of err: the text of the first Error in
// its chain, or a general sentence when there is none.
func Text(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Text != "" {
		return e.Text
	}
	if Of(err) == Deadline {
		return "The time for this request ran out."
	}
	return "Something went wrong inside LEE."
}
