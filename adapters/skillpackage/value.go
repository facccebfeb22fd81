package skillpackage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// longestValue bounds a slot's value and a synonym, in characters
// (https://developer.amazon.com/docs/alexa/smapi/interaction-model-schema.html).
const longestValue = 140

// value is one of a slot type's.
type value struct {
	ID   string    `json:"id,omitempty"`
	Name valueName `json:"name"`
}

type valueName struct {
	Value    string   `json:"value"`
	Synonyms []string `json:"synonyms,omitempty"`
}

// values returns things as a slot's values, no two of which are one to Alexa. Where
// two things have one name, the later one gets another value and keeps the name as a
// synonym: Alexa then finds both by it. unsayable are the ids of those whose names
// have nothing to say.
func (v *vocabulary) values(things []Thing) (values []value, unsayable []string) {
	taken := map[string]bool{}
	names := map[string]int{}
	for _, thing := range things {
		names[folded(v.sayable(thing.Name))]++
	}
	for _, thing := range things {
		said := v.said(thing)
		if len(said) == 0 {
			unsayable = append(unsayable, thing.ID)
			continue
		}
		name := said[0]
		if taken[folded(name)] {
			name = v.another(thing, said, func(other string) bool { return taken[folded(other)] || names[folded(other)] > 0 })
		}
		taken[folded(name)] = true
		values = append(values, value{thing.ID, valueName{name, slices.DeleteFunc(said, func(other string) bool { return folded(other) == folded(name) })}})
	}
	return values, unsayable
}

// said returns a thing's names as they are said, no two alike, the best first.
func (v *vocabulary) said(thing Thing) (said []string) {
	for _, name := range append([]string{thing.Name}, thing.Others...) {
		name = v.sayable(name)
		if name != "" && !slices.ContainsFunc(said, func(s string) bool { return folded(s) == folded(name) }) {
			said = append(said, name)
		}
	}
	return said
}

// another returns a name for a thing whose own is taken: one that it has besides, or
// its own with that of its area, or with a number.
func (v *vocabulary) another(thing Thing, said []string, taken func(string) bool) string {
	candidates := slices.Clone(said[1:])
	if area := v.sayable(thing.Area); area != "" {
		candidates = append(candidates, v.sayable(area+" "+said[0]))
	}
	for _, candidate := range candidates {
		if !taken(candidate) {
			return candidate
		}
	}
	for n := 2; ; n++ {
		short := []rune(said[0])
		number := strconv.Itoa(n)
		if candidate := string(short[:min(len(short), longestValue-len(number)-1)]) + " " + number; !taken(candidate) {
			return candidate
		}
	}
}

// placeholders are values for a type of which the house has none. They have no ids:
// they are nothing that there is.
func (v *vocabulary) placeholders(kind intent.Type) []value {
	var names []string
	if kind == intent.Choice {
		for _, other := range []intent.Type{intent.Area, intent.Automation, intent.Script, intent.Helper, intent.Timer} {
			names = append(names, v.Placeholders[other]...)
		}
	} else {
		names = v.Placeholders[kind]
	}
	values := make([]value, len(names))
	for i, name := range names {
		values[i].Name.Value = name
	}
	return values
}

// ordinals are the values of intent.Ordinal.
func ordinals(language string) []value {
	values := make([]value, intent.Ordinals)
	for i := range values {
		words := intent.OrdinalWords(language, i+1)
		values[i] = value{strconv.Itoa(i + 1), valueName{words[0], words[1:]}}
	}
	return values
}

// carried returns the sample utterance of a query with words before it, which a
// dropped letter joins to it.
func carried(words string) string {
	slot := "{" + intent.SlotQuery + "}"
	if strings.HasSuffix(words, "'") {
		return words + slot
	}
	return words + " " + slot
}
