package skillpackage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/naming"
)

// House is what people call the things of a house, by the type of slot that takes
// them. A type that is not in it has the names that any house may have.
type House map[intent.Type][]Thing

// Thing is something that people call by a name.
type Thing struct {
	// ID is the entity's id, the area's, the floor's (intent.FloorID), or, of an input
	// select's option, the option.
	ID string
	// Name is its name, Others are further ones.
	Name   string
	Others []string
	// Area is the name of the area that it is in, "" for none.
	Area string
}

// domains are Home Assistant's domains of the types that are made from entities.
var domains = map[string]intent.Type{
	"automation": intent.Automation, "script": intent.Script, "timer": intent.Timer,
	"input_boolean": intent.Helper, "input_button": intent.Helper, "input_number": intent.Helper,
	"input_select": intent.Helper, "input_text": intent.Helper,
}

// HouseOf returns what things are called in a home that has these states. What
// Alexa may not know of by the filter, it is not told the name of.
func HouseOf(states []home.State, r home.Registry, filter exposure.Filter, names naming.Settings) House {
	house := House{}
	names.Style = naming.Style{All: true}
	areas, floors, options := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, state := range states {
		if filter.Admit(state.ID, false, r).Reason != "" {
			continue
		}
		area, inArea := r.AreaOf(state.ID)
		if inArea && !areas[area.ID] {
			areas[area.ID] = true
			house[intent.Area] = append(house[intent.Area], Thing{ID: area.ID, Name: area.Name, Others: area.Aliases})
		}
		floor, onFloor := r.FloorOf(state.ID)
		if onFloor && !floors[floor.ID] {
			floors[floor.ID] = true
			house[intent.Area] = append(house[intent.Area], Thing{ID: intent.FloorID(floor.ID), Name: floor.Name, Others: floor.Aliases})
		}
		kind, ok := domains[state.ID.Domain()]
		if !ok {
			continue
		}
		called := names.Of(state, r)
		house[kind] = append(house[kind], Thing{ID: string(state.ID), Name: called.Name, Others: called.Others, Area: area.Name})
		if state.ID.Domain() != "input_select" {
			continue
		}
		for _, option := range state.Texts(home.AttrOptions) {
			if said := folded(option); !options[said] {
				options[said] = true
				house[intent.Option] = append(house[intent.Option], Thing{ID: option, Name: option})
			}
		}
	}
	for _, things := range house {
		slices.SortFunc(things, func(a, b Thing) int { return cmp.Compare(a.ID, b.ID) })
	}
	return house
}

// folded is what two names have alike that are one to Alexa.
func folded(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }

// choices are what people can choose among when two are called alike: all that has an
// id of the home's.
func (h House) choices() []Thing {
	var all []Thing
	for _, kind := range []intent.Type{intent.Area, intent.Automation, intent.Script, intent.Helper, intent.Timer} {
		all = append(all, h[kind]...)
	}
	return all
}

// Called returns the ids of those entities whose names HouseOf takes, and whose aliases
// are therefore worth asking for.
func Called(states []home.State) (ids []home.EntityID) {
	for _, state := range states {
		if _, ok := domains[state.ID.Domain()]; ok {
			ids = append(ids, state.ID)
		}
	}
	return ids
}
