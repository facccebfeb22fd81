package home

import (
	"slices"
	"strings"
)

// Registry is what a home's registries say of its entities beside their states:
// what people call them, where they are, how they are labelled, and who is
// meant to see them. It is a value that nobody changes once it was made, so it
// is safe for concurrent use. The zero Registry knows nothing.
//
// A home may keep parts of it to itself. Every lookup therefore says whether its
// answer is known; an entity that the registries do not list is known to be
// nothing special.
type Registry struct {
	source  Source
	phase   Phase
	knows   Part
	entries []Entry
	at      map[EntityID]int32 // where an entity's entry is
	areas   map[string]Area
	floors  map[string]Floor
	labels  map[string]Label
	aliases map[EntityID][]string
}

// Entry is what the entity registry says of one entity.
type Entry struct {
	ID EntityID
	// Name is what the home calls it in full, that of its device included; ""
	// when it has no name there.
	Name string
	// Area is the id of the area that it is in, by itself or by its device; ""
	// for none.
	Area string
	// Integration is the integration that it is from, "hue"; "" where the home does
	// not tell.
	Integration string
	// Device is the id of the device that it belongs to; "" for none, and where the
	// home does not tell.
	Device string
	// Labels are the ids of its labels.
	Labels []string
	// Hidden says that its people do not want to see it.
	Hidden bool
	// Category says what it is for; CategoryNone for what a device is there for.
	Category Category
	// Exposed is whom its people show it to, on Home Assistant's page "Expose".
	Exposed Assistant
}

// Area is a room, or another place.
type Area struct {
	ID, Name string
	// Floor is the id of the floor that it is on; "" for none.
	Floor string
	// Aliases are what people call it besides.
	Aliases []string
}

// Label is a tag that people put on entities.
type Label struct{ ID, Name string }

// Category sets apart the entities that look after a device from those that it
// is there for (Home Assistant's EntityCategory).
type Category uint8

// The categories.
const (
	CategoryNone Category = iota
	// CategoryConfig is for settings of a device.
	CategoryConfig
	// CategoryDiagnostic is for what describes a device's health.
	CategoryDiagnostic
)

// Assistant is a set of voice assistants.
type Assistant uint8

// The assistants that LEE asks about. Alexa is Home Assistant Cloud's.
const (
	Alexa Assistant = 1 << iota
	Assist
)

// Source is how a Registry came to be known.
type Source uint8

// The sources.
const (
	// SourceNone is that of the zero Registry.
	SourceNone Source = iota
	// SourceWebSocket is Home Assistant's WebSocket API.
	SourceWebSocket
	// SourceTemplate is a template that Home Assistant rendered.
	SourceTemplate
	// SourceMemory is an earlier answer: the home cannot be asked now.
	SourceMemory
)

// String returns the source in a few words, "over WebSocket".
func (s Source) String() string {
	switch s {
	case SourceWebSocket:
		return "over WebSocket"
	case SourceTemplate:
		return "by a template"
	case SourceMemory:
		return "from memory"
	default:
		return "not at all"
	}
}

// Part is a set of parts of what the registries say.
type Part uint16

// The parts.
const (
	// PartHidden is which entities are hidden.
	PartHidden Part = 1 << iota
	// PartCategories is which entities are there for settings and diagnoses.
	PartCategories
	// PartNames is what the home calls its entities.
	PartNames
	// PartAreas is the areas, and which entities are in them.
	PartAreas
	// PartAreaAliases is what people call the areas besides.
	PartAreaAliases
	// PartLabels is the labels, and which entities have them.
	PartLabels
	// PartExposure is which entities are shown to which assistants.
	PartExposure
	// PartAliases is what people call the entities that somebody asked about.
	PartAliases
	// PartFloors is the floors, and which areas are on them.
	PartFloors

	// AllParts are all of them.
	AllParts = PartHidden | PartCategories | PartNames | PartAreas | PartAreaAliases | PartLabels | PartExposure | PartAliases | PartFloors
)

// Names returns the parts in words, in a fixed order: "hidden entities",
// "areas".
func (p Part) Names() []string {
	var names []string
	for _, part := range []struct {
		part Part
		name string
	}{
		{PartHidden, "hidden entities"},
		{PartCategories, "diagnostic and configuration entities"},
		{PartNames, "names"},
		{PartAreas, "areas"},
		{PartAreaAliases, "aliases of areas"},
		{PartLabels, "labels"},
		{PartExposure, "exposed entities"},
		{PartAliases, "aliases"},
		{PartFloors, "floors"},
	} {
		if p&part.part != 0 {
			names = append(names, part.name)
		}
	}
	return names
}

