// Package skill is the language of Amazon's custom skills: the requests that come
// in when somebody talks to a skill by its name, and what it says
// (https://developer.amazon.com/docs/alexa/custom-skills/request-and-response-json-reference.html).
// It knows nothing of Home Assistant.
package skill

import (
	"encoding/json"
	"time"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Kind is a kind of request by Amazon's name for it
// (https://developer.amazon.com/docs/alexa/custom-skills/request-types-reference.html).
// Those that are no constant here are parsed and need an answer that says nothing.
type Kind string

// The kinds that mean something to LEE.
const (
	// Launch is when somebody opens the skill without saying what for.
	Launch Kind = "LaunchRequest"
	// Asked is when somebody says what one of the intents stands for.
	Asked Kind = "IntentRequest"
	// Ended is when a session is over that the skill did not end. Nothing may be
	// said to it.
	Ended Kind = "SessionEndedRequest"
)

// Conversational says whether requests of the kind are a person's turn in a
// conversation: those come in a session.
func (k Kind) Conversational() bool { return k == Launch || k == Asked || k == Ended }

// Freshness is how far a request's time may be from ours
// (https://developer.amazon.com/docs/alexa/custom-skills/host-a-custom-skill-as-a-web-service.html#check-request-timestamp).
const Freshness = 150 * time.Second

// Request is what somebody's Echo sent. It is a value that nobody changes once it
// has been parsed.
type Request struct {
	// Kind is the kind of request, ID what Amazon calls this one.
	Kind Kind
	ID   string
	// Time is when it was sent; zero when it does not say in a way that is known.
	Time time.Time
	// Locale is the language and country that the Echo speaks, "de-DE"; "" when it
	// does not say.
	Locale string
	// Intent is what an Asked request asks for; the zero Intent for other kinds.
	Intent Intent
	// DialogState is how far a dialogue that Amazon leads has come, "STARTED",
	// "IN_PROGRESS", "COMPLETED"; "" where it leads none.
	DialogState string
	// Reason is why a session Ended, "USER_INITIATED", "ERROR",
	// "EXCEEDED_MAX_REPROMPTS".
	Reason string
	// Session is the conversation that the request belongs to.
	Session Session
	// ApplicationID is the skill's id, UserID the account's, DeviceID the Echo's.
	// They are Amazon's, opaque, and the last two other ones for each skill; "" where
	// the request has none.
	ApplicationID, UserID, DeviceID string
	// Token is the access token of the linked account, empty when none is linked.
	// With Home Assistant as the authorization server it is Home Assistant's.
	Token secret.Text
	// API is where Amazon can be spoken to until the request is answered; the zero
	// API when it did not say.
	API API
}

// Intent is what somebody asked for.
type Intent struct {
	// Name is the intent's name in the interaction model, "AMAZON.HelpIntent".
	Name string
	// Slots are the words that the intent leaves open, by name. It is nil when there
	// are none.
	Slots map[string]Slot
}

// Slot is a part of an intent that people fill with words of their own.
type Slot struct {
	// Name is the slot's name, Value what was heard, "" when nothing was.
	Name, Value string
	// Matches are the values of the slot's type that Amazon took it for, the best
	// first, without those that came twice; nil when it is like none of them, or the
	// type has no values.
	Matches []Match
}

// Match is a value of a slot's type.
type Match struct {
	// ID is the value's id in the interaction model; "" when it has none there.
	ID string
	// Name is the value's own name, whatever synonym was said.
	Name string
}

// Session is a conversation.
type Session struct {
	// Present says whether the request has a session at all.
	Present bool
	// ID is what Amazon calls it; New says that this is its first request.
	ID  string
	New bool
	// Attributes are what the last answer gave it to keep, still as JSON; nil for
	// nothing.
	Attributes map[string]json.RawMessage
}

// API is where Amazon's services are for a request.
type API struct {
	// Endpoint is their address, "https://api.eu.amazonalexa.com", as the request
	// says: the sender of the token looks whose address it is.
	Endpoint string
	// Token lets in, until the request is answered.
	Token secret.Text
}

// Fresh says whether the request was sent about now: one that was not may be
// somebody's recording.
func (r Request) Fresh(now time.Time) bool {
	return !r.Time.IsZero() && now.Sub(r.Time).Abs() <= Freshness
}
