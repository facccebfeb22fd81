package sentence

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// Ask puts a carrier's words back before what was said after them, and makes a question
// of it where it is a clause: "the garage is open" after "whether" becomes "is the garage
// open". Where that is not certain the words stay in the order in which they were said.
func Ask(language string, c intent.Carrier, said string) string {
	said = strings.TrimSpace(said)
	if !c.Clause {
		return strings.TrimSpace(c.Before + " " + said)
	}
	g := speaking(language).grammar
	clause := g.clause(said)
	if g.prefix != "" {
		return g.prefixed(c.Before, clause)
	}
	turned, ok := g.turn(c.Before, clause)
	switch {
	case ok:
		return strings.Join(turned, " ")
	case c.Before != "":
		return c.Before + " " + said
	case g.lead != "" && len(clause) > 0 && !is(clause[0], g.verbs):
		return g.lead + " " + said
	default:
		return strings.Join(clause, " ")
	}
}

// prefixed makes a question of a clause by words before it: "est-ce que". After a question
// word it does so where a subject and a verb follow, "où est-ce que la voiture est": the
// rest is a question as it is, "où est la voiture".
func (g *grammar) prefixed(before string, clause []string) string {
	asks := slices.ContainsFunc(clause, func(word string) bool {
		return slices.ContainsFunc(g.inverted, func(end string) bool { return strings.HasSuffix(strings.ToLower(word), end) })
	})
	if strings.HasPrefix(before, "quel") && len(clause) > 1 && is(clause[1], g.pronouns) { // "quelle température il fait"
		before, clause = before+" "+clause[0], clause[1:]
	}
	said := strings.Join(clause, " ")
	begins := len(clause) > 1 && (g.begins(clause[0]) || strings.HasPrefix(strings.ToLower(clause[0]), "l'"))
	acts := len(clause) > 1 && slices.ContainsFunc(clause[1:], func(word string) bool { return is(word, g.verbs) })
	switch {
	case asks, before != "" && (!begins || !acts):
		return strings.TrimSpace(before + " " + said)
	case startsWithVowel(said):
		return strings.TrimSpace(before + " " + g.elided + said)
	default:
		return strings.TrimSpace(before + " " + g.prefix + said)
	}
}

// startsWithVowel says whether "que" is elided before a text. Before an h it is left.
func startsWithVowel(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("aàâeéèêëiîïoôuùûyAÀÂEÉÈÊËIÎÏOÔUÙÛY", first)
}

// clause returns the words of a clause, without what is at its end and not part of it, and
// with two words for one that stands for two.
func (g *grammar) clause(said string) []string {
	words := strings.Fields(said)
	for _, tail := range g.tails {
		t := strings.Fields(tail)
		if len(words) > len(t) && slices.EqualFunc(words[len(words)-len(t):], t, strings.EqualFold) {
			words = words[:len(words)-len(t)]
		}
	}
	for i, word := range words {
		if s := slices.IndexFunc(g.short, func(s short) bool { return strings.EqualFold(s.word, word) }); s >= 0 {
			return slices.Concat(words[:i], g.short[s].long, words[i+1:])
		}
	}
	return words
}

// turn makes a question of a clause: question word, what belongs to it, verb, subject,
// the rest. ok is false when the grammar is not certain.
func (g *grammar) turn(before string, clause []string) (question []string, ok bool) {
	at, ok := g.verb(clause)
	if !ok || slices.ContainsFunc(clause[1:], func(word string) bool { return is(word, g.joins) }) {
		return nil, false
	}
	first, ok := g.subject(before, clause, at)
	if !ok {
		return nil, false
	}
	v, ok := g.group(clause, first, at, before != "")
	if !ok || first >= v.from {
		return nil, false
	}
	if before != "" {
		question = []string{before}
	}
	return slices.Concat(question, clause[:first], v.front, clause[first:v.from], v.back, clause[v.to:]), true
}

// verb returns where the one finite verb of a clause is; ok is false when there is none,
// or several, or it is where a question has it.
func (g *grammar) verb(clause []string) (at int, ok bool) {
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
	case at <= 0, at == last && is(clause[at], g.busy):
		return 0, false
	case g.last && at != last: // "die Garage ist offen", as a clause is sometimes said
		return at, is(clause[at+1], g.settles)
	default:
		return at, true
	}
}

