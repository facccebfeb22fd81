package assistant

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/sentence"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// noSuch returns the reply to a name that nothing has which LEE may use for what was
// asked. The home's agent may know more.
func (t *turn) noSuch(heard string) reply {
	return reply{text: t.say(phrase.NoSuch, "heard", heard), forAgent: true}
}

// units are what the things of a domain are set in.
var units = map[string]sentence.Unit{
	"climate": sentence.Degrees, "water_heater": sentence.Degrees,
	"cover": sentence.Percent, "fan": sentence.Percent, "humidifier": sentence.Percent, "light": sentence.Percent,
	"media_player": sentence.Percent, "valve": sentence.Percent,
}

// passOn hands a sentence to the home's agent where a reply is for that: what was said
// for the intent of that name and its slots. Where the agent may not be asked, or LEE has
// no wording for the intent, the reply stays. It also stays for "this is the attic": the
// agent would agree, and LEE would know no attic all the same.
func (t *turn) passOn(ctx context.Context, r reply, name string, slots map[string]spoken.Heard) (reply, error) {
	if !r.forAgent || name == intent.ThisIs || !t.terms.Features[intent.FeatureConversation] {
		return r, nil
	}
	texts := make(map[string]string, len(slots))
	for slot, heard := range slots {
		texts[slot] = t.inWords(slot, heard.Text)
	}
	texts[intent.SlotNumber] = sentence.Measured(t.language.Tag(), texts[intent.SlotNumber], units[t.meant])
	said, ok := sentence.Said(t.language.Tag(), name, texts)
	if !ok {
		return r, nil
	}
	return t.hand(ctx, said)
}
