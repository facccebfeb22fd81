// Package sentence makes sentences for the home's conversation agent: of an intent and
// its slots the words that were said, and of a clause ("whether the garage is open") a
// question. It is pure and safe for concurrent use.
//
// Home Assistant's own agent matches sentences word by word. A sentence that is turned
// wrongly is worse than one that is left as it was said, so a clause is only turned where
// its grammar is certain.
package sentence

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// sample is one way to say an intent. Slots are in braces. {place} stands for the slot area
// with the preposition and the article that it needs: another sample with the same slots is
// preferred where these are not known.
type sample struct{ intent, says string }

// place is the name in braces for an area with its preposition.
const place = "place"

// vocabulary is what a language has of its own.
type vocabulary struct {
	language string
	grammar  *grammar
	samples  []sample
	places   places
	// units are the words for units.
	units [Percent + 1]string
}

// Said returns what was said for an intent of a language ("de"), by its name and the words of
// its slots; slots without words count as missing. ok is false where no sentence of the
// language has exactly these slots. A language that LEE does not speak counts as English.
func Said(language, name string, slots map[string]string) (text string, ok bool) {
	v := speaking(language)
	given := make([]string, 0, len(slots))
	for slot, words := range slots {
		if strings.TrimSpace(words) != "" {
			given = append(given, slot)
		}
	}
	slices.Sort(given)
	name = saidAs(name, given)
	best := ""
	for _, s := range v.samples {
		if s.intent != name || !slices.Equal(slotsIn(s.says), given) {
			continue
		}
		if best = s.says; !strings.Contains(best, "{"+place+"}") || v.places.known(slots[intent.SlotArea]) {
			break
		}
	}
	if best == "" {
		return "", false
	}
	return v.fill(best, slots), true
}

// saidAs returns the intent whose sentences have the given slots. A helper that is set takes a
// number or an option, and LEE finds out which by what the helper is.
func saidAs(name string, given []string) string {
	number, option := slices.Contains(given, intent.SlotNumber), slices.Contains(given, intent.SlotOption)
	switch {
	case name == intent.SetHelperNumber && option && !number:
		return intent.SetHelperOption
	case name == intent.SetHelperOption && number && !option:
		return intent.SetHelperNumber
	default:
		return name
	}
}

// slotsIn returns the names of the slots of a sample, sorted.
func slotsIn(says string) []string {
	names := []string{}
	for rest := says; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			slices.Sort(names)
			return names
		}
		name, left, _ := strings.Cut(after, "}")
		if name == place {
			name = intent.SlotArea
		}
		names, rest = append(names, name), left
	}
}

// fill puts the words of slots in a sample's braces.
func (v *vocabulary) fill(says string, slots map[string]string) string {
	var out strings.Builder
	for rest := says; ; {
		before, after, found := strings.Cut(rest, "{")
		if !found {
			out.WriteString(before)
			return strings.Join(strings.Fields(out.String()), " ")
		}
		name, left, _ := strings.Cut(after, "}")
		words := strings.TrimSpace(slots[name])
		if name == place {
			words = v.places.put(strings.TrimSpace(slots[intent.SlotArea]))
		} else if article := v.lastArticle(before); article != "" && v.determined(words) {
			before = strings.TrimSuffix(before, article+" ") // "the" and "my thermostat"
		}
		out.WriteString(before + words)
		rest = left
	}
}

// lastArticle returns the article that a text ends with, "" for none.
func (v *vocabulary) lastArticle(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 || !strings.HasSuffix(text, " ") || !slices.Contains(v.places.articles, words[len(words)-1]) {
		return ""
	}
	return words[len(words)-1]
}

// determined says whether a text begins with an article.
func (v *vocabulary) determined(text string) bool {
	first, rest, _ := strings.Cut(strings.ToLower(text), " ")
	return rest != "" && slices.Contains(v.places.articles, first)
}

// Samples returns all sentences of an intent in a language, with the slots in braces by their
// names: they are sample utterances of the interaction model as well, so the agent is told what
// people were taught to say. They are nil for an intent that has none. The caller may change
// the slice.
func Samples(language, name string) []string {
	v := speaking(language)
	var all []string
	for _, s := range v.samples {
		switch {
		case s.intent != name:
		case strings.Contains(s.says, "{"+place+"}"):
			for _, form := range v.places.all() {
				all = append(all, strings.ReplaceAll(s.says, "{"+place+"}", form))
			}
		default:
			all = append(all, s.says)
		}
	}
	return all
}

var vocabularies = []*vocabulary{&english, &german, &french, &spanish, &italian}

func speaking(language string) *vocabulary {
	i := slices.IndexFunc(vocabularies, func(v *vocabulary) bool { return v.language == language })
	return vocabularies[max(i, 0)]
}
