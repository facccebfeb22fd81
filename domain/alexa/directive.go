// Package alexa is the language of Amazon's Smart Home Skill API, version 3:
// directives that come in, events and properties that go out, endpoints and
// errors. Its types carry the names of Amazon's JSON, which is the published
// form of that language (https://developer.amazon.com/docs/alexa/device-apis/message-guide.html).
// It knows nothing of Home Assistant.
package alexa

import (
	"encoding/json"
	"errors"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// PayloadVersion is the version of the Smart Home Skill API that LEE speaks.
const PayloadVersion = "3"

// maxCorrelationToken is how long a correlation token may be. Amazon names no
// limit and sends a few hundred characters; every answer repeats them, and a
// Lambda's answer has a limit of its own.
const maxCorrelationToken = 64 << 10

// Directive is what Alexa asks for. It is a value that nobody changes once it
// has been parsed.
type Directive struct {
	Header   Header
	Endpoint EndpointRef
	// Payload is the directive's payload, still as JSON; nil when it had none.
	Payload json.RawMessage
	// Token is the bearer token that came with the directive, from the
	// endpoint's scope or the payload's; empty when there was none. With Home
	// Assistant as the account's authorization server it is a Home Assistant
	// access token.
	Token secret.Text
}

// Header names a directive or an event.
type Header struct {
	Namespace        Namespace `json:"namespace"`
	Instance         string    `json:"instance,omitempty"`
	Name             string    `json:"name"`
	MessageID        string    `json:"messageId"`
	CorrelationToken string    `json:"correlationToken,omitempty"`
	PayloadVersion   string    `json:"payloadVersion"`
}

// Key is what a table of directives is keyed by.
type Key struct {
	Namespace Namespace
	Name      string
}

// Key returns the key under which the directive's handler is found.
func (d Directive) Key() Key { return Key{d.Header.Namespace, d.Header.Name} }

// String returns "Alexa.PowerController.TurnOn".
func (k Key) String() string { return string(k.Namespace) + "." + k.Name }

// The directives that are not for a device of some kind.
var (
	Discover    = Key{Discovery, "Discover"}
	ReportState = Key{Alexa, "ReportState"}
	AcceptGrant = Key{Authorization, "AcceptGrant"}
)

// EndpointRef names the endpoint that a directive is for, or an event is from.
type EndpointRef struct {
	EndpointID string `json:"endpointId"`
}

// wireDirective is a directive as it arrives.
type wireDirective struct {
	Header   Header `json:"header"`
	Endpoint struct {
		EndpointID string    `json:"endpointId"`
		Scope      wireScope `json:"scope"`
	} `json:"endpoint"`
	Payload json.RawMessage `json:"payload"`
}

type wireScope struct {
	Token string `json:"token"`
}

// Parse reads a directive: the value of the event's "directive" member. When it
// fails the error is a fault.Invalid that says in one sentence what is wrong,
// and the directive holds what could be read, so that an answer can still name
// the message it answers. Unknown members are ignored, as Amazon asks.
func Parse(raw []byte) (Directive, error) {
	var in wireDirective
	err := json.Unmarshal(raw, &in)
	tooLong := len(in.Header.CorrelationToken) > maxCorrelationToken
	if tooLong {
		in.Header.CorrelationToken = ""
	}
	d := Directive{
		Header:   in.Header,
		Endpoint: EndpointRef{in.Endpoint.EndpointID},
		Payload:  in.Payload,
		Token:    secret.New(in.Endpoint.Scope.Token),
	}
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(err, &mistyped):
		return d, fault.Newf(fault.Invalid, "The directive's %s is a JSON %s, which it must not be.", field(mistyped.Field), clip(mistyped.Value))
	case err != nil:
		return d, fault.Wrap(fault.Invalid, "The directive is not valid JSON.", err)
	case tooLong:
		return d, fault.Newf(fault.Invalid, "The directive's correlationToken has more than %d characters.", maxCorrelationToken)
	case in.Header == Header{}:
		return d, fault.New(fault.Invalid, "The directive has no header.")
	case in.Header.Namespace == "" || in.Header.Name == "":
		return d, fault.New(fault.Invalid, "The directive's header has no namespace or no name.")
	case in.Header.PayloadVersion != PayloadVersion:
		return d, fault.Newf(fault.Invalid, "The directive's payloadVersion is %q; LEE speaks version 3.", clip(in.Header.PayloadVersion))
	}
	if d.Token.Empty() {
		d.Token = payloadToken(in.Payload)
	}
	return d, nil
}

// payloadToken returns the token that Discover and ReportState-like directives
// carry in the payload's scope, and AcceptGrant in its grantee.
func payloadToken(payload json.RawMessage) secret.Text {
	var in struct {
		Scope   wireScope `json:"scope"`
		Grantee wireScope `json:"grantee"`
	}
	if len(payload) < len(`{"scope":{}}`) || json.Unmarshal(payload, &in) != nil {
		return secret.Text{}
	}
	if in.Scope.Token != "" {
		return secret.New(in.Scope.Token)
	}
	return secret.New(in.Grantee.Token)
}

// Decode reads the directive's payload into to, a pointer to a struct with
// Amazon's names. The error is a fault.Invalid that names the member that is
// wrong; a directive without a payload is read as one without members.
func (d Directive) Decode(to any) error {
	if len(d.Payload) == 0 || string(d.Payload) == "null" {
		return nil
	}
	err := json.Unmarshal(d.Payload, to)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return fault.Newf(fault.Invalid, "The payload's %s is a JSON %s, which it must not be.", field(mistyped.Field), clip(mistyped.Value))
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, "The payload is not valid JSON.", err)
	}
	return nil
}

func field(name string) string {
	if name == "" {
		return "value"
	}
	return clip(name)
}

// clip keeps what a stranger sent from filling an answer or a log.
func clip(s string) string {
	const most = 64
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
