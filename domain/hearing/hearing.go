// Package hearing decides what a request is while something is pending: an answer to
// what was asked, a request of its own, or words for the home's conversation agent. It
// is pure: it knows no home, keeps nothing and asks nobody.
//
// A wrong lamp is worse than a question. So an answer is a name, a place in the list or
// a number, with nothing but filler words around it. Words with a verb or a question
// word are a sentence of their own. Words with a negation, and words that fit several
// choices or none, are asked about again.
package hearing

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// Kind is what a request is.
type Kind uint8

const (
	// Request is a request of its own. What was pending is over.
	Request Kind = iota
	// Answer answers the assistant's question.
	Answer
	// Again is no answer that is certain. The question is asked again; where the home's
	// agent has asked, the assistant asks for other words.
	Again
	// ForAgent are words that answer the question of the home's agent.
	ForAgent
	// Aside is a request that leaves what is pending as it is: yes, help, words that
	// Alexa did not understand.
	Aside
)

var kinds = [...]string{Request: "request", Answer: "answer", Again: "again", ForAgent: "for the agent", Aside: "aside"}

// String returns what the kind is called in a log.
func (k Kind) String() string { return kinds[k] }

// Pending is what waits for an answer. The zero Pending is nothing.
type Pending struct {
	// Agent says that the home's agent has asked something.
	Agent bool
	// Question is what the assistant has asked; nil for nothing.
	Question *Question
}

// Question is what the assistant has asked.
type Question struct {
	// Intent is the name of the intent that lacks something, and Slot what it lacks.
	Intent, Slot string
	// Choices are what can be chosen from, in the order in which they were listed; nil
	// where whatever is said may be the answer.
	Choices []spoken.Thing
	// Listed is how many of the choices were said, the first ones: only these have a
	// place that people can choose by. 0 is all of them.
	Listed int
	// Free says that the answer is any text, verbs and negations included: an
	// announcement.
	Free bool
	// Named says whether a text is the whole name of something that the slot takes. It
	// is asked only for text that would otherwise be no answer; nil is never.
	Named func(text string) bool
}

// Said is what Alexa made of what somebody said.
type Said struct {
	// Intent is the name of the intent.
	Intent string
	// Slots are those that Alexa heard something for.
	Slots map[string]spoken.Heard
}

// Decision is what a request is, and what it says.
type Decision struct {
	Kind Kind
	// Heard is what fills the question's slot, for an Answer. It is the zero Heard where
	// the request is of the question's intent and its own slots complete the question's.
	Heard spoken.Heard
	// Bare is the slot whose text is what the agent is told, ForAgent: "" for the text
	// of a Converse, and for a Continue, which has no text.
	Bare string
}

// Decide decides what a request is, in a language ("de"). It is safe for concurrent use.
func Decide(language string, pending Pending, said Said) Decision {
	switch {
	case aside(said.Intent):
		return Decision{Kind: Aside}
	case pending.Question != nil:
		return toQuestion(language, *pending.Question, said)
	case pending.Agent:
		return toAgent(language, said)
	default:
		return Decision{Kind: Request}
	}
}

// aside says whether an intent leaves what is pending as it is, or ends the session.
func aside(name string) bool {
	return strings.HasPrefix(name, "AMAZON.") || name == ""
}

// toAgent decides what a request is while the home's agent waits: a bare number,
// duration, choice or room is its answer whatever intent Alexa took it for, and so is
// "continue". A request that names what it is about is one of its own.
func toAgent(language string, said Said) Decision {
	if said.Intent == intent.Continue || said.Intent == intent.Converse || intent.CarrierOf(language, said.Intent) != nil {
		return Decision{Kind: ForAgent}
	}
	if slot, ok := bareSlot(said); ok {
		return Decision{Kind: ForAgent, Bare: slot}
	}
	if unheard(said) {
		return Decision{Kind: Again}
	}
	return Decision{Kind: Request}
}

// bare are the slots that the interaction model takes without a word beside them, and
// the room in "this is the kitchen", by intent.
var bare = map[string][]string{
	intent.SetHelperNumber: {intent.SlotNumber},
	intent.StartTimer:      {intent.SlotDuration},
	intent.Choose:          {intent.SlotChoice, intent.SlotOrdinal},
	intent.ThisIs:          {intent.SlotArea},
}

// bareSlot returns the slot of a request that says nothing else; ok is false where it
// says more, or nothing.
func bareSlot(said Said) (slot string, ok bool) {
	slots := filled(said)
	if len(slots) != 1 || !slices.Contains(bare[said.Intent], slots[0]) {
		return "", false
	}
	return slots[0], true
}

// unheard says whether Alexa took something for a number or a choice and could not say
// which. People say nothing that means these intents without one.
func unheard(said Said) bool {
	return len(filled(said)) == 0 && (said.Intent == intent.SetHelperNumber || said.Intent == intent.Choose)
}

// filled returns the names of the slots that something was heard for, sorted.
func filled(said Said) []string {
	var names []string
	for name, heard := range said.Slots {
		if !heard.Empty() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
