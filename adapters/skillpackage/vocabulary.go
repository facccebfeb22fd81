package skillpackage

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/sentence"
)

// vocabulary is what a language has of its own in an interaction model. Carriers and
// ordinals are in domain/intent, whole sentences in domain/sentence: the service needs them too.
type vocabulary struct {
	language string
	// Open is how people begin to talk, with a place for the {name}.
	Open string `json:"open"`
	// Elicit are the questions to which anything may be answered.
	Elicit []string `json:"elicit"`
	// Signs are the words for signs that Amazon takes in no name.
	Signs map[string]string `json:"signs"`
	// Placeholders are names that any house may have, by the type of slot: a type
	// must have one at least.
	Placeholders map[intent.Type][]string `json:"placeholders"`
	// Samples are what people say, by the intent's name. The file has those that
	// domain/sentence has not: the home's agent is told the others.
	Samples map[string][]string `json:"samples"`
}

//go:embed spoken/*.json
var spoken embed.FS

// vocabularies are those of the languages that the assistant speaks.
var vocabularies = sync.OnceValue(func() map[string]*vocabulary {
	all := map[string]*vocabulary{}
	for _, language := range append(intent.Languages(), intent.ConversationLanguages()...) {
		v := &vocabulary{language: language}
		raw, err := spoken.ReadFile("spoken/" + language + ".json")
		if err == nil {
			err = json.Unmarshal(raw, v)
		}
		if err != nil {
			panic(err) // the files are part of the program, and tests read all of them
		}
		for _, i := range intent.All() { // domain/sentence has the words of intent.Languages
			if !i.Builtin && slices.Contains(intent.Languages(), language) {
				v.Samples[i.Name] = append(sentence.Samples(language, i.Name), v.Samples[i.Name]...)
			}
		}
		all[language] = v
	}
	return all
})

// sayable returns a name as a slot's value may be: letters, digits, and the signs
// that are parts of words. Words are said for other signs where the language has
// some. It is "" where nothing is left.
func (v *vocabulary) sayable(name string) string {
	var out strings.Builder
	for _, r := range strings.ReplaceAll(name, "’", "'") {
		switch word := v.Signs[string(r)]; {
		case word != "":
			out.WriteString(" " + word + " ")
		case sayable(r):
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
	}
	words := strings.Fields(out.String())
	kept := words[:0]
	for _, word := range words {
		if word = strings.TrimLeft(strings.TrimRight(word, "-"), "-.'"); strings.ContainsFunc(word, spokenRune) {
			kept = append(kept, word)
		}
	}
	said := strings.Join(kept, " ")
	for len([]rune(said)) > longestValue && len(kept) > 1 {
		kept = kept[:len(kept)-1]
		said = strings.Join(kept, " ")
	}
	if runes := []rune(said); len(runes) > longestValue {
		return string(runes[:longestValue])
	}
	return said
}

func spokenRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// sayable says whether a character may be in a slot's value. Amazon takes commas and
// a few other signs besides; nobody says them.
func sayable(r rune) bool {
	mark := unicode.In(r, unicode.Mn, unicode.Mc) && !unicode.Is(unicode.Variation_Selector, r) // which emoji have
	return unicode.IsLetter(r) || mark || unicode.IsDigit(r) || strings.ContainsRune(".'-", r)
}
