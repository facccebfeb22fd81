package assistant

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// turn is one request on its way to an answer.
type turn struct {
	*Service
	terms    Terms
	request  skill.Request
	language phrase.Language
	session  session
	// intent is the name of what was asked for, slots what was said for it.
	intent string
	slots  map[string]spoken.Heard
	// meant is the domain of the thing that is called just what was heard and that LEE may
	// not use for what was asked; "" for none, and for several.
	meant string
	// seen is what look found in the home; nil before.
	seen *directory
	// picks are how things were picked, for the log.
	picks []Pick
}

// reply is what is to be said, and how it goes on.
type reply struct {
	text string
	// nudge is said when the answer waits for something and nobody speaks.
	nudge string
	// question is what the answer asks; nil for nothing.
	question *question
	// listens leaves the microphone on without a question of ours: the home has
	// asked something, or there is more to fetch.
	listens bool
	// fixed says that an intent of its own is what to say next, "continue", or one
	// with a duration or a number, which Alexa reads better. Otherwise whatever is
	// said next comes whole, as it was said.
	fixed bool
	// ends closes the session in any case.
	ends bool
	// forAgent says that the home's agent gets the sentence. The text is said only
	// where it may not be asked.
	forAgent bool
	// err is what went wrong, for the log; nil when nothing did.
	err error
}

// say says a phrase in the turn's language; names are pairs of a name and what it
// stands for.
func (t *turn) say(p phrase.Phrase, pairs ...string) string {
	return t.language.Say(p, append([]string{"name", t.terms.Name}, pairs...)...)
}

func (t *turn) reply(text string) reply { return reply{text: text} }

// tell returns the reply that is a phrase.
func (t *turn) tell(p phrase.Phrase, pairs ...string) reply { return t.reply(t.say(p, pairs...)) }

// ask returns the reply that asks for a slot of the turn's intent.
func (t *turn) ask(slot string, choices []spoken.Thing, p phrase.Phrase, pairs ...string) reply {
	text := t.say(p, pairs...)
	return t.asked(&question{Text: text, Intent: t.intent, Slots: t.slots, Slot: slot, Choices: choices})
}

// askText is ask for any text.
func (t *turn) askText(slot string, p phrase.Phrase, pairs ...string) reply {
	r := t.ask(slot, nil, p, pairs...)
	r.question.Free = true
	return r
}

// asked returns the reply that asks a question.
func (t *turn) asked(q *question) reply {
	return reply{text: q.Text, nudge: q.Text, question: q, fixed: q.fixed()}
}

// finish makes the answer of a reply.
func (t *turn) finish(r reply) skill.Response {
	kept := session{Conversation: t.session.Conversation, Stays: t.session.Stays, Question: r.question, Asked: t.session.Asked && r.listens}
	waits := r.question != nil || r.listens
	answer := skill.Response{Speech: r.text}
	if r.ends || !waits && !kept.Stays {
		return answer
	}
	answer.Open = true
	if !waits {
		answer.Speech = join(ended(r.text), t.say(phrase.AnythingElse))
		r.nudge = t.say(phrase.Invitation)
	}
	answer.Reprompt = cmp.Or(r.nudge, t.say(phrase.Invitation))
	answer.Attributes = kept.attributes()
	if t.terms.Features[intent.FeatureConversation] && !r.fixed {
		answer.Elicit, answer.ElicitIn = intent.SlotQuery, intent.Model(intent.Converse)
	}
	return answer
}

// join puts sentences one after the other.
func join(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + " " + second
}

// ended returns a text that ends as a sentence does: what the home says may not, and
// what comes after it would be said in one breath.
func ended(text string) string {
	text = strings.TrimSpace(text)
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(last) || unicode.IsNumber(last) {
		return text + "."
	}
	return text
}
