package ports

// Validation is how closely what the home answers is looked at. What LEE cannot use is
// left out at every level; the higher ones tell that the home says it.
type Validation uint8

// The levels of validation.
const (
	// ValidateBasic looks at nothing but the form that reading needs.
	ValidateBasic Validation = iota
	// ValidateStandard also looks at each state: its entity, its value, its times.
	ValidateStandard
	// ValidateComprehensive also looks at each attribute, and names all it finds.
	ValidateComprehensive
)

// String returns "basic", "standard" or "comprehensive".
func (v Validation) String() string {
	switch v {
	case ValidateBasic:
		return "basic"
	case ValidateStandard:
		return "standard"
	default:
		return "comprehensive"
	}
}

// MarshalText implements encoding.TextMarshaler.
func (v Validation) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Flaw is something that a home says and Home Assistant does not.
type Flaw struct {
	// Entity is the entity's id, "" where the flaw is about none.
	Entity string `json:"entity_id"`
	// Member is what is wrong of it: "entity_id", "state", "last_updated", or the name
	// of an attribute.
	Member string `json:"member"`
	// Problem says in a few words what is wrong. It never holds the value.
	Problem string `json:"problem"`
}

// FlawMeter counts what was looked at and found. It is safe for concurrent use.
type FlawMeter interface {
	// Looked notes that so many states were looked at, and what was wrong with them.
	// It returns those of the flaws that it names (FlawReport.Named) for the first
	// time, which are for the log; nil for none.
	Looked(states int, flaws []Flaw) (named []Flaw)
	// Report returns what has been counted so far.
	Report() FlawReport
}

// FlawReport is what was found since the process started.
type FlawReport struct {
	Level Validation `json:"level"`
	// Looked is how many states were looked at, Flaws how many flaws were found.
	Looked uint64 `json:"looked"`
	Flaws  uint64 `json:"flaws"`
	// Named are the flaws by name, in the order in which they were first found: the
	// first of them, where they are many, and none below ValidateComprehensive.
	Named []NamedFlaw `json:"named"`
}

// NamedFlaw is a flaw and how often it was found.
type NamedFlaw struct {
	Flaw
	Count uint64 `json:"count"`
}
