package assistant

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// noSuch returns the reply to words about something that LEE does not know, or may not
// touch. The home's agent gets the sentence where it may be asked.
func (t *turn) noSuch(heard string) reply {
	return reply{text: t.say(phrase.NoSuch, "heard", heard), forAgent: true}
}

// passOn hands the sentence to the home's agent where a reply is for that. Where the
// agent may not be asked, or nobody can say what the sentence was, the reply stays.
func (t *turn) passOn(ctx context.Context, r reply) (reply, error) {
	if !r.forAgent || !t.terms.Features[intent.FeatureConversation] {
		return r, nil
	}
	words := t.sentence()
	if words == "" {
		return r, nil
	}
	return t.hand(ctx, words)
}

// sentence returns what was said, as a sentence in the speaker's language; "" where
// nobody can say.
func (t *turn) sentence() string {
	switch t.intent {
	case intent.SwitchHelperOn:
		return t.say(phrase.TurnOn, "thing", t.slots[intent.SlotHelper].Text)
	case intent.SwitchHelperOff:
		return t.say(phrase.TurnOff, "thing", t.slots[intent.SlotHelper].Text)
	default:
		return ""
	}
}
