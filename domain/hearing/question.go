package hearing

import (
	"strconv"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// toQuestion decides what a request is while the assistant waits.
func toQuestion(language string, q Question, said Said) Decision {
	slot, isBare := bareSlot(said)
	switch {
	case said.Intent == intent.Converse:
		return q.worded(language, said.Slots[intent.SlotQuery], nil)
	case unheard(said), isBare && !q.takes(slot):
		return Decision{Kind: Again}
	case said.Intent == q.Intent && (slot != intent.SlotNumber || len(q.Choices) == 0):
		return q.completed(language, said)
	case said.Intent == intent.ThisIs && q.Slot != intent.SlotArea:
		return Decision{Kind: Request}
	case slot == intent.SlotOrdinal:
		return q.chosen(language, said.Slots[slot])
	case isBare:
		return q.worded(language, said.Slots[slot], nil)
	}
	if c := intent.CarrierOf(language, said.Intent); c != nil {
		return q.worded(language, said.Slots[intent.SlotQuery], c)
	}
	return Decision{Kind: Request}
}

// takes says whether what Alexa took for a slot can be an answer: a duration is no name,
// and a number is no duration.
func (q Question) takes(slot string) bool {
	return slot != intent.SlotDuration && (slot != intent.SlotNumber || q.Slot != intent.SlotDuration) || slot == q.Slot
}

// completed decides of a request of the question's own intent, which has slots of its own:
// "run the second one".
func (q Question) completed(language string, said Said) Decision {
	heard := said.Slots[q.Slot]
	if q.Free || heard.Empty() {
		return Decision{Kind: Answer}
	}
	s := read(language, heard.Text)
	switch n, by, ok := s.place(); {
	case ok && len(q.Choices) > 0:
		return q.placed(language, n, by)
	case s.denies && q.worded(language, heard, nil).Kind != Answer:
		return Decision{Kind: Again}
	default:
		return Decision{Kind: Answer}
	}
}

// chosen decides of what Alexa took for an ordinal. The words say more than its ids: "the
// third one" has "one" in it.
func (q Question) chosen(language string, ordinal spoken.Heard) Decision {
	s := read(language, ordinal.Text)
	if _, _, ok := s.place(); !ok && !s.denies && len(q.Choices) > 0 && len(ordinal.IDs) == 1 {
		if n, err := strconv.Atoi(ordinal.IDs[0]); err == nil {
			return q.placed(language, n, s.bare)
		}
	}
	return q.worded(language, spoken.Heard{Text: ordinal.Text}, nil)
}

// placed decides of a place in the list, counted from 1, and the words that said it.
// Words that are a part of another choice's name are not certain: "two", of "Lamp 2".
func (q Question) placed(language string, n int, by string) Decision {
	listed := len(q.Choices)
	if q.Listed > 0 {
		listed = min(q.Listed, listed)
	}
	named := spoken.Find(language, spoken.Heard{Text: by}, q.Choices)
	thing, ok := named.One()
	ok = ok && !named.Beside()
	if n >= 1 && n <= listed {
		place := q.Choices[n-1]
		ok = named.None() || named.Beside() || ok && thing.ID == place.ID
		thing = place
	}
	if !ok {
		return Decision{Kind: Again}
	}
	return Decision{Kind: Answer, Heard: thing.Heard()}
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
			return Decision{Kind: Answer, Heard: thing.Heard()}
		}
	}
	if s.denies {
		return q.unless(s)
	}
	if n, by, ok := s.place(); ok {
		return q.placed(language, n, by)
	}
	named := spoken.Find(language, spoken.Heard{Text: s.bare, IDs: heard.IDs}, q.Choices)
	if thing, ok := named.One(); ok && !named.Beside() && (!s.acts && !s.asks || s.within(thing)) {
		return Decision{Kind: Answer, Heard: thing.Heard()}
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
