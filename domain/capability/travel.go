package capability

import (
	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// The states of covers and valves (components/cover, components/valve).
const (
	stateOpen, stateOpening   = "open", "opening"
	stateClosed, stateClosing = "closed", "closing"
)

// inMotion are the states of a cover or a valve that is on its way.
var inMotion = []string{stateOpening, stateClosing}

// travelTolerance is how far a position in percent may be off: motors stop
// where they can.
const travelTolerance = 5

// travel is the way of a cover, of its slats or of a valve between closed, which
// is 0, and open, which is 100.
type travel struct {
	domain string
	// open and close are the services that go all the way, set is the one that
	// goes to a position.
	open, close, set string
	// field is set's parameter, attribute is where the position is found.
	field, attribute string
	// hidden says that the entity's state does not tell where it is or that it
	// is on its way, as for slats.
	hidden bool
}

// to returns the plan that brings an entity to a position. The ends have
// services of their own, which many devices do better: they run until they meet
// the end. Where an entity lacks those it is sent to the position.
func (t travel) to(id home.EntityID, position float64) action.Plan {
	there := action.NumberIs(t.attribute, position, travelTolerance)
	there.Given = t.attribute
	set := home.CallOn(id, t.domain, t.set, home.Field{Name: t.field, Value: home.Number(position)})
	switch position {
	case 0:
		return t.allTheWay(home.CallOn(id, t.domain, t.close), set, there, stateClosing, stateClosed, stateOpening)
	case 100:
		return t.allTheWay(home.CallOn(id, t.domain, t.open), set, there, stateOpening, stateOpen, stateClosing)
	}
	if !t.hidden {
		there.Underway = inMotion
	}
	return action.Plan{Call: set, Wants: []action.Want{there}}
}

// allTheWay returns the plan that makes the call, or set instead. What is
// assumed of a device that says nothing is that it is on its way: an answer must
// not claim that it is there.
func (t travel) allTheWay(call, set home.ServiceCall, there action.Want, underway, end, against string) action.Plan {
	plan := action.Plan{Call: call, Instead: &set, Wants: []action.Want{there}}
	if !t.hidden {
		plan.Wants[0].Underway = []string{underway}
		ends := action.StateIs(underway, end)
		ends.Against = against
		plan.Wants = append(plan.Wants, ends)
	}
	return plan
}

// ranged returns the travel as a number that people may set.
func (t travel) ranged(instance string, feature home.Feature) ranged {
	return ranged{
		instance: instance,
		supports: func(v View) bool { return v.State.Has(feature) },
		read:     func(s home.State) (float64, bool) { return s.Number(t.attribute) },
		set:      func(r Request, position float64) (action.Plan, error) { return t.to(r.ID(), position), nil },
		notch:    func(home.State) float64 { return 20 }, // as Home Assistant's own integration
	}
}

// ends returns the plan for a mode that is one of the travel's ends; ok is false
// for another mode.
func (t travel) ends(id home.EntityID, mode string) (p action.Plan, ok bool) {
	switch mode {
	case stateOpen:
		return t.to(id, 100), true
	case stateClosed:
		return t.to(id, 0), true
	default:
		return action.Plan{}, false
	}
}

// atEnd returns the state as a mode: open or closed, "" while it is on its way.
func atEnd(s home.State) string {
	if s.Value == stateOpen || s.Value == stateClosed {
		return s.Value
	}
	return ""
}

// openAndClosed are the modes of what is open or closed.
func openAndClosed() []fixedMode {
	return []fixedMode{{stateOpen, []phrase{assetOpen}}, {stateClosed, []phrase{assetClose}}}
}

// rangeWords ties words to the ends of a range of percents: lower to 0 and
// upper to 100. With states it also says which values count as open and closed.
func rangeWords(lower, upper []string, states bool) *alexa.Semantics {
	s := &alexa.Semantics{ActionMappings: []alexa.ActionMapping{
		alexa.Does("SetRangeValue", map[string]float64{"rangeValue": 0}, lower...),
		alexa.Does("SetRangeValue", map[string]float64{"rangeValue": 100}, upper...),
	}}
	if states {
		s.StateMappings = []alexa.StateMapping{alexa.Means(0, "Closed"), alexa.MeansRange(1, 100, "Open")}
	}
	return s
}

// modeWords ties words to the modes open and closed, which begin with prefix.
// With states it also says which modes count as open and closed.
func modeWords(prefix string, lower, upper []string, states bool) *alexa.Semantics {
	open, closed := prefix+"."+stateOpen, prefix+"."+stateClosed
	s := &alexa.Semantics{ActionMappings: []alexa.ActionMapping{
		alexa.Does("SetMode", map[string]string{"mode": closed}, lower...),
		alexa.Does("SetMode", map[string]string{"mode": open}, upper...),
	}}
	if states {
		s.StateMappings = []alexa.StateMapping{alexa.Means(closed, "Closed"), alexa.Means(open, "Open")}
	}
	return s
}
