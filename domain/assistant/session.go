package assistant

import (
	"encoding/json"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// session is what is kept from one request to the next, in the session that Amazon
// keeps: another environment may answer that one.
type session struct {
	// Conversation is the home's conversation that what is said goes on with.
	Conversation string `json:"conversation,omitempty"`
	// Asked says that the home's agent waits for an answer.
	Asked bool `json:"asked,omitempty"`
	// Stays says that people have opened the assistant to talk to it, and not to
	// ask for just one thing.
	Stays bool `json:"stays,omitempty"`
	// Question is what the assistant has asked, nil for nothing.
	Question *question `json:"question,omitempty"`
}

// question is what the assistant asks for, and what goes on with the answer.
type question struct {
	// Text is how it was asked.
	Text string `json:"text"`
	// Intent is the name of the intent that lacks something, Slots what is known of
	// it, and Slot what the answer fills.
	Intent string                  `json:"intent"`
	Slots  map[string]spoken.Heard `json:"slots,omitempty"`
	Slot   string                  `json:"slot"`
	// Choices are what can be chosen from, nil for whatever is said.
	Choices []spoken.Thing `json:"choices,omitempty"`
	// Listed is how many of the choices the text lists, the first ones; 0 for all.
	Listed int `json:"listed,omitempty"`
	// Then is the name of the intent that could not be served without the answer, and
	// is gone on with once the question's own is; "" for none.
	Then string `json:"then,omitempty"`
	// Free says that any text is an answer, verbs and negations included.
	Free bool `json:"free,omitempty"`
}

// fixed says whether an intent of its own is what to say next, which Alexa reads better.
func (q *question) fixed() bool { return q.Slot == intent.SlotDuration || q.Slot == intent.SlotNumber }

// sessionKey is the attribute that the session is kept in.
const sessionKey = "lee"

// maxChoices is how many things people can choose from, and maxNames how many names are
// kept of each. They fit into the session.
const (
	maxChoices = 5
	maxNames   = 5
)

// readSession reads what the last answer has kept. What cannot be read is as good
// as nothing: it is not ours.
func readSession(from skill.Session) session {
	var kept session
	if json.Unmarshal(from.Attributes[sessionKey], &kept) != nil {
		return session{}
	}
	if kept.Question != nil && kept.Question.Text == "" {
		kept.Question = nil
	}
	return kept
}

// attributes returns the session as the answer keeps it.
func (s session) attributes() map[string]any { return map[string]any{sessionKey: s} }

// uncaught is what Amazon gives for a slot of its own whose words it could make nothing
// of (https://developer.amazon.com/docs/alexa/custom-skills/slot-type-reference.html).
const uncaught = "?"

// slotsOf returns what was said for an intent, without the slots for which nothing
// was, or nothing that Alexa could make something of.
func slotsOf(i skill.Intent) map[string]spoken.Heard {
	slots := make(map[string]spoken.Heard, len(i.Slots))
	for name, slot := range i.Slots {
		heard := spoken.Heard{Text: slot.Value}
		if heard.Text == uncaught {
			heard.Text = ""
		}
		for _, match := range slot.Matches {
			if match.ID != "" {
				heard.IDs = append(heard.IDs, match.ID)
			}
		}
		if !heard.Empty() {
			slots[name] = heard
		}
	}
	return slots
}
