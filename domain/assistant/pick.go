package assistant

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// picking is what is picked among, and what is said where it cannot be.
type picking struct {
	// slot is the slot that says which.
	slot   string
	things []spoken.Thing
	// which asks for the slot where nothing was said, none tells that there is
	// nothing to pick.
	which, none phrase.Phrase
	// elsewhere says whether something that is not picked among is called just what was
	// heard; nil where nothing else can be meant.
	elsewhere func(heard string) bool
}

// Pick is how the assistant found out which thing was meant, without any of the words.
type Pick struct {
	// Intent and Slot are the names of what was asked for, and of what says which.
	Intent, Slot string
	// Match and Score are how the names match.
	Match spoken.Match
	Score int
	// Among is how many things could be meant, Found how many match alike.
	Among, Found int
	// Elsewhere says that another thing is called just what was heard, and was preferred.
	Elsewhere bool
}

// pick finds out which thing is meant. If that is not clear, ok is false and the
// reply asks or says so.
func (t *turn) pick(p picking) (thing spoken.Thing, otherwise reply, ok bool) {
	heard := t.slots[p.slot]
	switch {
	case len(p.things) == 0:
		return spoken.Thing{}, reply{text: t.say(p.none), forAgent: !heard.Empty()}, false
	case heard.Empty():
		return spoken.Thing{}, t.ask(p.slot, nil, p.which), false
	}
	result := spoken.Find(t.language.Tag(), heard, p.things)
	elsewhere := !result.Whole() && p.elsewhere != nil && p.elsewhere(heard.Text)
	t.picks = append(t.picks, Pick{
		Intent: t.intent, Slot: p.slot, Match: result.Match, Score: result.Score,
		Among: len(p.things), Found: len(result.Things), Elsewhere: elsewhere,
	})
	thing, one := result.One()
	switch {
	case elsewhere, result.None():
		return spoken.Thing{}, t.noSuch(heard.Text), false
	case one:
		return thing, reply{}, true
	default:
		return spoken.Thing{}, t.askWhich(p.slot, result.Things), false
	}
}

// askWhich asks which of several things is meant.
func (t *turn) askWhich(slot string, things []spoken.Thing) reply {
	const maxListed = 3
	delete(t.slots, slot)
	things = things[:min(len(things), maxChoices)]
	for i := range things {
		things[i].Names = things[i].Names[:min(len(things[i].Names), maxNames)]
	}
	if len(things) > maxListed {
		r := t.ask(slot, things, phrase.WhichOfMany, "list", t.language.AllOf(labels(things[:maxListed])))
		r.question.Listed = maxListed
		return r
	}
	return t.ask(slot, things, phrase.Which, "list", t.language.OneOf(labels(things)))
}

// labels returns what to call things that are listed.
func labels(things []spoken.Thing) []string {
	names := make([]string, len(things))
	for i, thing := range things {
		names[i] = thing.Name()
	}
	return names
}

// pickEntity is pick among entities. Of those that share a name each is called by
// its room as well. An entity that only resembles what was heard is not meant where
// another one is called just that.
func (t *turn) pickEntity(d directory, states []home.State, p picking) (home.State, reply, bool) {
	p.things = d.things(states)
	also := p.elsewhere
	p.elsewhere = func(heard string) bool {
		called := t.called(heard, d.things(d.all))
		if thing, ok := called.One(); ok {
			t.meant = home.EntityID(thing.ID).Domain()
		}
		return !called.None() || also != nil && also(heard)
	}
	for i, thing := range p.things {
		area, placed := d.registry.AreaOf(home.EntityID(thing.ID))
		if placed && slices.ContainsFunc(p.things, func(other spoken.Thing) bool { return other.ID != thing.ID && other.Name() == thing.Name() }) {
			p.things[i].Names = append(slices.Clone(thing.Names), thing.Name())
			p.things[i].Names[0] = thing.Name() + ", " + area.Name
		}
	}
	thing, otherwise, ok := t.pick(p)
	if !ok {
		return home.State{}, otherwise, false
	}
	state, _ := d.state(home.EntityID(thing.ID))
	return state, reply{}, true
}

// called returns the things that are called just what was heard.
func (t *turn) called(heard string, things []spoken.Thing) spoken.Result {
	return spoken.Called(t.language.Tag(), heard, things)
}
