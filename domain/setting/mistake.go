package setting

import (
	"slices"
	"strconv"
	"strings"
)

// Mistake is a value that a setting does not take. None of its texts holds a secret.
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
	// Allowed says what may be written, "" where nothing was written.
	Allowed string `json:"allowed"`
	// Taken is the value that replaces it, "" for none.
	Taken string `json:"taken,omitempty"`
}

// String returns the mistake in up to three sentences.
func (m Mistake) String() string {
	text := m.Origin
	if m.Value != "" {
		text += " (" + m.Value + ")"
	}
	text += " " + m.Problem + "."
	if m.Allowed != "" {
		text += " Allowed: " + m.Allowed + "."
	}
	if m.Taken != "" {
		text += " LEE uses " + m.Taken + " instead."
	}
	return text
}

// Mistakes are all mistakes of one reading, in the table's order. As an error
// they are one message that names them all.
type Mistakes []Mistake //nolint:errname // it is the list of them, and an error only when there are some

// Error returns one line for each mistake, below a line that counts them.
func (m Mistakes) Error() string {
	if len(m) == 1 {
		return "a setting is wrong: " + m[0].String()
	}
	return strconv.Itoa(len(m)) + " settings are wrong:\n  " + strings.Join(m.Texts(), "\n  ")
}

// Err returns the mistakes as an error, nil when there are none.
func (m Mistakes) Err() error {
	if len(m) == 0 {
		return nil
	}
	return m
}

// Texts returns each of the mistakes as Mistake.String does.
func (m Mistakes) Texts() []string {
	texts := make([]string, len(m))
	for i, one := range m {
		texts[i] = one.String()
	}
	return texts
}

// Of says whether the value given for a variable is among the mistakes.
func (m Mistakes) Of(variable string) bool {
	return slices.ContainsFunc(m, func(one Mistake) bool { return one.Variable == variable })
}

// Without returns the mistakes that are not among others.
func (m Mistakes) Without(others Mistakes) Mistakes {
	var rest Mistakes
	for _, one := range m {
		if !slices.Contains(others, one) {
			rest = append(rest, one)
		}
	}
	return rest
}
