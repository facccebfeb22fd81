package ports

// Breaker keeps a place that keeps failing from being asked again and again.
// One stands before each endpoint and class of operation. It is safe for
// concurrent use.
type Breaker interface {
	// Allow asks for leave to make one call. It fails at once with fault.Open
	// while the breaker is open. Each success must be followed by one Done with
	// the ticket.
	Allow() (Ticket, error)

	// Done tells how the call went: outage is true when the failure says that
	// the place is not well (fault.Kind.Outage), and false after a success or a
	// failure that says nothing of its health. It returns what that changed.
	Done(t Ticket, outage bool) Turn

	// State returns what the breaker is at the moment.
	State() BreakerState
}

// Ticket is leave to make one call. The zero Ticket is valid: it is what a
// breaker gives out while nothing is wrong.
type Ticket struct {
	// Report, when not nil, is told how the call went in Done.
	Report func(outage bool)
	// Turn is what giving this leave has changed.
	Turn Turn
}

// Turn is a change of a breaker's state. Where From is To there was none.
type Turn struct{ From, To BreakerState }

// BreakerState is what a breaker is at a moment.
type BreakerState uint8

// The states of a breaker.
const (
	// BreakerClosed lets every call through.
	BreakerClosed BreakerState = iota
	// BreakerHalfOpen lets one call through, to see.
	BreakerHalfOpen
	// BreakerOpen lets none through.
	BreakerOpen
)

// String returns "closed", "half-open" or "open".
func (s BreakerState) String() string {
	switch s {
	case BreakerClosed:
		return "closed"
	case BreakerHalfOpen:
		return "half-open"
	default:
		return "open"
	}
}

// MarshalText implements encoding.TextMarshaler.
func (s BreakerState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
