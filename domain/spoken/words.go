package spoken

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// words are what is compared: small letters without accents, without articles,
// and numbers in digits.
type words []string

// wordsOf returns the words of a text. It drops articles, but not all there is.
func wordsOf(language, text string) words {
	all := Words(text)
	grammar := grammars[language]
	kept := slices.DeleteFunc(slices.Clone(all), func(word string) bool { return slices.Contains(grammar.articles, word) })
	if len(kept) == 0 {
		kept = all
	}
	for i, word := range kept {
		if n := slices.Index(grammar.numbers, word); n >= 0 {
			kept[i] = strconv.Itoa(n)
		}
	}
	return kept
}

// fold returns a text in small letters without accents. Letters that are written
// with two in other places become these.
func fold(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r = unicode.ToLower(r); unicode.Is(unicode.Mn, r) {
			continue // an accent that stands by itself
		}
		if plain, ok := plain[r]; ok {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plain has the letters with accents of the languages that use Latin ones. The
// standard library has no such table.
var plain = func() map[rune]string {
	table := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i"}
	for letter, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥ", "i": "ìíîïĩīĭį",
		"j": "ĵ", "k": "ķ", "l": "ĺļľ", "n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťț",
		"u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range accented {
			table[r] = letter
		}
	}
	return table
}()

// grammar is what a language says beside the names of things, folded.
type grammar struct {
	// articles and the like say nothing about what is meant.
	articles []string
	// numbers are the words for the numbers from 0.
	numbers []string
}

var grammars = map[string]grammar{
	"en": {
		articles: []string{"the", "a", "an", "my", "our", "in", "at", "s"},
		numbers:  []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"},
	},
	"de": {
		articles: []string{
			"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer",
			"mein", "meine", "meinen", "meinem", "meiner", "unser", "unsere", "unseren", "in", "im", "am",
		},
		numbers: []string{"null", "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwolf"},
	},
	"fr": {
		articles: []string{"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "mon", "ma", "mes", "notre", "nos", "dans", "a", "au", "aux"},
		numbers:  []string{"zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"},
	},
	"es": {
		articles: []string{"el", "la", "los", "las", "lo", "un", "una", "unos", "unas", "mi", "mis", "nuestro", "nuestra", "de", "del", "en", "al"},
		numbers:  []string{"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"},
	},
	"it": {
		articles: []string{
			"il", "lo", "la", "i", "gli", "le", "l", "un", "una", "mio", "mia", "miei", "mie", "nostro", "nostra",
			"di", "del", "della", "dello", "dei", "delle", "in", "nel", "nella",
		},
		numbers: []string{"zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"},
	},
}

// Words returns the words of a text as they are compared: small letters without accents,
// split at whatever is no letter or digit. Articles stay, and number words stay words.
func Words(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}
