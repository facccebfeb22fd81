package sentence

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// grammar is how a language makes a question of a clause.
type grammar struct {
	// verbs are the finite verbs that are known. A clause turns around one of them.
	verbs []string
	// last says that the verb of a clause is its last word ("ob die Garage offen ist").
	last bool
	// busy are verbs that say too much to be turned where they are the last word:
	// "what the kids do".
	busy []string
	// subjects begin a subject: pronouns, which are one by themselves, and determiners,
	// which need a noun after them.
	pronouns, determiners []string
	// joins are words after which a clause may have another verb of its own, and
	// clitics words that belong to the verb after them. With either it is left as it is.
	joins, clitics []string
	// relations need a noun after them: words before the subject do not end in one.
	relations []string
	// tails are words at the end that are no part of the clause.
	tails []string
	// prefix makes a question of a clause that is not turned; elided is the same before a
	// vowel. A language has either this or verbs.
	prefix, elided string
}

var grammars = map[string]grammar{
	"en": {
		verbs:    []string{"is", "are", "was", "were", "has", "have", "had", "can", "could", "will", "would", "should", "does", "do", "did"},
		busy:     []string{"has", "have", "had", "does", "do", "did", "can", "could", "will", "would", "should"},
		pronouns: []string{"it", "he", "she", "they", "we", "i", "you", "there", "this", "that", "everything", "anything", "everybody", "everyone", "anybody", "anyone", "somebody", "someone"},
		determiners: []string{
			"the", "a", "an", "my", "our", "your", "his", "her", "their", "these", "those", "any", "all", "some", "both",
		},
		joins:     []string{"that", "which", "who", "whose", "where", "when", "while", "because", "if", "whether", "and", "or", "but", "what", "how"},
		relations: []string{"in", "on", "at", "of", "from", "to", "with", "for", "under", "above", "near", "by", "into", "off", "behind", "before", "after", "over", "outside", "inside"},
		tails:     []string{"or not"},
	},
	"de": {
		verbs: []string{
			"ist", "sind", "war", "waren", "hat", "haben", "kann", "können", "wird", "werden", "läuft", "laufen", "brennt", "brennen", "steht", "stehen",
			"gibt", "liegt", "liegen", "beträgt", "kommt", "kommen", "geht", "gehen", "fährt", "endet", "beginnt", "dauert", "braucht", "leuchtet", "leuchten", "scheint", "regnet",
		},
		last:        true,
		pronouns:    []string{"es", "er", "sie", "wir", "ich", "du", "ihr", "man", "jemand", "niemand", "alles", "etwas"},
		determiners: []string{"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "mein", "meine", "unser", "unsere", "alle", "noch"},
		joins:       []string{"und", "oder", "aber", "weil", "dass", "daß", "wenn", "ob", "wo", "wie", "was", "wer", "welche", "welcher", "welches"},
		tails:       []string{"oder nicht"},
	},
	"fr": {prefix: "est-ce que ", elided: "est-ce qu'"},
	"es": {
		verbs:   []string{"está", "están", "estaba", "es", "son", "hay", "ha", "han", "tiene", "tienen"},
		joins:   []string{"que", "y", "o", "pero", "porque", "si", "donde", "cuando", "quien", "cual", "como"},
		clitics: []string{"no", "se", "me", "te", "lo", "le", "les", "nos", "os", "ya"},
		tails:   []string{"o no"},
	},
	"it": {tails: []string{"o no"}}, // an Italian question has the words of the clause
}

// Ask puts a carrier's words back before what was said after them, and makes a question
// of it where it is a clause: "the garage is open" after "whether" becomes "is the garage
// open". Where that is not certain the words stay in the order in which they were said.
func Ask(language string, c intent.Carrier, said string) string {
	said = strings.TrimSpace(said)
	if !c.Clause {
		return strings.TrimSpace(c.Before + " " + said)
	}
	g := grammars[language]
	clause := g.clause(said)
	turned, ok := g.turn(c.Before, clause)
	switch {
	case ok:
		return strings.Join(turned, " ")
	case c.Before != "":
		return c.Before + " " + said
	case g.prefix == "":
		return strings.Join(clause, " ")
	case startsWithVowel(said):
		return g.elided + said
	default:
		return g.prefix + said
	}
}

// startsWithVowel says whether "que" is elided before a text. Before an h it is left.
func startsWithVowel(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("aàâeéèêëiîïoôuùûyAÀÂEÉÈÊËIÎÏOÔUÙÛY", first)
}

// clause returns the words of a clause, without what is at its end and not part of it.
func (g grammar) clause(said string) []string {
	words := strings.Fields(said)
	for _, tail := range g.tails {
		t := strings.Fields(tail)
		if len(words) > len(t) && slices.EqualFunc(words[len(words)-len(t):], t, strings.EqualFold) {
			words = words[:len(words)-len(t)]
		}
	}
	return words
}

// turn makes a question of a clause: question word, what belongs to it, verb, subject,
// the rest. ok is false when the grammar is not certain.
func (g grammar) turn(before string, clause []string) (question []string, ok bool) {
	at, ok := g.verb(clause)
	if !ok || slices.ContainsFunc(clause[1:], func(word string) bool { return is(word, g.joins) }) {
		return nil, false
	}
	first, ok := g.subject(before, clause, at)
	if !ok || first == at {
		return nil, false
	}
	if before != "" {
		question = []string{before}
	}
	question = append(question, clause[:first]...)
	question = append(question, clause[at])
	question = append(question, clause[first:at]...)
	return append(question, clause[at+1:]...), true
}

// verb returns where the one finite verb of a clause is; ok is false when there is none,
// or several, or it is where a question has it.
func (g grammar) verb(clause []string) (at int, ok bool) {
	at = -1
	for i, word := range clause {
		if !is(word, g.verbs) {
			continue
		}
		if at >= 0 {
			return 0, false
		}
		at = i
	}
	last := len(clause) - 1
	switch {
	case at <= 0, g.last && at != last, at == last && is(clause[at], g.busy), is(clause[at-1], g.clitics):
		return 0, false
	default:
		return at, true
	}
}

// subject returns where the subject of a clause begins, before its verb. What is before
// it belongs to the question word: "how warm", "wie viele Fenster".
func (g grammar) subject(before string, clause []string, verb int) (first int, ok bool) {
	if before == "" { // whether: all before the verb is the subject
		return 0, true
	}
	if g.last {
		return g.germanSubject(before, clause, verb)
	}
	for i := range verb {
		pronoun := is(clause[i], g.pronouns) && i == verb-1
		determined := is(clause[i], g.determiners) && i < verb-1
		if (pronoun || determined) && (i == 0 || !is(clause[i-1], g.relations)) {
			return i, true
		}
		if is(clause[i], g.relations) { // "how many lights in the kitchen are on"
			return 0, false
		}
	}
	return 0, false // "what lights are on": it is a question as it is
}

// germanSubject is subject where the verb is last: after "wie viele" and "welche" a noun
// belongs to the question word, after another "wie" one word, after "was" none.
func (g grammar) germanSubject(before string, clause []string, verb int) (first int, ok bool) {
	bare := is(clause[0], g.pronouns) || is(clause[0], g.determiners)
	counts := before == "wie" && (strings.EqualFold(clause[0], "viele") || strings.EqualFold(clause[0], "viel"))
	switch {
	case before != "wie" && before != "welche", before == "wie" && bare:
		return 0, true
	case before == "wie" && !counts:
		return 1, verb > 1
	case counts && verb > 1 && (is(clause[1], g.pronouns) || is(clause[1], g.determiners)): // "wie viel die Batterie hat"
		return 1, true
	}
	from := 0
	if counts {
		from = 1
	}
	// The noun is the first word with a capital letter; without capitals nobody knows.
	for i := from; i < verb; i++ {
		if strings.ToLower(clause[i]) != clause[i] {
			return i + 1, true
		}
	}
	return 0, false
}

// is says whether a word is one of several, in small or capital letters.
func is(word string, all []string) bool {
	return slices.ContainsFunc(all, func(one string) bool { return strings.EqualFold(one, word) })
}
