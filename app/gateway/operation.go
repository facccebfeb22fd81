package gateway

import "github.com/lambda-execution-engine/lee/ports"

// Operation is something that can be asked of a port. Operations never change; what is
// counted of them is in the gateway, in a slice that ID indexes.
type Operation struct {
	// ID is the operation's place in operations.
	ID int
	// Name is the port and the method, "home.state".
	Name string
	// Endpoint is what is called: operations on the same one that are of the
	// same class share a circuit breaker.
	Endpoint string
	// Class says whether the operation may be repeated.
	Class Class
	// Section is where its answers are cached; SectionNone for nowhere.
	Section ports.Section
}

// Class is the class of an operation.
type Class uint8

// The classes of operations.
const (
	// Read has no effect: it may be repeated.
	Read Class = iota
	// Command has one: it is repeated only when not a byte of it was sent.
	Command
)

// String returns "read" or "command".
func (c Class) String() string {
	if c == Command {
		return "command"
	}
	return "read"
}

// MarshalText implements encoding.TextMarshaler.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// The endpoints. The registries come over WebSocket, which a proxy may block: that
// must not keep anybody from a home that answers otherwise.
const (
	atHome       = "home"
	atRegistry   = "registry"
	atParameters = "parameters"
	// atCameras comes over WebSocket too, and waits for cameras: one that does not
	// answer says nothing of the registries.
	atCameras = "cameras"
	// atConversation is the home's assistant, which may be somebody else's language
	// model: that this is slow, or breaks, says nothing of the home.
	atConversation = "conversation"
	// atAlexa is where Amazon takes what is said before an answer is made.
	atAlexa = "alexa"
	// atWay is the way to the home, which a probe looks at: what the probe meets says
	// nothing about requests.
	atWay = "way"
)

// goesHome says whether the endpoint is the home, or a part of it: where the home is
// another, so is the endpoint.
func goesHome(endpoint string) bool {
	switch endpoint {
	case atHome, atRegistry, atCameras, atConversation, atWay:
		return true
	default:
		return false
	}
}

// operations are all that operation has declared, by ID.
var operations []*Operation

// operation declares an operation, in a variable beside the face that crosses by it.
//
//go:noinline
func operation(name, endpoint string, class Class, section ports.Section) *Operation {
	op := &Operation{len(operations), name, endpoint, class, section}
	operations = append(operations, op)
	return op
}
