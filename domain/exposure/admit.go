package exposure

import "github.com/lambda-execution-engine/lee/domain/home"

// Reason is why an entity is left out, in a few words; "" for one that is not.
type Reason string

// The reasons.
const (
	// LeftOut and NotLetIn are the filter's.
	LeftOut  Reason = "a rule leaves it out"
	NotLetIn Reason = "no rule lets it in"
	// Undecided is for what a rule may leave out of which nobody can tell whether
	// it is about the entity.
	Undecided Reason = "nobody can tell whether a rule is about it"
	// Hidden, Diagnostic and Setting are Home Assistant's.
	Hidden     Reason = "it is hidden in Home Assistant"
	Diagnostic Reason = "it is a diagnostic entity"
	Setting    Reason = "it is a setting of its device"
	// Unsure is for locks, alarms, doors, garage doors and gates as long as nobody can
	// tell whether they are hidden.
	Unsure Reason = "nobody can tell whether it is hidden, and it guards the house"
)

// Admission is whether Alexa may know of an entity, and why not.
type Admission struct {
	Decision
	Reason Reason
}

// Admit says whether Alexa may know of an entity. guarded says that it is one
// that nobody may expose by accident.
func (f Filter) Admit(id home.EntityID, guarded bool, r home.Registry) Admission {
	a := Admission{Decision: f.Decide(id, r)}
	entry := r.Entry(id)
	switch {
	case a.Unknown >= 0:
		a.Reason = Undecided
	case !a.In && a.By >= 0:
		a.Reason = LeftOut
	case !a.In:
		a.Reason = NotLetIn
	case a.Named:
	case entry.Hidden:
		a.Reason = Hidden
	case entry.Category == home.CategoryDiagnostic:
		a.Reason = Diagnostic
	case entry.Category == home.CategoryConfig:
		a.Reason = Setting
	case guarded && !r.Knows(home.PartHidden):
		a.Reason = Unsure
	}
	return a
}
