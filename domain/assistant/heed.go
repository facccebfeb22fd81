package assistant

import (
	"context"
	"maps"

	"github.com/lambda-execution-engine/lee/domain/hearing"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// heed goes on with what is pending, if the request is an answer to it: the turn is then
// about the intent that lacked something, with what was said. A request of its own ends
// what is pending. Where ok is true the reply is the turn's.
func (t *turn) heed(ctx context.Context) (r reply, ok bool, err error) {
	q := t.session.Question
	pending := hearing.Pending{Agent: t.session.Asked && t.terms.Features[intent.FeatureConversation]}
	if q != nil {
		pending.Question = &hearing.Question{Intent: q.Intent, Slot: q.Slot, Choices: q.Choices, Free: q.Free, Named: t.named(ctx, q)}
	}
	d := hearing.Decide(t.language.Tag(), pending, hearing.Said{Intent: t.intent, Slots: t.slots})
	switch d.Kind {
	case hearing.Answer:
		answer := t.slots
		if !d.Heard.Empty() {
			answer = map[string]spoken.Heard{q.Slot: d.Heard}
		}
		t.intent, t.slots = q.Intent, merged(q.Slots, answer)
	case hearing.Again:
		return t.asked(q), true, nil
	case hearing.ForAgent:
		r, err := t.hand(ctx, t.worded(d))
		return r, true, err
	case hearing.Request:
		t.session.Question, t.session.Asked = nil, false
	case hearing.Aside:
	}
	return reply{}, false, nil
}

func merged(before, now map[string]spoken.Heard) map[string]spoken.Heard {
	all := make(map[string]spoken.Heard, len(before)+len(now))
	maps.Copy(all, before)
	maps.Copy(all, now)
	return all
}

// worded returns the words that answer the home's agent.
func (t *turn) worded(d hearing.Decision) string {
	text := t.slots[d.Bare].Text
	switch {
	case t.intent == intent.Continue:
		return t.say(phrase.Continue)
	case d.Bare == "":
		t.carried()
		return t.slots[intent.SlotQuery].Text
	case d.Bare == intent.SlotDuration:
		if length, ok := duration(t.language, text); ok {
			return t.language.Duration(length)
		}
	}
	return text
}

// named returns what says whether a text is the whole name of something that answers a
// question; nil where a name is no answer. It looks at the home at most once, and only
// when it is asked.
func (t *turn) named(ctx context.Context, q *question) func(string) bool {
	things := func(directory) []spoken.Thing { return nil }
	switch q.Slot {
	case intent.SlotArea:
		things = directory.areas
	case intent.SlotScript, intent.SlotAutomation:
		things = func(d directory) []spoken.Thing { return d.things(d.of(routines...)) }
	case intent.SlotHelper:
		things = func(d directory) []spoken.Thing { return d.things(d.of(helperDomains...)) }
	case intent.SlotTimer:
		things = func(d directory) []spoken.Thing { return d.things(d.of("timer")) }
	default:
		return nil
	}
	var all []spoken.Thing
	looked := false
	return func(text string) bool {
		if !looked {
			looked = true
			if d, err := t.look(ctx); err == nil { // with no home nothing is named
				all = things(d)
			}
		}
		return !spoken.Called(t.language.Tag(), text, all).None()
	}
}

// exactly is heard of somebody who means just this thing.
func exactly(thing spoken.Thing) spoken.Heard {
	return spoken.Heard{Text: thing.Name(), IDs: []string{thing.ID}}
}
