package invocation

import (
	"strings"
	"unicode/utf8"
)

// better returns a name in which there is nothing to find, as much like the given one
// as the rules allow.
func (l *language) better(name string) string {
	words := l.kept(l.spelled(name))
	if len(words) == 2 {
		for i, word := range words {
			if l.modest(word) {
				words = append(words[:i], words[i+1:]...)
				break
			}
		}
	}
	if len(words) == 1 && words[0] != l.house && !l.unspaced {
		words = append(words, l.house)
	}
	proposal := strings.Join(words, " ")
	for utf8.RuneCountInString(proposal) > longest && len(words) > 2 {
		words = words[:len(words)-1]
		proposal = strings.Join(words, " ")
	}
	if l.breaches(proposal) != nil {
		return l.byDefault
	}
	return proposal
}

// spelled writes out what is not letters, as far as it is said at all.
func (l *language) spelled(name string) []string {
	digits := strings.Fields(l.digits)
	var out strings.Builder
	for _, r := range name {
		switch {
		case r >= '0' && r <= '9':
			out.WriteString(" " + digits[r-'0'] + " ")
		case l.letter(r), r == '\'':
			out.WriteRune(r)
		case r == '.':
			out.WriteString(". ")
		default:
			out.WriteString(fold(r))
		}
	}
	return strings.Fields(out.String())
}

// kept returns the words of a name that may be in one, with their periods and
// apostrophes where they may be.
func (l *language) kept(spelled []string) (words []string) {
	s := subject{language: l}
	for _, word := range spelled {
		if !initial(word) {
			word = strings.ReplaceAll(word, ".", "")
		}
		if !s.elided(word) {
			word = strings.ReplaceAll(word, "'", "")
		}
		switch {
		case word == "", l.wakes(word), l.reserves(word), l.launches(word), l.connects(word):
		case unpronounceable(word):
			for _, letter := range word {
				words = append(words, string(letter)+".")
			}
		default:
			words = append(words, word)
		}
	}
	return words
}

// folded are the letters with marks of the languages that are written in Latin ones,
// in groups that begin with the letter that stands for them.
const folded = "aàáâãäå cç eèéêë iìíîï nñ oòóôõöø uùúûü yýÿ"

// fold returns what stands for a letter with a mark where the language has not got
// it; a space for what is no such letter.
func fold(r rune) string {
	for group := range strings.FieldsSeq(folded) {
		if strings.ContainsRune(group, r) {
			return group[:1]
		}
	}
	return " "
}
