// Package naming decides under which names Alexa knows an entity. It is pure, so
// that the engine and the failsafe name alike.
//
// The first of these that can be said is the name: what the settings say, the
// first of the names that people have given the entity in Home Assistant, its
// full name in the registry, its friendly name, its id. That is also the order
// in which Home Assistant's own Alexa integration looks.
package naming

import (
	"strings"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Settings say how entities are named. The zero Settings name them as Home
// Assistant does. They are a value that nobody changes once it was made.
type Settings struct {
	Style     Style
	Overrides Overrides
}

// Names are what Alexa is told of an entity.
type Names struct {
	// Name is the entity's name, never "" for an entity whose id is valid.
	Name string
	// Others are further names, no two alike in any case; nil unless asked for.
	Others []string
	// From is where Name is from.
	From Origin
	// Cut says that Name had to be cut.
	Cut bool
}

// Origin is where a name is from.
type Origin uint8

// The origins.
const (
	FromID Origin = iota
	FromState
	FromRegistry
	FromAlias
	FromSettings
)

// String returns the origin in a few words, "alias".
func (o Origin) String() string {
	return [...]string{"entity id", "friendly name", "registry", "alias", "settings"}[o]
}

// candidate is a name that an entity may have.
type candidate struct {
	name string
	from Origin
	// wanted says that it is a further name where another one is the first.
	wanted bool
}

// Of returns the names of an entity.
func (s Settings) Of(state home.State, r home.Registry) Names {
	names := Names{Name: string(state.ID)}
	candidates := s.candidates(state, r)
	chosen := len(candidates)
	for i, c := range candidates {
		if name, cut := clean(s.placed(c, state.ID, r)); name != "" {
			names, chosen = Names{Name: name, From: c.from, Cut: cut}, i
			break
		}
	}
	for i, c := range candidates {
		if i > chosen && c.wanted {
			names.add(Clean(s.placed(c, state.ID, r)))
		}
	}
	return names
}

// candidates returns all names that an entity may have, the best first.
func (s Settings) candidates(state home.State, r home.Registry) []candidate {
	var all []candidate
	for _, name := range s.Overrides[state.ID].Names {
		all = append(all, candidate{name, FromSettings, true})
	}
	own := candidate{name: r.Entry(state.ID).Name, from: FromRegistry}
	if Clean(own.name) == "" {
		own = candidate{name: state.Text(home.AttrFriendlyName), from: FromState}
	}
	for _, name := range r.Aliases(state.ID) {
		if name == "" {
			all = append(all, candidate{own.name, own.from, s.Style.All})
		} else {
			all = append(all, candidate{name, FromAlias, s.Style.All})
		}
	}
	return append(all, own, candidate{name: strings.ReplaceAll(state.ID.Object(), "_", " "), from: FromID})
}

// placed returns a name with that of the entity's area before it, where that is
// wanted and the name does not say it already. What the settings say is left
// alone.
func (s Settings) placed(c candidate, id home.EntityID, r home.Registry) string {
	area, ok := r.AreaOf(id)
	if !s.Style.Area || !ok || c.from == FromSettings || Clean(c.name) == "" || mentions(c.name, area.Name) {
		return c.name
	}
	return area.Name + " " + c.name
}

// mentions says whether a name already says the area: in words of its own, or at the
// start of a compound.
func mentions(name, area string) bool {
	name, area = Spoken(name), Spoken(area)
	return strings.Contains(" "+name+" ", " "+area+" ") || beginsCompound(name, area)
}

// Spoken returns what people say for a name: its words in small letters. Two
// names with the same are one to Alexa.
func Spoken(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r)
	}), " ")
}

// add adds a further name, unless it is there already.
func (n *Names) add(name string) {
	if name == "" || strings.EqualFold(name, n.Name) {
		return
	}
	for _, other := range n.Others {
		if strings.EqualFold(name, other) {
			return
		}
	}
	n.Others = append(n.Others, name)
}
