package lifecycle

import "time"

// Check is one of the five things that are looked at before something is
// closed, in this order. The first that refuses is the one that counts.
type Check uint8

// The five-point check.
const (
	// CheckInFlight refuses while a call is in flight.
	CheckInFlight Check = iota
	// CheckHeld refuses while something cached holds on to it: a live handle or a
	// subscription. A plain copied value does not.
	CheckHeld
	// CheckHot refuses what is called often (level Hot and above).
	CheckHot
	// CheckGrace refuses what was used within its grace.
	CheckGrace
	// CheckMinimum refuses when no more would be loaded than are to stay.
	CheckMinimum

	// Checks is how many there are.
	Checks = iota
)

// String returns "in flight", "held", "hot", "grace" or "minimum".
func (c Check) String() string {
	return [...]string{"in flight", "held", "hot", "grace", "minimum"}[c]
}

// situation is what the five-point check looks at.
type situation struct {
	inFlight, held, hot bool
	// idle is how long nobody has used it, grace how long that must be.
	idle, grace time.Duration
	// resident is how many are loaded, minimum how many are to stay.
	resident, minimum int
	// emergency waives the grace and the minimum. What is hot stays all the same:
	// the next call would only load it again.
	emergency bool
}

// refusedBy returns the first check that refuses; refused is false when none
// does.
func (s situation) refusedBy() (c Check, refused bool) {
	switch {
	case s.inFlight:
		return CheckInFlight, true
	case s.held:
		return CheckHeld, true
	case s.hot:
		return CheckHot, true
	case s.idle < s.grace && !s.emergency:
		return CheckGrace, true
	case s.resident <= s.minimum && !s.emergency:
		return CheckMinimum, true
	default:
		return 0, false
	}
}
