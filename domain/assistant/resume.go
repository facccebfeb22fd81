package assistant

import (
	"maps"
	"strconv"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// resume goes on with what was asked, if the request is an answer to it: the turn
// is then about the intent that lacked something, with what was said. What is no
// answer is taken for itself, and the question is forgotten.
func (t *turn) resume() {
	q := t.session.Question
	if q == nil {
		return
	}
	if t.intent == q.Intent && !t.counts(q) {
		t.slots = merged(q.Slots, t.slots)
		return
	}
	if heard, ok := t.answered(q); ok {
		t.answers = true
		t.intent, t.slots = q.Intent, merged(q.Slots, map[string]spoken.Heard{q.Slot: heard})
	}
}

func merged(before, now map[string]spoken.Heard) map[string]spoken.Heard {
	all := make(map[string]spoken.Heard, len(before)+len(now))
	maps.Copy(all, before)
	maps.Copy(all, now)
	return all
}

// answered returns what the request says in answer to a question; ok is false when
// it is none.
func (t *turn) answered(q *question) (heard spoken.Heard, ok bool) {
	switch {
	case t.counts(q):
		return t.worded(q, t.slots[intent.SlotNumber])
	case t.intent == intent.Choose:
		return t.chosen(q)
	case t.intent == intent.Converse, t.asks() && len(q.Choices) > 0:
		return t.worded(q, t.slots[intent.SlotQuery])
	default:
		return heard, false
	}
}

// counts says whether the request is a number and nothing else where one of several
// things was asked for: "two" is the second of them.
func (t *turn) counts(q *question) bool {
	return t.intent == intent.SetHelperNumber && len(q.Choices) > 0 && t.slots[intent.SlotHelper].Empty()
}

// chosen reads the answer of who chooses.
func (t *turn) chosen(q *question) (spoken.Heard, bool) {
	if ordinal, ok := t.slots[intent.SlotOrdinal]; ok {
		for _, id := range append(ordinal.IDs, ordinal.Text) {
			if n, err := strconv.Atoi(id); err == nil && n >= 1 && n <= len(q.Choices) {
				return exactly(q.Choices[n-1]), true
			}
		}
		return t.worded(q, ordinal)
	}
	return t.worded(q, t.slots[intent.SlotChoice])
}

// worded reads an answer in words: one of the choices by its name or its place, or
// whatever was said where anything will do.
func (t *turn) worded(q *question, heard spoken.Heard) (spoken.Heard, bool) {
	if heard.Empty() {
		return heard, false
	}
	if len(q.Choices) == 0 {
		return heard, true
	}
	if thing, ok := spoken.Find(t.language.Tag(), heard, q.Choices).One(); ok {
		return exactly(thing), true
	}
	for n := range min(len(q.Choices), intent.Ordinals) {
		place := spoken.Thing{ID: strconv.Itoa(n), Names: intent.OrdinalWords(t.language.Tag(), n+1)}
		if !spoken.Find(t.language.Tag(), spoken.Heard{Text: heard.Text}, []spoken.Thing{place}).None() {
			return exactly(q.Choices[n]), true
		}
	}
	return heard, false
}

// exactly is heard of who means just this thing.
func exactly(thing spoken.Thing) spoken.Heard {
	return spoken.Heard{Text: thing.Name(), IDs: []string{thing.ID}}
}
