package gateway

// Operation is something that can be asked of a port. Operations are values
// that are made once and never change; what is counted of them lives in the
// gateway, in an array that ID indexes.
type Operation struct {
	// ID is the operation's place among Operations.
	ID int
	// Name is the port and the method, "home.state".
	Name string
	// Endpoint is what is called: operations on the same one that are of the
	// same class share a circuit breaker.
	Endpoint string
	// Class says whether the operation may be repeated.
	Class Class
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

// The operations of all ports, in the order of their IDs.
const (
	opHomeState = iota
	opHomeStates
	opHomeCall
	opHouseConfig
)

var operations = [...]Operation{
	opHomeState:   {opHomeState, "home.state", "home", Read},
	opHomeStates:  {opHomeStates, "home.states", "home", Read},
	opHomeCall:    {opHomeCall, "home.call", "home", Command},
	opHouseConfig: {opHouseConfig, "house.config", "home", Read},
}

// Operations returns all operations, in the order of their IDs.
func Operations() []Operation { return operations[:] }
