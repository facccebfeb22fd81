package assistant

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// directory is what there is in a home that people may speak of.
type directory struct {
	// states are those of the entities that Alexa may know of, all those of the home.
	states, all []home.State
	registry    home.Registry
	names       naming.Settings
}

// memory keeps what the registries say: it changes seldom, and asking costs more
// than all the rest of a request. It is safe for concurrent use.
type memory struct {
	mu       sync.Mutex
	account  string
	at       time.Time
	registry home.Registry
}

// look returns what there is in the home that Alexa may know of. What the
// registries do not say is as if there were no such thing, except that nothing is
// taken for visible that may not be. A turn asks the home once: it looks before it does
// anything. After an error it asks again.
func (t *turn) look(ctx context.Context) (directory, error) {
	if t.seen != nil {
		return *t.seen, nil
	}
	states, err := t.parts.Home.States(ctx)
	if err != nil {
		return directory{}, err
	}
	registry := t.registry(ctx, states)
	names := t.terms.Names
	names.Style.All = true
	admitted := make([]home.State, 0, len(states))
	for _, state := range states {
		if t.terms.Filter.Admit(state.ID, state.GuardsHouse(), registry).Reason == "" {
			admitted = append(admitted, state)
		}
	}
	t.seen = &directory{admitted, states, registry, names}
	return *t.seen, nil
}

// registry returns what the registries say, which may be some minutes old. Its
// failure is no reason to answer nothing: things have friendly names as well.
func (t *turn) registry(ctx context.Context, states []home.State) home.Registry {
	now, account := t.parts.Clock.Now(), t.account()
	m := &t.memory
	m.mu.Lock()
	known, fresh := m.registry, m.account == account && !m.at.IsZero() && now.Sub(m.at).Abs() < t.terms.Patience.Fresh
	m.mu.Unlock()
	if fresh {
		return known
	}
	session, err := t.parts.Registry.Registries(ctx)
	if err != nil {
		return home.Registry{}
	}
	defer session.Close()
	registry := session.Aliases(ctx, called(states))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.account, m.at, m.registry = account, now, registry
	return registry
}

// called returns the entities that people call by name: those of which aliases are
// wanted.
func called(states []home.State) []home.EntityID {
	var ids []home.EntityID
	for _, state := range states {
		if slices.Contains(nameable, state.ID.Domain()) {
			ids = append(ids, state.ID)
		}
	}
	return ids
}

// nameable are the domains whose entities people call by name.
var nameable = append([]string{"automation", "script", "timer", "light"}, helperDomains...)

// of returns the states of the entities of some domains.
func (d directory) of(domains ...string) []home.State {
	var found []home.State
	for _, state := range d.states {
		if slices.Contains(domains, state.ID.Domain()) {
			found = append(found, state)
		}
	}
	return found
}

// does says whether an entity has a feature; the feature 0 is one that all have.
func does(state home.State, feature home.Feature) bool { return feature == 0 || state.Has(feature) }

// state returns the state of an entity; ok is false when Alexa may not know of it.
func (d directory) state(id home.EntityID) (state home.State, ok bool) {
	i := slices.IndexFunc(d.states, func(s home.State) bool { return s.ID == id })
	if i < 0 {
		return home.State{}, false
	}
	return d.states[i], true
}

// name returns what an entity is called.
func (d directory) name(state home.State) string { return d.names.Of(state, d.registry).Name }

// things returns entities as things that can be meant, by all of their names.
func (d directory) things(states []home.State) []spoken.Thing {
	things := make([]spoken.Thing, len(states))
	for i, state := range states {
		names := d.names.Of(state, d.registry)
		all := append([]string{names.Name}, names.Others...)
		for _, name := range []string{state.Name(), d.registry.Entry(state.ID).Name} {
			if name != "" && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
		things[i] = spoken.Thing{ID: string(state.ID), Names: all, Spare: []string{strings.ReplaceAll(state.ID.Object(), "_", " ")}}
	}
	return things
}

// areas returns the areas in which something is that Alexa may know of, as things
// that can be meant.
func (d directory) areas() []spoken.Thing {
	var things []spoken.Thing
	for _, state := range d.states {
		area, ok := d.registry.AreaOf(state.ID)
		if ok && !slices.ContainsFunc(things, func(thing spoken.Thing) bool { return thing.ID == area.ID }) {
			names := append([]string{area.Name}, area.Aliases...)
			things = append(things, spoken.Thing{ID: area.ID, Names: names, Spare: []string{strings.ReplaceAll(area.ID, "_", " ")}})
		}
	}
	slices.SortFunc(things, func(a, b spoken.Thing) int { return cmp.Compare(a.ID, b.ID) })
	return things
}

// places returns the areas, and the floors of which an area is among them, as things that
// can be meant. A floor has no name that is an area's: the area is less, and is meant.
func (d directory) places() []spoken.Thing {
	places := d.areas()
	taken := map[string]bool{}
	for _, area := range places {
		for _, name := range area.Names {
			taken[naming.Spoken(name)] = true
		}
	}
	floors := map[string]bool{}
	for _, state := range d.states {
		floor, ok := d.registry.FloorOf(state.ID)
		if !ok || floors[floor.ID] {
			continue
		}
		floors[floor.ID] = true
		names := slices.DeleteFunc(append([]string{floor.Name}, floor.Aliases...), func(name string) bool { return name == "" || taken[naming.Spoken(name)] })
		if len(names) > 0 {
			places = append(places, spoken.Thing{ID: intent.FloorID(floor.ID), Names: names})
		}
	}
	slices.SortFunc(places, func(a, b spoken.Thing) int { return cmp.Compare(a.ID, b.ID) })
	return places
}

// in returns the entities of some domains that are in an area, or on a floor.
func (d directory) in(place string, domains ...string) []home.State {
	return slices.DeleteFunc(d.of(domains...), func(state home.State) bool {
		floor, ok := d.registry.FloorOf(state.ID)
		return d.registry.Entry(state.ID).Area != place && (!ok || intent.FloorID(floor.ID) != place)
	})
}
