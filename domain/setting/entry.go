package setting

import "strconv"

// Source is where a value came from.
type Source uint8

// The sources, the weakest first.
const (
	FromDefault Source = iota
	FromParameterStore
	FromEnvironmentVariable
)

var sources = [...]string{
	FromDefault: "default", FromParameterStore: "parameter store", FromEnvironmentVariable: "environment",
}

// String returns "default", "parameter store" or "environment".
func (s Source) String() string {
	if int(s) < len(sources) {
		return sources[s]
	}
	return "source " + strconv.Itoa(int(s))
}

// MarshalText returns what String returns; it never fails.
func (s Source) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Entry is what a setting is and where that came from. None of its texts holds a
// secret.
type Entry struct {
	Variable string `json:"variable"`
	// Value is what the setting is, "" when it is not set.
	Value  string `json:"value"`
	Source Source `json:"source"`
	// Origin names the environment variable or the parameter, "" for a default.
	Origin string `json:"origin,omitempty"`
	// Default is what the setting would be if nobody set it.
	Default string `json:"default"`
	// Note is something to know about the value, "" for nothing.
	Note string `json:"note,omitempty"`
}
