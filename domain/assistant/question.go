package assistant

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// wordOrder is how a language makes a question of a clause.
type wordOrder struct {
	// verbs are the finite verbs that tell a clause from a question.
	verbs []string
	// last says that the verb of a clause is its last word ("ob die Garage offen
	// ist"), otherwise it is somewhere after the subject.
	last bool
	// prefix is put before a clause that is left as it is, "est-ce que".
	prefix string
	// adverbs are question words after which one more word belongs to them: "wie
	// warm", "how many".
	adverbs []string
}

var wordOrders = map[string]wordOrder{
	"en": {
		verbs:   []string{"is", "are", "was", "were", "has", "have", "can", "will", "does", "do", "did"},
		adverbs: []string{"how", "which"},
	},
	"de": {
		verbs: []string{
			"ist", "sind", "war", "waren", "hat", "haben", "kann", "läuft", "laufen", "brennt", "brennen", "steht", "stehen",
			"gibt", "liegt", "beträgt",
		},
		last: true, adverbs: []string{"wie", "welche"},
	},
	"fr": {prefix: "est-ce que"},
	"es": {verbs: []string{"está", "están", "es", "son", "hay", "ha", "han"}},
	"it": {},
}

// asQuestion puts a carrier's words back before what was said, and makes a
// question of it where it is a clause: "the garage is open" after "whether"
// becomes "is the garage open".
func asQuestion(language string, c intent.Carrier, said string) string {
	said = strings.TrimSpace(said)
	if c.Clause {
		if turned, ok := wordOrders[language].turn(c.Before, strings.Fields(said)); ok {
			return turned
		}
		if c.Before == "" {
			return strings.TrimSpace(wordOrders[language].prefix + " " + said)
		}
	}
	return strings.TrimSpace(c.Before + " " + said)
}

// turn moves the verb of a clause to where a question has it; ok is false when it
// is not to be seen, and it may be a question already.
func (o wordOrder) turn(before string, clause []string) (question string, ok bool) {
	first := 0
	if slices.Contains(o.adverbs, before) {
		first = 1
	}
	is := func(word string) bool { return slices.Contains(o.verbs, strings.ToLower(word)) }
	at := len(clause) - 1
	if before == "" && !o.last { // "the garage is open": the first verb after the subject
		at = slices.IndexFunc(clause, is)
	}
	if at <= first || !is(clause[at]) {
		return "", false
	}
	turned := slices.Concat(clause[:first], []string{clause[at]}, clause[first:at], clause[at+1:])
	if before != "" {
		turned = append([]string{before}, turned...)
	}
	return strings.Join(turned, " "), true
}
