package alexatest

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// refusal is one thing that Amazon's schema does not take.
type refusal struct {
	// of is what was checked: "endpoint", "capability Alexa.Speaker".
	of string
	// place is the value that is refused, with its path from there.
	place spot
	// why is the schema's reason.
	why string
	// unknown says that the schema has no part for what was checked.
	unknown bool
}

// answer returns what the schema refuses of an answer.
func (a *schema) answer(s spot) []refusal {
	header := s.at("event", "header")
	name := header.at("name").text()
	if name == "" {
		return nil // our own rules have complained; which event it is cannot be told
	}
	refusals := a.part(a.messages, header.at("namespace").text()+"."+name, "answer", s)
	for _, p := range s.at("context", "properties").items() {
		refusals = append(refusals, a.property(p)...)
	}
	for _, e := range s.at("event", "payload", "endpoints").items() {
		refusals = append(refusals, a.endpointOf(e)...)
	}
	return refusals
}

func (a *schema) endpointOf(s spot) []refusal {
	s = s.part("endpoint %s", endpointName(s))
	refusals := refused(a.endpoint, "endpoint", s)
	for _, c := range s.at("capabilities").items() {
		refusals = append(refusals, a.capability(c)...)
	}
	return refusals
}

// capability returns what the schema refuses of a capability.
func (a *schema) capability(s spot) []refusal {
	name := s.at("interface").text()
	return a.part(a.capabilities, name, "capability "+name, s.part("capability %s", capabilityName(s)))
}

// property returns what the schema refuses of a property.
func (a *schema) property(s spot) []refusal {
	name := propertyKey(s).String()
	return a.part(a.properties, name, "property "+name, s.part("property %s", propertyName(s)))
}

// part checks a value against the part of the schema that has its name.
func (a *schema) part(parts map[string]*jsonschema.Schema, name, of string, s spot) []refusal {
	part, known := parts[name]
	if !known {
		return []refusal{{of: of, place: s, why: "it knows no " + name, unknown: true}}
	}
	return refused(part, of, s)
}

func refused(by *jsonschema.Schema, of string, s spot) []refusal {
	var invalid *jsonschema.ValidationError
	if !errors.As(by.Validate(s.value), &invalid) {
		return nil
	}
	leaves := leavesOf(invalid)
	// The validator goes through members in no particular order.
	slices.SortFunc(leaves, func(a, b leaf) int { return slices.Compare(a.at, b.at) })
	refusals := make([]refusal, len(leaves))
	for i, l := range leaves {
		refusals[i] = refusal{of: of, place: s.down(l.at), why: l.why}
	}
	return refusals
}

// down returns the place that is reached by members' names and items' indexes.
func (s spot) down(tokens []string) spot {
	for _, token := range tokens {
		items := s.items()
		if i, err := strconv.Atoi(token); err == nil && i < len(items) {
			s = items[i]
		} else {
			s = s.at(token)
		}
	}
	return s
}

// leaf is a reason for a refusal that has no further reason.
type leaf struct {
	at   []string
	why  string
	kind jsonschema.ErrorKind
}

// leavesOf returns the reasons that matter. Where the schema has alternatives
// and none fits, they are those of the closest.
func leavesOf(e *jsonschema.ValidationError) []leaf {
	switch k := e.ErrorKind.(type) {
	case *kind.OneOf:
		if len(e.Causes) > 0 {
			return closest(e)
		}
	case *kind.AnyOf:
		return closest(e)
	case *kind.Required:
		return each(e, k.Missing, "is missing")
	case *kind.AdditionalProperties:
		return each(e, k.Properties, "there must be no such member")
	case *kind.Enum:
		return []leaf{{e.InstanceLocation, notAmong(k), k}}
	case *kind.Pattern:
		return []leaf{{e.InstanceLocation, spot{value: k.Got}.shown() + " has not the form that it wants", k}}
	}
	if len(e.Causes) == 0 {
		return []leaf{{e.InstanceLocation, e.ErrorKind.LocalizedString(english), e.ErrorKind}}
	}
	var leaves []leaf
	for _, cause := range e.Causes {
		leaves = append(leaves, leavesOf(cause)...)
	}
	return leaves
}

// notAmong says that a value is none of those listed, if the list can be read.
func notAmong(k *kind.Enum) string {
	const readable = 9
	got := spot{value: k.Got}.shown()
	if len(k.Want) > readable {
		return got + " is none of the words that it knows here"
	}
	want := make([]string, len(k.Want))
	for i, value := range k.Want {
		want[i] = spot{value: value}.shown()
	}
	return "must be " + strings.Join(want, " or ") + ", is " + got
}

var english = message.NewPrinter(language.English)

func each(e *jsonschema.ValidationError, members []string, why string) []leaf {
	leaves := make([]leaf, len(members))
	for i, member := range members {
		leaves[i] = leaf{slices.Concat(e.InstanceLocation, []string{member}), why, e.ErrorKind}
	}
	return leaves
}

// closest returns the reasons of the alternative that was most likely meant: of
// those for the value's type, the one that refuses the least.
func closest(e *jsonschema.ValidationError) []leaf {
	var meant [][]leaf
	var others []leaf
	for _, cause := range e.Causes {
		leaves := leavesOf(cause)
		if i := slices.IndexFunc(leaves, func(l leaf) bool { return l.tellsType(e.InstanceLocation) }); i >= 0 {
			others = append(others, leaves[i])
		} else {
			meant = append(meant, leaves)
		}
	}
	if len(meant) > 0 {
		return slices.MinFunc(meant, func(a, b []leaf) int { return cmp.Compare(len(a), len(b)) })
	}
	l := others[0]
	if enum, ok := l.kind.(*kind.Enum); ok && len(others) > 1 {
		l.why = spot{value: enum.Got}.shown() + " is none of the words that it knows here"
	}
	return []leaf{l}
}

// tellsType says whether the reason is that the value at a place is of another
// type than an alternative is for: JSON's type, or the word in its member type.
func (l leaf) tellsType(place []string) bool {
	switch l.kind.(type) {
	case *kind.Type:
		return len(l.at) == len(place)
	case *kind.Enum:
		return len(l.at) == len(place)+1 && strings.TrimPrefix(l.at[len(place)], "@") == "type"
	default:
		return false
	}
}
