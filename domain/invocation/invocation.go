// Package invocation knows the name by which people call a custom skill, "ask home
// assistant whether …", and Amazon's rules for it
// (https://developer.amazon.com/docs/alexa/custom-skills/choose-the-invocation-name-for-a-custom-skill.html).
// The rules and the words that they speak of are data; what breaks one comes with a
// name that breaks none.
package invocation

import (
	"errors"
	"strings"
)

// Severity says what follows of a breach.
type Severity uint8

// The severities. Amazon takes no skill with an error; with a warning it may, and
// Alexa may not understand the name, or take it for something else.
const (
	Warning Severity = iota
	Error
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// MarshalText writes the severity as String does.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Rule is one thing that Amazon asks of an invocation name.
type Rule struct {
	// ID is the rule's name, "wake-word".
	ID string
	// Severity is that of a breach; a rule's words may weigh less in languages for
	// which Amazon does not list them.
	Severity Severity
	// Says is the rule, in a sentence.
	Says string
	// Wrong is a name that breaks it where people speak Locale.
	Wrong, Locale string
}

// Finding is a breach of a rule.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Locale   string   `json:"locale"`
	// Sentence says what breaks the rule.
	Sentence string `json:"sentence"`
	// Proposal is an invocation name like the one that was looked at, and in which
	// there is nothing to find.
	Proposal string `json:"proposal"`
}

// String returns the finding as one line for people.
func (f Finding) String() string {
	return f.Locale + ": " + f.Sentence + " (" + f.Rule + "); better: " + f.Proposal
}

// Rules returns all rules, in the order in which they are looked at.
func Rules() []Rule {
	all := make([]Rule, len(rules))
	for i := range rules {
		all[i] = rules[i].Rule
	}
	return all
}

// Name returns the invocation name of an assistant as a skill has it: in lower case,
// with one space between words. It mends nothing else.
func Name(assistant string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(assistant, "’", "'"))), " ")
}

// Check returns what Amazon has against an assistant's name where people speak a
// locale, "de-DE"; nil for nothing. It is safe for concurrent use, as all of this
// package is.
func Check(assistant, locale string) []Finding {
	name, lang := Name(assistant), languageOf(locale)
	findings := lang.breaches(name)
	if findings == nil {
		return nil
	}
	better := lang.better(name)
	for i := range findings {
		findings[i].Locale, findings[i].Proposal = locale, better
	}
	return findings
}

// Refusal returns the errors among findings as one, or nil.
func Refusal(findings []Finding) error {
	var refused []error
	for _, f := range findings {
		if f.Severity == Error {
			refused = append(refused, errors.New(f.String()))
		}
	}
	return errors.Join(refused...)
}

// breaches are findings without a proposal.
func (l *language) breaches(name string) (found []Finding) {
	s := subject{name: name, words: strings.Fields(name), language: l}
	for i := range rules {
		r := &rules[i]
		sentence := r.breach(s)
		if sentence == "" {
			continue
		}
		severity := r.Severity
		if r.listed && l != english {
			severity = Warning
		}
		found = append(found, Finding{Rule: r.ID, Severity: severity, Sentence: sentence})
	}
	return found
}
