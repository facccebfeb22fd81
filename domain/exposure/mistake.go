package exposure

import (
	"fmt"
	"strings"
)

// Mistake is a rule that cannot be taken.
type Mistake struct {
	// Number counts the rules from 1.
	Number int
	// Rule is what was written.
	Rule string
	// Problem says what is wrong, to go after the rule.
	Problem string
}

// longestShown is how much of a mistaken rule is shown, in characters.
const longestShown = 40

// String returns the mistake in one sentence without its period.
func (m Mistake) String() string {
	shown := m.Rule
	if runes := []rune(shown); len(runes) > longestShown {
		shown = string(runes[:longestShown]) + "…"
	}
	return fmt.Sprintf("rule %d, %q, %s", m.Number, shown, m.Problem)
}

// Mistakes are all that is wrong with a filter.
type Mistakes []Mistake //nolint:errname // it is the list of them

// Error returns one line that names them all.
func (m Mistakes) Error() string {
	texts := make([]string, len(m))
	for i, one := range m {
		texts[i] = one.String()
	}
	return strings.Join(texts, "; ")
}
