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
	"strconv"
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
	// Again is no answer that is certain. The question is asked again.
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
	// the request itself has all slots, which then complete the question's.
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
	slots := filled(said)
	switch {
	case said.Intent == intent.Continue, said.Intent == intent.Converse, carries(language, said.Intent) != nil:
		return Decision{Kind: ForAgent}
	case len(slots) == 1 && slices.Contains(bare[said.Intent], slots[0]):
		return Decision{Kind: ForAgent, Bare: slots[0]}
	default:
		return Decision{Kind: Request}
	}
}

// bare are the slots that the interaction model takes without a word beside them, and
// the room in "this is the kitchen", by intent.
var bare = map[string][]string{
	intent.SetHelperNumber: {intent.SlotNumber},
	intent.StartTimer:      {intent.SlotDuration},
	intent.Choose:          {intent.SlotChoice, intent.SlotOrdinal},
	intent.ThisIs:          {intent.SlotArea},
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

// carries returns the carrier that an intent is of, nil for none.
func carries(language, name string) *intent.Carrier {
	all := intent.Carriers(language)
	if i := slices.IndexFunc(all, func(c intent.Carrier) bool { return c.Intent == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// toQuestion decides what a request is while the assistant waits.
func toQuestion(language string, q Question, said Said) Decision {
	number, counted := said.Slots[intent.SlotNumber], len(q.Choices) > 0 && slices.Equal(filled(said), []string{intent.SlotNumber})
	switch {
	case said.Intent == intent.SetHelperNumber && counted:
		n, _ := strconv.Atoi(strings.TrimSpace(number.Text)) // what is no whole number is no place
		return q.placed(n)
	case said.Intent == q.Intent:
		return Decision{Kind: Answer}
	case said.Intent == intent.Choose:
		return q.chosen(language, said)
	case said.Intent == intent.Converse:
		return q.worded(language, said.Slots[intent.SlotQuery], nil)
	default:
		if c := carries(language, said.Intent); c != nil {
			return q.worded(language, said.Slots[intent.SlotQuery], c)
		}
		return Decision{Kind: Request}
	}
}

// placed decides of a place in the list, counted from 1.
func (q Question) placed(n int) Decision {
	if n < 1 || n > len(q.Choices) {
		return Decision{Kind: Again}
	}
	return Decision{Kind: Answer, Heard: exactly(q.Choices[n-1])}
}

// exactly is heard of somebody who means just this thing.
func exactly(thing spoken.Thing) spoken.Heard {
	return spoken.Heard{Text: thing.Name(), IDs: []string{thing.ID}}
}

// chosen decides of what Alexa took for a choice.
func (q Question) chosen(language string, said Said) Decision {
	ordinal, choice := said.Slots[intent.SlotOrdinal], said.Slots[intent.SlotChoice]
	switch {
	case ordinal.Empty():
		return q.worded(language, choice, nil)
	case len(q.Choices) == 0:
		return q.worded(language, ordinal, nil)
	}
	if s := read(language, ordinal.Text); s.denies {
		return q.unless(s)
	}
	for _, id := range append(slices.Clone(ordinal.IDs), ordinal.Text) {
		if n, err := strconv.Atoi(id); err == nil {
			return q.placed(n)
		}
	}
	return q.worded(language, spoken.Heard{Text: ordinal.Text}, nil)
}

// worded decides of words; c is the carrier whose words Alexa took off their beginning,
// nil for none.
func (q Question) worded(language string, heard spoken.Heard, c *intent.Carrier) Decision {
	if heard.Empty() {
		return Decision{Kind: Again}
	}
	text := heard.Text
	switch {
	case c != nil && c.Before == "" && c.Clause:
		text = c.Words[0] + " " + text
	case c != nil:
		text = strings.TrimSpace(c.Before + " " + text)
	}
	if q.Free {
		return Decision{Kind: Answer, Heard: spoken.Heard{Text: text, IDs: heard.IDs}}
	}
	s := read(language, text)
	if c != nil && c.Clause { // a question, whatever it is about
		s.bare, s.asks = text, true
	}
	if len(q.Choices) == 0 {
		return q.open(s, heard)
	}
	for _, text := range []string{s.text, s.bare} {
		if thing, ok := spoken.Called(language, text, q.Choices).One(); ok {
			return Decision{Kind: Answer, Heard: exactly(thing)}
		}
	}
	if s.denies {
		return q.unless(s)
	}
	if n, ok := s.place(); ok {
		return q.placed(n)
	}
	named := spoken.Find(language, spoken.Heard{Text: s.bare, IDs: heard.IDs}, q.Choices)
	if thing, ok := named.One(); ok && !named.Beside() {
		return Decision{Kind: Answer, Heard: exactly(thing)}
	}
	return q.unless(s)
}

// open decides of words where there is no list.
func (q Question) open(s sentence, heard spoken.Heard) Decision {
	if !s.denies && !s.acts && !s.asks && s.bare != "" {
		return Decision{Kind: Answer, Heard: spoken.Heard{Text: s.bare, IDs: heard.IDs}}
	}
	for _, text := range []string{s.text, s.bare} { // something can be called "Turn off everything"
		if q.Named != nil && text != "" && q.Named(text) {
			return Decision{Kind: Answer, Heard: spoken.Heard{Text: text, IDs: heard.IDs}}
		}
	}
	return q.unless(s)
}

// unless decides of words that are no answer: a sentence of its own, unless it denies
// something or says next to nothing.
func (q Question) unless(s sentence) Decision {
	if !s.denies && (s.acts || s.asks) || s.asks && s.begins {
		return Decision{Kind: Request}
	}
	return Decision{Kind: Again}
}