// NewRegistry returns a Registry of which the given parts are known. It keeps
// what the entries, areas and labels refer to: the caller must not change that
// afterwards. Of two with one id the later counts.
func NewRegistry(source Source, knows Part, entries []Entry, areas []Area, labels []Label) Registry {
	r := Registry{
		source: source, knows: knows,
		entries: entries,
		at:      make(map[EntityID]int32, len(entries)),
		areas:   make(map[string]Area, len(areas)),
		labels:  make(map[string]Label, len(labels)),
	}
	for i := range entries {
		r.at[entries[i].ID] = int32(i)
	}
	for _, area := range areas {
		r.areas[area.ID] = area
	}
	for _, label := range labels {
		r.labels[label.ID] = label
	}
	return r
}

// WithAliases returns the registry, which knows the aliases of these entities as
// well. It keeps the map.
func (r Registry) WithAliases(aliases map[EntityID][]string) Registry {
	r.aliases = aliases
	r.knows |= PartAliases
	return r
}

// WithoutAliases returns the registry as one that knows nobody's aliases.
func (r Registry) WithoutAliases() Registry {
	r.aliases = nil
	r.knows &^= PartAliases
	return r
}

// FromMemory returns the registry as one that was known earlier.
func (r Registry) FromMemory() Registry {
	r.source = SourceMemory
	return r
}

// In returns the registry as one that was told by a home in this phase.
func (r Registry) In(phase Phase) Registry {
	r.phase = phase
	return r
}

// Phase returns in which phase the home was when it told; "" where it did not say.
func (r Registry) Phase() Phase { return r.phase }

// Source returns how the registry came to be known.
func (r Registry) Source() Source { return r.source }

// Knows says whether all the parts given are known.
func (r Registry) Knows(parts Part) bool { return r.knows&parts == parts }

// Lacks returns the parts that are not known.
func (r Registry) Lacks() Part { return AllParts &^ r.knows }

// Len returns how many entities the registry has an entry for.
func (r Registry) Len() int { return len(r.at) }

// Entry returns what is known of an entity; what is not known is empty.
func (r Registry) Entry(id EntityID) Entry {
	entry := *r.entry(id)
	entry.ID = id
	return entry
}

// Integration returns the integration that an entity is from, "" for one that the
// registries do not list. It is told with the names.
func (r Registry) Integration(id EntityID) (name string, known bool) {
	return r.entry(id).Integration, r.Knows(PartNames)
}

// unlisted is the entry of what the registries do not list.
var unlisted Entry

// entry returns an entity's entry, never nil.
func (r Registry) entry(id EntityID) *Entry {
	if i, listed := r.at[id]; listed {
		return &r.entries[i]
	}
	return &unlisted
}

// Aliases returns what people call an entity, the most important name first. An
// empty one stands for the name that it has by itself. It is nil when nobody
// knows, and when there are none.
func (r Registry) Aliases(id EntityID) []string { return r.aliases[id] }

// AreaOf returns the area that an entity is in; ok is false when it is in none,
// or nobody knows.
func (r Registry) AreaOf(id EntityID) (area Area, ok bool) {
	area, ok = r.areas[r.entry(id).Area]
	return area, ok
}

// InArea says whether an entity is in the area with this id, name or alias, in
// any case.
func (r Registry) InArea(id EntityID, name string) (in, known bool) {
	if area, ok := r.AreaOf(id); ok && area.called(name) {
		return true, true
	}
	if r.Knows(PartAreas | PartAreaAliases) {
		return false, true
	}
	// It may be an alias that nobody told, unless it is known to be no alias.
	for _, area := range r.areas {
		if area.called(name) {
			return false, r.Knows(PartAreas)
		}
	}
	return false, false
}

// called says whether name is what people say for the area.
func (a Area) called(name string) bool {
	return strings.EqualFold(a.ID, name) || strings.EqualFold(a.Name, name) ||
		slices.ContainsFunc(a.Aliases, func(alias string) bool { return strings.EqualFold(alias, name) })
}

// Labelled says whether an entity has the label with this id or name, in any
// case.
func (r Registry) Labelled(id EntityID, name string) (is, known bool) {
	for _, labelID := range r.entry(id).Labels {
		label, listed := r.labels[labelID]
		if strings.EqualFold(labelID, name) || listed && strings.EqualFold(label.Name, name) {
			return true, true
		}
	}
	return false, r.Knows(PartLabels)
}

// ExposedTo says whether an entity is shown to one of the assistants.
func (r Registry) ExposedTo(id EntityID, to Assistant) (is, known bool) {
	known = r.Knows(PartExposure)
	return known && r.entry(id).Exposed&to != 0, known
}
