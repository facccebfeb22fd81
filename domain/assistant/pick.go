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
}

// pick finds out which thing is meant. If that is not clear, ok is false and the
// reply asks or says so.
func (t *turn) pick(p picking) (thing spoken.Thing, otherwise reply, ok bool) {
	heard := t.slots[p.slot]
	switch {
	case len(p.things) == 0:
		return spoken.Thing{}, t.tell(p.none), false
	case heard.Empty():
		return spoken.Thing{}, t.ask(p.slot, nil, p.which), false
	}
	result := spoken.Find(t.language.Tag(), heard, p.things)
	if thing, ok = result.One(); ok {
		return thing, reply{}, true
	}
	if result.None() {
		return spoken.Thing{}, t.tell(phrase.NoSuch, "heard", heard.Text), false
	}
	return spoken.Thing{}, t.askWhich(p.slot, result.Things), false
}

// askWhich asks which of several things is meant.
func (t *turn) askWhich(slot string, things []spoken.Thing) reply {
	const said = 3
	delete(t.slots, slot)
	things = things[:min(len(things), mostChoices)]
	for i := range things {
		things[i].Names = things[i].Names[:min(len(things[i].Names), mostChoices)]
	}
	if len(things) > said {
		return t.ask(slot, things, phrase.WhichOfMany, "list", t.language.AllOf(labels(things[:said])))
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
// its room as well.
func (t *turn) pickEntity(d directory, states []home.State, p picking) (home.State, reply, bool) {
	p.things = d.things(states)
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
