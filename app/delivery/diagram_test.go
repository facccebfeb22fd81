package delivery

import (
	"regexp"
	"strings"
	"testing"
)

var (
	diagram = regexp.MustCompile("(?s)```mermaid\n(.*?)```")
	// entity is how Mermaid takes a character that it gives a meaning of its own: #35; is #
	// (https://mermaid.js.org/syntax/sequenceDiagram.html#entity-codes-to-escape-characters).
	entity = regexp.MustCompile(`#\w+;`)
)

// cutOff returns the lines of a diagram that Mermaid does not show whole. To Mermaid, # begins
// a comment and ; ends the line. What follows a ; may also keep it from showing the diagram.
func cutOff(diagram string) (lines []string) {
	for line := range strings.Lines(diagram) {
		if strings.ContainsAny(entity.ReplaceAllString(line, ""), "#;") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// TestDiagrams: Mermaid shows every line of every diagram.
func TestDiagrams(t *testing.T) {
	n := 0
	for page := range pages(t) {
		for _, found := range diagram.FindAllStringSubmatch(read(t, page), -1) {
			n++
			for _, line := range cutOff(found[1]) {
				t.Errorf("%s: Mermaid cuts this line at its # or ;. Write #35; for # and #59; for ;\n%s", page, line)
			}
		}
	}
	if n == 0 {
		t.Error("there is no diagram")
	}
}

// TestCutOff is about the characters that Mermaid gives a meaning of its own.
func TestCutOff(t *testing.T) {
	for line, cut := range map[string]bool{
		"A->>E: light#kitchen_lights":      true,
		"A->>E: on; then off":              true,
		"Note over A: number #1":           true,
		"Note over A: &amp; more":          true,
		"A->>E: light#35;kitchen_lights":   false,
		"A->>E: on#59; then off#semi; now": false,
		"A->>E: #35;1 and #2":              true,
		"A->>E: {\"on\": true}":            false,
	} {
		if got := len(cutOff(line+"\n")) > 0; got != cut {
			t.Errorf("%s: cut off is %t", line, got)
		}
	}
}
