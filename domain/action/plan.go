// Package action holds what can be done with a home and how one knows that it was
// done, without a word of any voice assistant. A Plan says which services to call
// and what holds afterwards. A Course carries a plan out: it is a state machine
// that is told what happens (a reply, a state, silence) and says what to do next
// (call, look, wait, stop). It judges at the end what may be said of each entity.
//
// Everything here is pure: no I/O, no clock, no goroutine. Package perform drives
// a Course on a real home.
package action

import "github.com/lambda-execution-engine/lee/domain/home"

// Plan is a command: the services to call, and what holds when they have had
// their effect. It applies to each entity of an Order. It is immutable.
type Plan struct {
	// Call is the service call to make. One without a service says that the command
	// is done already: nothing is sent, and State is the answer.
	Call home.ServiceCall
	// More are further calls, for a service that takes a single step only. Each is
	// made when the home has taken the one before, and none after one that fails.
	More []home.ServiceCall
	// State is the entity as it was read before the command. Its ID is "" when
	// nobody read it. A plan that calls nothing needs it.
	State home.State
	// Instead is called in place of Call when the home says that the entity does
	// not support that; nil for none.
	Instead *home.ServiceCall
	// Half says that the home also reports a call that failed half-way as one that
	// the entity does not support. Instead is called then only when nothing has
	// happened to the entity since State, and never for several entities.
	Half bool
	// Then returns one further call that the state afterwards asks for, such as
	// the end of a preset that hides the mode; ok is false when it asks for none.
	// It is called once at most, and not for several entities. nil asks for none.
	Then func(home.State) (call home.ServiceCall, ok bool)
	// Wants are what holds when the command has had its effect. Empty when that
	// cannot be said without the state before, as for relative changes.
	Wants []Want
	// InsteadWants are what holds when Instead has had its effect; nil for Wants.
	InsteadWants []Want
	// Begun are what holds as soon as the command is under way, for a service that
	// answers only when it is over: a script that runs answers when it ends. They
	// count while there is no reply; nil for none.
	Begun []Want
	// Leaves says that the device may leave the network as the command's effect: a
	// television that is turned off.
	Leaves bool
}

// Other returns the plan that makes the call p.Instead, which must not be nil.
func (p Plan) Other() Plan {
	other := p
	other.Call, other.More, other.Instead = *p.Instead, nil, nil
	if p.InsteadWants != nil {
		other.Wants, other.InsteadWants = p.InsteadWants, nil
	}
	return other
}

// Sends says whether the plan calls anything.
func (p Plan) Sends() bool { return p.Call.Service != "" }

// steps is how many calls the plan makes.
func (p Plan) steps() int { return 1 + len(p.More) }

// step returns the nth call, counted from 0.
func (p Plan) step(n int) home.ServiceCall {
	if n == 0 {
		return p.Call
	}
	return p.More[n-1]
}

// Reached says whether everything that the plan wants holds in s. It is false for a
// plan that wants nothing.
func (p Plan) Reached(s home.State) bool { return allReached(p.Wants, s) }

// Begins says whether s shows that the plan is under way, for a plan whose service
// answers only when it is over.
func (p Plan) Begins(s home.State) bool { return allReached(p.Begun, s) }

// Certain says whether s shows everything that the plan wants, and does not merely
// lack the attribute that would show it.
func (p Plan) Certain(s home.State) bool {
	for _, w := range p.Wants {
		if w.Given != "" && s.Attributes.Get(w.Given).IsZero() {
			return false
		}
	}
	return p.Reached(s)
}

// Contradicted says whether s shows that the opposite of the command is happening:
// a gate opens that was told to close.
func (p Plan) Contradicted(s home.State) bool {
	for _, w := range p.Wants {
		if w.Against != "" && w.Against == s.Value {
			return true
		}
	}
	return false
}

// Assume returns s as it is when the plan has been carried out: what is wanted and
// does not hold yet is put in, the rest stays as the home said it. A value that
// nobody may assume stays as it is too, and whole is false then.
func (p Plan) Assume(s home.State) (assumed home.State, whole bool) {
	assumed, whole = s, true
	for _, w := range p.Wants {
		switch {
		case w.Reached(assumed):
		case w.assumable(s):
			assumed = w.Assume(assumed)
		default:
			whole = false
		}
	}
	return assumed, whole
}

// untouched says whether s shows that nothing has happened to the entity since the
// plan was made.
func (p Plan) untouched(s home.State) bool {
	return !s.Updated.IsZero() && s.Updated.Equal(p.State.Updated)
}

func allReached(wants []Want, s home.State) bool {
	for _, w := range wants {
		if !w.Reached(s) {
			return false
		}
	}
	return len(wants) > 0
}

// Manner says what an entity's states mean for a command. The zero Manner is that of
// a device of which a command may be assumed to be done.
type Manner struct {
	// Care says how careful an answer about the entity must be; nil means Trusting.
	Care func(home.State) Care
	// Moving are states that show that a device is on its way.
	Moving []string
	// Stuck are states that say themselves why a command was not followed.
	Stuck []string
}

// Care is how careful an answer about an entity must be.
type Care uint8

// The degrees of care.
const (
	// Trusting: a device that reports late is taken at the home's word that the
	// command was done.
	Trusting Care = iota
	// Patient: nothing is claimed that the state does not show. The device needs
	// longer than an assistant waits, so silence is no failure: a garage door.
	Patient
	// Strict: nothing is claimed that the state does not show, and what it does not
	// show by the deadline is a failure: a lock, an alarm panel.
	Strict
)

// care returns the care that an entity in this state needs. An entity whose state
// the home only assumes cannot be waited for.
func (m Manner) care(s home.State) Care {
	if m.Care == nil {
		return Trusting
	}
	care := m.Care(s)
	if care == Strict && s.Flag(home.AttrAssumedState) {
		return Patient
	}
	return care
}
