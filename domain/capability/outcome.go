package capability

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Outcome is what a state says of a command that the home took.
type Outcome uint8

// The outcomes.
const (
	// Shown: the state shows what the plan wants, or nobody can say what that
	// would be.
	Shown Outcome = iota
	// Assumed: it does not show it, and the home's word is taken that it was done:
	// most devices report late.
	Assumed
	// Telling: it does not show it, nothing may be claimed of the device, and it
	// says itself why: it is on its way, or it is stuck.
	Telling
	// Ignored: it does not show it, nothing may be claimed of the device, and it
	// does not say why.
	Ignored
)

// Outcome returns what a state says of a command for an entity of this kind.
func (k Kind) Outcome(p Plan, s home.State) Outcome {
	switch {
	case len(p.Wants) == 0 || p.Reached(s):
		return Shown
	case !s.GuardsHouse():
		return Assumed
	case k.IsMoving(s.Value) || slices.Contains(k.Stuck, s.Value):
		return Telling
	default:
		return Ignored
	}
}

// Certain says whether a state shows everything that the plan wants, and does not
// merely lack what would show it.
func (p Plan) Certain(s home.State) bool {
	for _, w := range p.Wants {
		if w.Given != "" && s.Attributes.Get(w.Given).IsZero() {
			return false
		}
	}
	return p.Reached(s)
}
