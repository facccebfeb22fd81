package home

// Utterance is something that a person said to the home.
type Utterance struct {
	// Text is what was said.
	Text string
	// Language is the language that it was said in, "de" or "de-DE"; "" for the
	// home's own.
	Language string
	// Agent is who is to answer: an entity such as "conversation.home_assistant", or
	// the id of an agent that is no entity; "" for Home Assistant's own.
	Agent string
	// Conversation is the conversation that it goes on with, as an earlier Reply
	// says; "" for a new one.
	Conversation string
	// Device is the home's id of the device that heard it, Satellite an entity that
	// stands where it was said. From either the home knows which room "the light" is
	// in; an agent that is a language model is told the Device alone. "" for unknown.
	Device    string
	Satellite EntityID
}

// Reply is what the home's agent said to an Utterance.
type Reply struct {
	// Speech is what it said, in plain text; it may be "". An agent can say anything,
	// markup included.
	Speech string
	// Conversation names the conversation, for the next Utterance; "" for none.
	Conversation string
	// Continue says that the agent waits for an answer.
	Continue bool
	// Kind is the kind of answer. Code is why, for ReplyError; "" else.
	Kind ReplyKind
	Code ReplyCode
	// Failed are the names of things that the agent wanted to do something with and
	// could not; nil for none. The speech may say the opposite.
	Failed []string
}

// ReplyKind is a kind of answer of an agent
// (https://developers.home-assistant.io/docs/intent_conversation_api/).
type ReplyKind uint8

// The kinds of answers.
const (
	// ReplyDone reports something that was done. It is also what LEE takes a kind
	// for that it does not know.
	ReplyDone ReplyKind = iota
	// ReplyAnswer answers a question.
	ReplyAnswer
	// ReplyError tells why nothing came of it, in words for people.
	ReplyError
)

// String returns the kind as Home Assistant has it.
func (k ReplyKind) String() string {
	switch k {
	case ReplyAnswer:
		return "query_answer"
	case ReplyError:
		return "error"
	default:
		return "action_done"
	}
}

// ReplyCode is why an agent answered with a ReplyError, by Home Assistant's name.
type ReplyCode string

// The codes (IntentResponseErrorCode in Home Assistant's helpers/intent.py).
const (
	// ReplyNoMatch is when the words mean nothing to the agent.
	ReplyNoMatch ReplyCode = "no_intent_match"
	// ReplyNoTarget is when there is no such device, or area.
	ReplyNoTarget ReplyCode = "no_valid_targets"
	// ReplyUnknown is for everything else: the speech may be an exception's words
	// and not for people.
	ReplyUnknown ReplyCode = "unknown"
)
