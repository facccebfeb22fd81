package naming

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A compound is one word that is made of two, as German, Dutch, Swedish, Danish,
// Norwegian and Finnish make them: "Küchenlicht" is the light of the "Küche". No
// setting says which language a home speaks, so the rules hold for all of them.

// linkers are the letters between the two parts of a compound, and the genitive that
// Finnish puts before a word of its own ("keittiön valo").
var linkers = []string{"", "n", "en", "s", "es", "e", "er", "ns", "ens"}

// englishPlaces are what English adds to a place to name another one: the hallway is not
// the hall, and the bathroom not the bath. The languages of compounds have none of them.
var englishPlaces = []string{"way", "room"}

// The least letters of an area in a compound, and of what follows it: less is chance.
const (
	minAreaLetters   = 3
	minSecondLetters = 3
)

// beginsCompound says whether a word of a name is a compound that begins with the name
// of an area. Both are as Spoken returns them.
func beginsCompound(name, area string) bool {
	if utf8.RuneCountInString(area) < minAreaLetters {
		return false
	}
	for rest, more := name, true; more; _, rest, more = strings.Cut(rest, " ") {
		if after, ok := strings.CutPrefix(rest, area); ok {
			after, _, _ = strings.Cut(after, " ")
			if slices.ContainsFunc(linkers, func(linker string) bool { return linked(after, linker) }) {
				return true
			}
		}
	}
	return false
}

// linked says whether the rest of a word is a linker and the second part of a compound,
// or a linker alone.
func linked(rest, linker string) bool {
	second, ok := strings.CutPrefix(rest, linker)
	if !ok || utf8.RuneCountInString(second) < minSecondLetters {
		return ok && second == ""
	}
	return !slices.ContainsFunc(englishPlaces, func(place string) bool { return strings.HasPrefix(second, place) })
}
