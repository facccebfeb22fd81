package assistant

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/prose"
)

// converse hands what was said to the home's agent.
func (t *turn) converse(ctx context.Context) (reply, error) {
	said := strings.TrimSpace(t.slots[intent.SlotQuery].Text)
	if said == "" {
		text := t.say(phrase.AskQuery)
		return reply{text: text, nudge: text, listens: true}, nil
	}
	return t.hand(ctx, said)
}

// hand hands words to the home's agent and tells what it says.
func (t *turn) hand(ctx context.Context, words string) (reply, error) {
	said := home.Utterance{
		Text: words, Language: cmp.Or(t.terms.Language, t.request.Locale), Agent: t.terms.Agent,
		Conversation: t.session.Conversation,
	}
	said.Satellite, said.Device = t.satellite(ctx)
	t.session.Asked = false       // these words are the answer, if the agent waited for one
	agent := t.parts.Conversation // not the turn: see calling
	return t.attend(ctx, phrase.Thinking, func(ctx context.Context) telling {
		answer, err := agent.Converse(ctx, said)
		if err != nil {
			return func(t *turn) (reply, error) { return t.agentFailed(err) }
		}
		return func(t *turn) (reply, error) { return t.agentSaid(answer), nil }
	}, func(context.Context) reply { return t.notYet(phrase.NotYet) })
}

// agentSaid tells what the home's agent has said.
func (t *turn) agentSaid(answer home.Reply) reply {
	t.session.Conversation, t.session.Asked = answer.Conversation, answer.Continue
	text := prose.Plain(answer.Speech)
	switch {
	case answer.Kind == home.ReplyError && answer.Code == home.ReplyUnknown: // the words of an exception
		text = t.say(phrase.AgentBroke)
	case strings.TrimSpace(text) != "":
	case answer.Kind == home.ReplyError:
		text = t.say(phrase.NotUnderstood)
	case len(answer.Failed) > 0: // which is said below
	default:
		text = t.say(phrase.Done)
	}
	if failed := t.failed(answer.Failed); failed != "" {
		text = join(ended(text), failed)
	}
	return reply{text: text, nudge: text, listens: answer.Continue}
}

// maxFailedNames is how many things are named that the agent could not do.
const maxFailedNames = 5

// failed tells which things the home's agent could not do, "" for none.
func (t *turn) failed(names []string) string {
	var said []string
	for _, name := range names {
		if name = prose.Plain(name); name != "" && !slices.Contains(said, name) {
			said = append(said, name)
		}
	}
	switch {
	case len(said) == 0:
		return ""
	case len(said) > maxFailedNames:
		said = said[:maxFailedNames]
	}
	return t.say(phrase.NotFollowed, "list", t.language.AllOf(said))
}

// agentFailed tells that the home's agent has not answered: where there is no such
// agent, it is the settings that name a wrong one.
func (t *turn) agentFailed(err error) (reply, error) {
	switch fault.Of(err) {
	case fault.Failed:
		return reply{text: t.say(phrase.AgentBroke), err: err}, nil
	case fault.NotFound:
		return reply{text: t.say(phrase.WentMisconfigured), err: err}, nil
	default:
		return reply{}, err
	}
}
