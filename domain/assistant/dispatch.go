package assistant

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/sentence"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// service is what answers one intent.
type service struct {
	// feature is what the intent is part of, off what is said when it is turned off.
	feature intent.Feature
	off     phrase.Phrase
	answer  func(*turn, context.Context) (reply, error)
}

// services are what answers each intent, by the intents' names. Those of the
// carriers are answered by that of Converse.
var services = func() map[string]service {
	answers := map[string]func(*turn, context.Context) (reply, error){
		intent.Converse:          (*turn).converse,
		intent.TriggerAutomation: (*turn).triggerAutomation,
		intent.RunScript:         (*turn).runScript,
		intent.SetHelperNumber:   (*turn).setNumber,
		intent.SetHelperOption:   (*turn).setOption,
		intent.SwitchHelperOn:    (*turn).switchHelperOn,
		intent.SwitchHelperOff:   (*turn).switchHelperOff,
		intent.Announce:          (*turn).announce,
		intent.AreaOn:            (*turn).switchAsked,
		intent.AreaOff:           (*turn).switchAsked,
		intent.LightsOn:          (*turn).switchAsked,
		intent.LightsOff:         (*turn).switchAsked,
		intent.StartTimer:        (*turn).startTimer,
		intent.CancelTimer:       (*turn).cancelTimer,
		intent.PauseTimer:        (*turn).pauseTimer,
		intent.ResumeTimer:       (*turn).resumeTimer,
		intent.TimerLeft:         (*turn).timerLeft,
		intent.ThisIs:            (*turn).thisIs,
		intent.WhereAmI:          (*turn).whereAmI,
		intent.Continue:          (*turn).goOn,
		intent.Choose:            (*turn).choseNothing,
		intent.Help:              (*turn).help,
		intent.Stop:              (*turn).goodbye,
		intent.Cancel:            (*turn).goodbye,
		intent.NavigateHome:      (*turn).goodbye,
		intent.Fallback:          (*turn).pardon,
		intent.Yes:               (*turn).yes,
		intent.No:                (*turn).no,
	}
	offs := map[intent.Feature]phrase.Phrase{
		intent.FeatureAutomations:   phrase.OffAutomations,
		intent.FeatureScripts:       phrase.OffScripts,
		intent.FeatureInputHelpers:  phrase.OffHelpers,
		intent.FeatureNotifications: phrase.OffAnnouncements,
		intent.FeatureConversation:  phrase.OffConversation,
	}
	table := make(map[string]service, len(answers))
	for _, i := range intent.All() {
		if answer := answers[i.Name]; answer != nil {
			table[i.Name] = service{i.Feature, offs[i.Feature], answer}
		}
	}
	return table
}()

// answer answers the request.
func (t *turn) answer(ctx context.Context) (reply, error) {
	if t.request.Kind == skill.Launch {
		t.session = session{Stays: true}
		return reply{text: t.say(phrase.Greeting), listens: true}, nil
	}
	t.intent = intent.Named(t.request.Intent.Name)
	t.command()
	if r, ok, err := t.heed(ctx); ok || err != nil {
		return r, err
	}
	if err := t.recognise(ctx); err != nil {
		return reply{}, err
	}
	s, ok := services[t.intent]
	if !ok && t.carried() {
		s, ok = services[intent.Converse], true
	}
	switch {
	case !ok:
		return t.pardon(ctx)
	case s.feature != intent.FeatureNone && !t.terms.Features[s.feature]:
		return t.tell(s.off), nil
	default:
		name, slots := t.intent, maps.Clone(t.slots)
		r, err := s.answer(t, ctx)
		if err != nil {
			return reply{}, err
		}
		return t.passOn(ctx, r, name, slots)
	}
}

// command takes words that mean an intent by themselves for that intent. While the home's
// agent waits, "continue", "yes" and "no" are its answer, word by word.
func (t *turn) command() {
	if t.intent != intent.Converse {
		return
	}
	said := strings.ToLower(strings.TrimSpace(t.slots[intent.SlotQuery].Text))
	named, ok := commands[t.language.Tag()][said]
	if !ok || t.session.Asked && slices.Contains([]string{intent.Continue, intent.Yes, intent.No}, named) {
		return
	}
	t.intent, t.slots = named, nil
}

// carried says whether the intent is that of a carrier, and puts its words back.
func (t *turn) carried() bool {
	carrier := intent.CarrierOf(t.language.Tag(), t.intent)
	if carrier == nil {
		return false
	}
	heard := t.slots[intent.SlotQuery]
	if heard.Text != "" {
		heard.Text = sentence.Ask(t.language.Tag(), *carrier, heard.Text)
		t.slots[intent.SlotQuery] = heard
	}
	return true
}

// help tells what can be said.
func (t *turn) help(context.Context) (reply, error) {
	return t.keepAsking(phrase.Help), nil
}

// goodbye ends the session.
func (t *turn) goodbye(context.Context) (reply, error) {
	return reply{text: t.say(phrase.Goodbye), ends: true}, nil
}

// pardon asks for other words.
func (t *turn) pardon(context.Context) (reply, error) { return t.keepAsking(phrase.Pardon), nil }

// keepAsking returns a reply after which what was asked before stays open.
func (t *turn) keepAsking(p phrase.Phrase) reply {
	q := t.session.Question
	return reply{text: t.say(p), listens: true, question: q, fixed: q != nil && q.fixed()}
}

// choseNothing answers who chooses though nobody has asked.
func (t *turn) choseNothing(context.Context) (reply, error) { return t.tell(phrase.NothingAsked), nil }

// yes says yes to whatever was asked last.
func (t *turn) yes(ctx context.Context) (reply, error) {
	switch {
	case t.session.Asked:
		return t.hand(ctx, t.say(phrase.Yes))
	case t.session.Question != nil: // which is no answer
		return t.pardon(ctx)
	case t.later.waiting(t.owner()) > 0:
		return t.goOn(ctx)
	default:
		text := t.say(phrase.AskQuery)
		return reply{text: text, nudge: text, listens: true}, nil
	}
}

// no says no to whatever was asked last; to nothing in particular it is goodbye.
func (t *turn) no(ctx context.Context) (reply, error) {
	if t.session.Asked {
		return t.hand(ctx, t.say(phrase.No))
	}
	return t.goodbye(ctx)
}
