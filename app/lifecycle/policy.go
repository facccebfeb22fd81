package lifecycle

import "time"

// Policy says when something may be closed.
type Policy struct {
	// Grace is how long something must have been idle before it is closed; 0
	// means that it is closed as soon as an event has passed it by.
	Grace time.Duration
}

// Immediate is the policy of what is closed as soon as an event has passed it
// by.
func Immediate() Policy { return Policy{} }

// Conditional is the policy of what is closed after it has been idle for grace.
func Conditional(grace time.Duration) Policy { return Policy{Grace: grace} }

// String returns "immediate" or "conditional 30s".
func (p Policy) String() string {
	if p.Grace <= 0 {
		return "immediate"
	}
	return "conditional " + p.Grace.String()
}

// MarshalText implements encoding.TextMarshaler.
func (p Policy) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
