package alexa

import (
	"crypto/rand"
	"fmt"
	"time"
)

// Answer is what Alexa gets: an event, and the properties that hold after what
// it reports.
type Answer struct {
	Context *Context `json:"context,omitempty"`
	Event   Event    `json:"event"`
}

// Context is the state of the endpoint when the answer was made.
type Context struct {
	Properties []Property `json:"properties"`
}

// Event is a message to Alexa.
type Event struct {
	Header   Header       `json:"header"`
	Endpoint *EndpointRef `json:"endpoint,omitempty"`
	// Payload is what the event says, never nil: an event that says nothing has
	// an empty object.
	Payload any `json:"payload"`
}

// Property is one property of an interface at one moment.
type Property struct {
	Namespace Namespace `json:"namespace"`
	Instance  string    `json:"instance,omitempty"`
	Name      string    `json:"name"`
	Value     any       `json:"value"`
	// TimeOfSample is when the value was known to hold, as Timestamp writes it.
	TimeOfSample string `json:"timeOfSample"`
	// UncertaintyInMilliseconds is how old the value may have been by then.
	UncertaintyInMilliseconds int64 `json:"uncertaintyInMilliseconds"`
}

// Empty is a payload without members.
type Empty struct{}

// The names of the events that answer a directive.
const (
	NameResponse            = "Response"
	NameErrorResponse       = "ErrorResponse"
	NameStateReport         = "StateReport"
	NameDiscoverResponse    = "Discover.Response"
	NameAcceptGrantResponse = "AcceptGrant.Response"
	NameActivationStarted   = "ActivationStarted"
)

// Reply returns the answer to d that is called name in namespace ns, with
// payload (nil for an empty one) and the properties that hold now. It carries
// d's correlation token and endpoint, and never its bearer token.
func Reply(d Directive, ns Namespace, name string, payload any, properties []Property) Answer {
	if payload == nil {
		payload = Empty{}
	}
	a := Answer{Event: Event{Header: replyHeader(d, ns, name), Payload: payload}}
	if ValidEndpointID(d.Endpoint.EndpointID) {
		a.Event.Endpoint = &EndpointRef{d.Endpoint.EndpointID}
	}
	if properties != nil {
		a.Context = &Context{properties}
	}
	return a
}

func replyHeader(d Directive, ns Namespace, name string) Header {
	return Header{
		Namespace:        ns,
		Name:             name,
		MessageID:        NewMessageID(),
		CorrelationToken: d.Header.CorrelationToken,
		PayloadVersion:   PayloadVersion,
	}
}

// NewMessageID returns a random UUID (version 4), the form that Amazon
// recommends for message ids.
func NewMessageID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: it ends the process instead
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// Timestamp writes t as Amazon's messages do: ISO 8601 in UTC with
// milliseconds.
func Timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