// moved is what moves when a clause turns: its words from and to are gone, front comes
// before the subject, back after it.
type moved struct {
	from, to    int
	front, back []string
}

// group returns what moves with the verb of a clause whose subject begins at first; asked
// says that a question word is before it. ok is false when the grammar is not certain.
func (g *grammar) group(clause []string, first, at int, asked bool) (v moved, ok bool) {
	v = moved{from: at, to: at + 1}
	for v.from > first+1 && is(clause[v.from-1], g.clitics) {
		v.from--
	}
	if v.from == first+1 && is(clause[first], g.clitics) { // "no hay nadie"
		return moved{}, false
	}
	verb := strings.ToLower(clause[at])
	if is(verb, g.fused) {
		if v.to == len(clause) || !g.participle(clause[v.to]) {
			return moved{}, false
		}
		v.to++
	}
	v.front = clause[v.from:v.to]
	whole := slices.IndexFunc(g.whole, func(h helped) bool { return h.verb == verb })
	if whole < 0 {
		return v, true
	}
	help := g.whole[whole]
	rest := clause[at+1:]
	after := slices.IndexFunc(rest, func(word string) bool { return !is(word, g.adverbs) })
	switch {
	case len(rest) == 0: // "what the phone has", but not "whether the phone has"
		ok = asked
	case after < 0:
		return moved{}, false
	case help.becomes == "do": // "it does not work"
		return v, after > 0
	case g.participle(rest[after]): // "it has stopped", but not "how long it has left"
		return v, !asked || !strings.EqualFold(rest[after], "left")
	default:
		ok = g.object(rest[0])
	}
	v.front, v.back = []string{help.by}, []string{help.becomes}
	return v, ok
}

// participle says whether a word is a participle.
func (g *grammar) participle(word string) bool {
	return is(word, g.parts) || slices.ContainsFunc(g.ends, func(end string) bool { return len(word) > len(end)+2 && strings.HasSuffix(strings.ToLower(word), end) })
}

// object says whether a word begins what somebody has.
func (g *grammar) object(word string) bool {
	return is(word, g.objects) || strings.Trim(word, "0123456789") == ""
}

// subject returns where the subject of a clause begins, before its verb. What is before
// it belongs to the question word: "how warm", "wie viele Fenster".
func (g *grammar) subject(before string, clause []string, verb int) (first int, ok bool) {
	if before == "" { // whether: all before the verb is the subject
		return 0, true
	}
	if g.last {
		first, ok = g.germanSubject(before, clause, verb)
		return first, ok && first < verb
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
func (g *grammar) germanSubject(before string, clause []string, verb int) (first int, ok bool) {
	bare := g.begins(clause[0])
	counts := before == "wie" && is(clause[0], []string{"viele", "viel", "wenige", "wenig"})
	picks := strings.HasPrefix(before, "welch")
	switch {
	case before == "was" && strings.EqualFold(clause[0], "für"): // "was für ein Wetter"
		return 0, false
	case before != "wie" && !picks, before == "wie" && bare:
		return 0, true
	case !counts && !picks:
		return 1, verb > 1
	}
	from := 0
	if counts {
		from = 1
	}
	for i := from; i < verb; i++ {
		switch {
		case strings.EqualFold(clause[i], "von"): // "wie viele von den Lampen"
			return 0, false
		case g.begins(clause[i]) || is(clause[i], g.settles):
			return i, i > 0
		}
	}
	// Nothing is known after the noun. It is the first word with a capital letter; without
	// capitals nobody knows.
	for i := from; i < verb; i++ {
		if strings.ToLower(clause[i]) != clause[i] {
			return i + 1, true
		}
	}
	return 0, false
}

// begins says whether a word begins a subject.
func (g *grammar) begins(word string) bool { return is(word, g.pronouns) || is(word, g.determiners) }

// is says whether a word is one of several, in small or capital letters.
func is(word string, all []string) bool {
	return slices.ContainsFunc(all, func(one string) bool { return strings.EqualFold(one, word) })
}
