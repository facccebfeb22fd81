package gateway

import "github.com/lambda-execution-engine/lee/ports"

// Operation is something that can be asked of a port. Operations are values
// that are made once and never change; what is counted of them lives in the
// gateway, in arrays that ID indexes.
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

// The operations of all ports, in the order of their IDs.
const (
	opHomeState = iota
	opHomeStates
	opHomeCall
	opHouseConfig
	opRegistry
	opHousePulse
	opParameters
	opWay
	opCameraStream
	opCamerasNegotiable
	opCameraNegotiate
	opCameraEnd
	opConverse
	opProgress
	opParametersKeep
	opAliases
)

// One state is never cached: whoever asks for it wants to know what is, be it
// for a state report or to see a command's effect.
var operations = [...]Operation{
	opHomeState:   {opHomeState, "home.state", atHome, Read, ports.SectionNone},
	opHomeStates:  {opHomeStates, "home.states", atHome, Read, ports.SectionStates},
	opHomeCall:    {opHomeCall, "home.call", atHome, Command, ports.SectionNone},
	opHouseConfig: {opHouseConfig, "house.config", atHome, Read, ports.SectionConfiguration},
	opRegistry:    {opRegistry, "registry.registry", atRegistry, Read, ports.SectionRegistry},
	opHousePulse:  {opHousePulse, "house.pulse", atHome, Read, ports.SectionHealth},
	opParameters:  {opParameters, "parameters.below", atParameters, Read, ports.SectionNone},
	opWay:         {opWay, "way.walk", atWay, Read, ports.SectionNone},
	// It opens a stream that is open already no second time.
	opCameraStream:      {opCameraStream, "cameras.stream", atCameras, Read, ports.SectionNone},
	opCamerasNegotiable: {opCamerasNegotiable, "cameras.negotiable", atCameras, Read, ports.SectionNone},
	opCameraNegotiate:   {opCameraNegotiate, "cameras.negotiate", atCameras, Command, ports.SectionNone},
	opCameraEnd:         {opCameraEnd, "cameras.end", atCameras, Command, ports.SectionNone},
	opConverse:          {opConverse, "conversation.converse", atConversation, Command, ports.SectionNone},
	// Said twice it would be a nuisance, and it is of no use late.
	opProgress: {opProgress, "progress.say", atAlexa, Command, ports.SectionNone},
	// It may be kept twice: it is the same value.
	opParametersKeep: {opParametersKeep, "parameters.keep", atParameters, Command, ports.SectionNone},
	opAliases:        {opAliases, "registry.aliases", atRegistry, Read, ports.SectionNone},
}
