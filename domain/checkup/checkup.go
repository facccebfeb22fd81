// Package checkup says what is wrong with the way from Alexa to a home: from what
// was seen (Facts) it makes findings, each one sentence and what to do about it.
// It is pure; who looks is behind ports.Probe.
//
// One table has every finding that there is (Rows); docs/doctor.md is written
// from it.
package checkup

import (
	"strings"
	"unicode"
)

// Severity says how bad a finding is.
type Severity uint8

// The severities, the best first.
const (
	// Fine is for what is as it should be.
	Fine Severity = iota
	// Note is for what is worth knowing, and may be as it is.
	Note
	// Warning is for what works, and will not do for long or for everything.
	Warning
	// Error is for what keeps LEE from working.
	Error
)

// String returns "fine", "note", "warning" or "error".
func (s Severity) String() string {
	return [...]string{"fine", "note", "warning", "error"}[min(s, Error)]
}

// MarshalText returns what String returns; it never fails.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes. What it does not know is an Error:
// its writer knew of something that this version does not.
func (s *Severity) UnmarshalText(text []byte) error {
	for *s = Fine; *s < Error && s.String() != string(text); *s++ {
	}
	return nil
}

// ExitCode is what a program ends with that has found this and nothing worse: 0
// for what is fine or worth a note, 1 for warnings, 2 for errors.
func (s Severity) ExitCode() int { return max(int(s)-int(Note), 0) }

// Group is what a finding is about, in a few words: the heading above it.
type Group string

// The groups, in the order in which they are looked at.
const (
	OfFunction   Group = "Function"
	OfSettings   Group = "Settings"
	OfNetwork    Group = "Network"
	OfEncryption Group = "Encryption"
	OfHome       Group = "Home Assistant"
	OfAlexa      Group = "Alexa"
	OfSpeed      Group = "Speed"
)

// Row is a finding as the table has it: its texts hold places, "{host}", for what
// was seen.
type Row struct {
	// ID stays the same when the sentence is reworded, "name.unknown".
	ID       string
	Group    Group
	Severity Severity
	// Sentence says what is; Fix what to do about it, "" where there is nothing to
	// do.
	Sentence, Fix string
}

// Finding is something that was found. It holds no secret.
type Finding struct {
	ID       string   `json:"id"`
	Group    Group    `json:"group"`
	Severity Severity `json:"severity"`
	Sentence string   `json:"sentence"`
	Fix      string   `json:"fix,omitempty"`
}

// Report is what a check-up found.
type Report struct {
	// From is where it was made.
	From Place `json:"from"`
	// Home is the home's URL, "" where it is not known.
	Home string `json:"home"`
	// Verdict is the severity of the worst finding.
	Verdict Severity `json:"verdict"`
	// Findings are in the table's order.
	Findings []Finding `json:"findings"`
}

// Count returns how many findings are of a severity.
func (r Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// examination is a report in the making.
type examination struct {
	Facts
	findings []Finding
}

// say adds a finding. seen are the names of its places and what was seen, by
// turns.
func (e *examination) say(id string, seen ...string) {
	e.findings = append(e.findings, row(id).found(seen...))
}

// found returns the row as a finding.
func (r Row) found(seen ...string) Finding {
	pairs := make([]string, len(seen))
	for i := range seen {
		if pairs[i] = plain(seen[i]); i%2 == 0 {
			pairs[i] = "{" + seen[i] + "}"
		}
	}
	fill := strings.NewReplacer(pairs...)
	return Finding{r.ID, r.Group, r.Severity, fill.Replace(r.Sentence), fill.Replace(r.Fix)}
}

// longest is how much of what was seen a sentence holds, in characters.
const longest = 240

// plain returns what the world says as a part of a sentence: on one line, without
// characters that would move a terminal's cursor, and not too long.
func plain(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return text
}

// several returns a list for a sentence, cut where there are many: "a, b and 3
// more".
func several(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " and " + count(len(names)-most) + " more"
}
