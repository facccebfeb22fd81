package assistant

import (
	"context"
	"maps"
	"sync"

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
		pending.Question = &hearing.Question{
			Intent: q.Intent, Slot: q.Slot, Choices: q.Choices, Listed: q.Listed, Free: q.Free, Named: t.named(ctx, q),
		}
	}
	switch d := hearing.Decide(t.language.Tag(), pending, t.said()); d.Kind {
	case hearing.Answer:
		t.complete(q, d.Heard)
	case hearing.Again:
		if q == nil {
			r, err = t.pardon(ctx)
			return r, true, err
		}
		return t.asked(q), true, nil
	case hearing.ForAgent:
		return t.answerAgent(ctx, pending, d)
	case hearing.Request:
		t.session.Question, t.session.Asked = nil, false
	case hearing.Aside:
	}
	return reply{}, false, nil
}

// said returns what Alexa made of what was said.
func (t *turn) said() hearing.Said { return hearing.Said{Intent: t.intent, Slots: t.slots} }

// complete makes the turn about the intent of a question. Heard fills what it lacked; it
// is empty where the turn's own slots do.
func (t *turn) complete(q *question, heard spoken.Heard) {
	all := maps.Clone(q.Slots)
	if all == nil {
		all = map[string]spoken.Heard{}
	}
	if t.intent == q.Intent {
		maps.Copy(all, t.slots)
	}
	if !heard.Empty() {
		all[q.Slot] = heard
	}
	t.intent, t.slots = q.Intent, all
}

// answerAgent hands words to the home's agent that waits for them, unless they are worded
// like a request that LEE knows and have the whole name of a thing in it.
func (t *turn) answerAgent(ctx context.Context, pending hearing.Pending, d hearing.Decision) (r reply, ok bool, err error) {
	words := t.worded(d)
	if err := t.recognise(ctx); err != nil {
		return reply{}, false, err
	}
	if hearing.Decide(t.language.Tag(), pending, t.said()).Kind == hearing.Request {
		t.session.Asked = false
		return reply{}, false, nil
	}
	r, err = t.hand(ctx, words)
	return r, true, err
}

// worded returns the words that answer the home's agent.
func (t *turn) worded(d hearing.Decision) string {
	switch {
	case t.intent == intent.Continue:
		return t.say(phrase.Continue)
	case d.Bare == "":
		t.carried()
		return t.slots[intent.SlotQuery].Text
	default:
		return t.inWords(d.Bare, t.slots[d.Bare].Text)
	}
}

// inWords returns what was heard for a slot in words that people say: Alexa writes a
// duration as "PT5M".
func (t *turn) inWords(slot, text string) string {
	if length, ok := duration(t.language, text); ok && slot == intent.SlotDuration {
		return t.language.Duration(length)
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
		things = directory.places
	case intent.SlotScript, intent.SlotAutomation:
		things = func(d directory) []spoken.Thing { return d.things(d.of(routines...)) }
	case intent.SlotHelper:
		things = func(d directory) []spoken.Thing { return d.things(d.of(helperDomains...)) }
	case intent.SlotTimer:
		things = func(d directory) []spoken.Thing { return d.things(d.of("timer")) }
	default:
		return nil
	}
	all := sync.OnceValue(func() []spoken.Thing {
		d, err := t.look(ctx)
		if err != nil { // with no home nothing is named
			return nil
		}
		return things(d)
	})
	return func(text string) bool { return !t.called(text, all()).None() }
}
