package invocation

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Amazon's bounds for an invocation name, in characters.
const (
	shortest = 2
	longest  = 50
)

// subject is a name that is looked at, as Name returns it.
type subject struct {
	name  string
	words []string
	*language
}

// rule is a Rule with how a breach is found: breach returns what is wrong, "" for
// nothing. listed says that it goes by a list which Amazon has in English only: a
// word of another language's list is a guess, and a warning.
type rule struct {
	Rule
	listed bool
	breach func(subject) string
}

var rules = [...]rule{
	{Rule: Rule{"length", Error, "It has from 2 to 50 characters.", "x", "en-US"}, breach: func(s subject) string {
		if n := utf8.RuneCountInString(s.name); n < shortest || n > longest {
			return fmt.Sprintf("the name has %d characters, and may have from %d to %d", n, shortest, longest)
		}
		return ""
	}},
	{Rule: Rule{"number", Error, "Numbers are spelled out, as they are said.", "house 21", "en-US"}, breach: func(s subject) string {
		if strings.ContainsAny(s.name, "0123456789") {
			return "the name has a number in digits, which must be spelled out"
		}
		return ""
	}},
	{Rule: Rule{"character", Error, "It has nothing but the letters of the language, spaces, periods and apostrophes, and begins with a letter.", "our home!", "en-US"}, breach: func(s subject) string {
		for i, r := range s.name {
			switch {
			case s.letter(r), r >= '0' && r <= '9':
			case i == 0 || r != ' ' && r != '.' && r != '\'':
				return fmt.Sprintf("the name may not have %q there", r)
			}
		}
		return ""
	}},
	{Rule: Rule{"period", Error, "Periods stand behind single letters only, with a space after: “b. b. c.”.", "b.b.c. home", "en-US"}, breach: func(s subject) string {
		return s.first(func(word string) bool { return strings.Contains(word, ".") && !initial(word) },
			"the periods of %q are not those of letters said one by one, each with a space after it")
	}},
	{Rule: Rule{"initials", Warning, "Letters that are said one by one are written so: “b. b. c.”.", "bbc home", "en-US"}, breach: func(s subject) string {
		return s.first(unpronounceable, "%q looks like letters that are said one by one, which are written with a period and a space after each")
	}},
	{Rule: Rule{"apostrophe", Error, "Apostrophes are those of possessives, or stand for a letter where the language drops one.", "'our' home", "en-US"}, breach: func(s subject) string {
		return s.first(func(word string) bool { return !s.elided(word) }, "the apostrophe of %q belongs to no word")
	}},
	{Rule: Rule{"wake-word", Error, "It has no word that wakes a device up: Alexa, Amazon, Echo, Computer, Ziggy.", "alexa butler", "en-US"}, breach: func(s subject) string {
		return s.first(s.wakes, "%q wakes devices up")
	}},
	{Rule: Rule{"reserved-word", Error, "It has not the words skill and app.", "home skill", "en-US"}, breach: func(s subject) string {
		return s.first(s.reserves, "%q is a word that Amazon keeps for itself")
	}},
	{Rule: Rule{"launch-phrase", Error, "It has no word that opens skills: open, start, launch, run, begin, load, play, resume, use, ask, tell, enable.", "ask jarvis", "en-US"}, breach: func(s subject) string {
		return s.first(s.launches, "%q is a word by which skills are opened")
	}},
	{Rule: Rule{"connecting-word", Error, "It has no word that leads from the name to what is wanted: to, from, in, using, with, about, for, that, by, if, and, whether.", "house and garden", "en-US"}, listed: true, breach: func(s subject) string {
		return s.first(s.connects, "%q leads from a name to what is wanted of it")
	}},
	{Rule: Rule{"article", Error, "A name of two words has no article and no preposition.", "the butler", "en-US"}, breach: func(s subject) string {
		if len(s.words) != 2 {
			return ""
		}
		return s.first(s.modest, "%q is an article or a preposition, and the name has but one word beside it")
	}},
	{Rule: Rule{"one-word", Warning, "It has two words or more, unless it is a brand of one's own (or, in German, a compound).", "jarvis", "en-US"}, breach: func(s subject) string {
		if s.unspaced || len(s.words) != 1 {
			return ""
		}
		return fmt.Sprintf("%q is one word, which must be a brand of one's own%s", s.words[0], s.compounds)
	}},
	{Rule: Rule{"feature", Warning, "It is not what Alexa can do herself.", "smart home", "en-US"}, breach: func(s subject) string {
		if strings.Contains(s.features, ","+s.name+",") {
			return fmt.Sprintf("%q is what Alexa answers to herself", s.name)
		}
		return ""
	}},
	{Rule: Rule{"script", Warning, "It is written as the language is.", "home assistant", "ja-JP"}, breach: func(s subject) string {
		if s.from == 0 || s.latin || !strings.ContainsAny(s.name, basicLetters) {
			return ""
		}
		return "the name is not written as its language is"
	}},
}

// first says something of the first word of which a claim is true.
func (s subject) first(claim func(string) bool, sentence string) string {
	for _, word := range s.words {
		if claim(word) {
			return fmt.Sprintf(sentence, word)
		}
	}
	return ""
}

// initial says whether a word is a letter with a period.
func initial(word string) bool {
	letter, found := strings.CutSuffix(word, ".")
	return found && utf8.RuneCountInString(letter) == 1
}

// unpronounceable says whether a word has Latin consonants and nothing else, and more
// than one.
func unpronounceable(word string) bool {
	const consonants = "bcdfghjklmnpqrstvwxz"
	return len(word) > 1 && strings.Trim(word, consonants) == ""
}

// elided says whether the apostrophes of a word, if any, are where they may be:
// between letters, or behind an s at the end.
func (s subject) elided(word string) bool {
	parts := strings.Split(word, "'")
	for i, part := range parts {
		last := i == len(parts)-1
		if part == "" && (len(parts) == 1 || !last || !strings.HasSuffix(parts[max(i-1, 0)], "s")) {
			return false
		}
	}
	return true
}
