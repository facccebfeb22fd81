package config

import (
	"fmt"
	"slices"
	"strings"
)

// Mistake is a value that cannot be taken. None of its texts holds a secret.
type Mistake struct {
	// Variable is the setting's name, Origin where the value was: the environment
	// variable by the spelling that was used, or the parameter by its whole name.
	Variable string `json:"variable"`
	Origin   string `json:"origin"`
	// Value is what was written, secret.Mask for a secret or what looks like one,
	// "" where nothing was written and something had to be.
	Value string `json:"value,omitempty"`
	// Problem says what is wrong, to go after the name: "is out of range".
	Problem string `json:"problem"`
	// Allowed says what may be written.
	Allowed string `json:"allowed"`
	// Taken is what is taken in its place, "" for nothing.
	Taken string `json:"taken,omitempty"`
}

// String returns the mistake in one sentence or two, without its allowed values'
// last period.
func (m Mistake) String() string {
	var b strings.Builder
	b.WriteString(m.Origin)
	if m.Value != "" {
		fmt.Fprintf(&b, " (%s)", m.Value)
	}
	fmt.Fprintf(&b, " %s. Allowed: %s.", m.Problem, m.Allowed)
	if m.Taken != "" {
		fmt.Fprintf(&b, " Taken instead: %s.", m.Taken)
	}
	return b.String()
}

// Mistakes are all mistakes of one reading, in the table's order. As an error
// they are one message that names them all.
type Mistakes []Mistake //nolint:errname // it is the list of them, and an error only when there are some

// Error returns one line for each mistake, below a line that counts them.
func (m Mistakes) Error() string {
	if len(m) == 1 {
		return "a setting is wrong: " + m[0].String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d settings are wrong:", len(m))
	for _, one := range m {
		b.WriteString("\n  " + one.String())
	}
	return b.String()
}

// Err returns the mistakes as an error, nil when there are none.
func (m Mistakes) Err() error {
	if len(m) == 0 {
		return nil
	}
	return m
}

// without returns the mistakes that are not among others.
func (m Mistakes) without(others Mistakes) Mistakes {
	var rest Mistakes
	for _, one := range m {
		if !slices.Contains(others, one) {
			rest = append(rest, one)
		}
	}
	return rest
}
