package hearing

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// sentence is what the words of somebody say besides the names in them.
type sentence struct {
	// text is all of it, and bare what is left without the filler words at both ends.
	text, bare string
	// denies says that there is a negation in it, acts a verb that asks for something to
	// be done, and asks a question word.
	denies, acts, asks bool
	// begins says that it begins with the question word.
	begins bool
	// words are what is left as they are compared.
	words []string
	// language is whose words they are, known what LEE knows of it.
	language string
	known    *vocabulary
}

// grammar is what a language says beside names. Each entry is a word or several.
type grammar struct {
	// fillers say nothing: "please", "I mean".
	fillers []string
	// negations turn around what is said beside them.
	negations []string
	// verbs ask for something to be done, or say what is done to it: "turn", "off".
	verbs []string
	// questions begin a question.
	questions []string
	// counted are words that go with an ordinal: "the … one".
	counted []string
}

// vocabulary is a grammar as words to compare.
type vocabulary struct {
	fillers, negations, verbs, questions, counted [][]string
	// ordinals are the words for the first, the second and so on.
	ordinals [intent.Ordinals][][]string
}

// vocabularies are made at their first use: most requests need none.
var vocabularies = func() map[string]func() *vocabulary {
	all := make(map[string]func() *vocabulary, len(grammars))
	for language, g := range grammars {
		all[language] = sync.OnceValue(func() *vocabulary { return newVocabulary(language, g) })
	}
	return all
}()

func newVocabulary(language string, g grammar) *vocabulary {
	split := func(all []string) [][]string {
		phrases := make([][]string, len(all))
		for i, one := range all {
			phrases[i] = spoken.Words(one)
		}
		// The longest first: "it is" before "it".
		slices.SortStableFunc(phrases, func(a, b []string) int { return len(b) - len(a) })
		return phrases
	}
	v := &vocabulary{
		fillers: split(g.fillers), negations: split(g.negations), verbs: split(g.verbs), questions: split(g.questions), counted: split(g.counted),
	}
	for n := range v.ordinals {
		v.ordinals[n] = split(intent.OrdinalWords(language, n+1))
	}
	return v
}

// read reads a text in a language; in English where the language is unknown.
func read(language, text string) sentence {
	known, ok := vocabularies[language]
	if !ok {
		known = vocabularies["en"]
	}
	v := known()
	words, at := divide(text)
	from, to := v.strip(words)
	rest := words[from:to]
	s := sentence{
		text: text, words: rest, language: language, known: v,
		denies: holds(words, v.negations), acts: holds(rest, v.verbs), asks: holds(rest, v.questions), begins: leads(rest, v.questions) > 0,
	}
	if from < to {
		s.bare = text[at[from].start:at[to-1].end]
	}
	return s
}

// span is where a word is in a text, in bytes.
type span struct{ start, end int }

// divide divides a text into the words that are compared, and says where each was.
func divide(text string) (words []string, at []span) {
	start := -1
	add := func(end int) {
		if start < 0 {
			return
		}
		for _, word := range spoken.Words(text[start:end]) { // one, or none for accents alone
			words, at = append(words, word), append(at, span{start, end})
		}
		start = -1
	}
	for i, r := range text {
		switch part := unicode.In(r, unicode.Letter, unicode.Number, unicode.Mn); {
		case part && start < 0:
			start = i
		case !part:
			add(i)
		}
	}
	add(len(text))
	return words, at
}

// strip returns where words begin and end without the filler words at both ends.
func (v *vocabulary) strip(words []string) (from, to int) {
	to = len(words)
	for {
		if n := leads(words[from:to], v.fillers); n > 0 {
			from += n
		} else if n := trails(words[from:to], v.fillers); n > 0 {
			to -= n
		} else {
			return from, to
		}
	}
}

// place returns the place in a list that a sentence is, counted from 1, and the words
// that say it; ok is false when the sentence is anything else, or anything more.
func (s sentence) place() (n int, by string, ok bool) {
	words := s.known.uncounted(s.words) // "that third one there", "number 3"
	switch {
	case len(s.words) == 0:
		return 0, "", false
	case len(words) == 0:
		words = s.words // "one"
	}
	by = strings.Join(words, " ")
	for i, ordinals := range s.known.ordinals {
		if slices.ContainsFunc(ordinals, func(ordinal []string) bool {
			return slices.Equal(ordinal, s.words) || slices.Equal(s.known.uncounted(ordinal), words)
		}) {
			return i + 1, by, true
		}
	}
	if len(words) != 1 {
		return 0, "", false
	}
	if number, ok := spoken.Number(s.language, words[0]); ok && number == math.Trunc(number) {
		return int(number), by, true
	}
	n, ok = abbreviated(words[0])
	return n, by, ok
}

// within says whether a name of a thing has all words that were said, verbs included.
func (s sentence) within(thing spoken.Thing) bool {
	return slices.ContainsFunc(thing.Names, func(name string) bool {
		words := spoken.Words(name)
		return !slices.ContainsFunc(s.words, func(word string) bool { return !slices.Contains(words, word) })
	})
}

// abbreviated returns the number that an ordinal in digits is for: "2nd", "3º".
func abbreviated(word string) (n int, ok bool) {
	ending := strings.TrimLeft(word, "0123456789")
	n, err := strconv.Atoi(strings.TrimSuffix(word, ending))
	return n, err == nil && slices.Contains(endings, ending)
}

// endings are what ordinals in digits end in, in all languages.
var endings = []string{"st", "nd", "rd", "th", "e", "er", "re", "nde", "eme", "ieme", "o", "a", "\u00ba", "\u00aa"}

// uncounted returns words without those that go with an ordinal.
func (v *vocabulary) uncounted(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		return slices.ContainsFunc(v.counted, func(phrase []string) bool { return len(phrase) == 1 && phrase[0] == word })
	})
}

// holds says whether one of the phrases is among the words.
func holds(words []string, phrases [][]string) bool {
	for i := range words {
		if leads(words[i:], phrases) > 0 {
			return true
		}
	}
	return false
}

// leads returns how many words the phrase has that the words begin with, the first of
// phrases; 0 for none.
func leads(words []string, phrases [][]string) int {
	for _, phrase := range phrases {
		if len(phrase) <= len(words) && slices.Equal(words[:len(phrase)], phrase) {
			return len(phrase)
		}
	}
	return 0
}

// trails is leads for the end of the words.
func trails(words []string, phrases [][]string) int {
	for _, phrase := range phrases {
		if len(phrase) <= len(words) && slices.Equal(words[len(words)-len(phrase):], phrase) {
			return len(phrase)
		}
	}
	return 0
}
