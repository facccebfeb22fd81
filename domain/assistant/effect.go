package assistant

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// order returns the order to make a call on its targets, of each of which want holds
// afterwards.
//
// No target needs care: locks, doors and alarm panels are not switched here. A device
// that reports late is waited for a little while. What the home took and the state
// does not show is told as it is; nothing is claimed.
func (t *turn) order(call home.ServiceCall, want action.Want) action.Order {
	o := action.Order{Plan: action.Plan{Call: call, Wants: []action.Want{want}}, Patience: t.terms.Patience.Command}
	for _, id := range call.Targets {
		o.Targets = append(o.Targets, action.Target{ID: id})
	}
	return o
}

// followed says whether an entity has done what it was told to.
func followed(o action.Outcome) bool { return o.Verdict == action.Shown || o.Verdict == action.Left }

// away says whether the home does not know an entity any more, or cannot reach it. An
// empty text is a state as good as any.
func away(o action.Outcome) bool {
	return o.Verdict == action.Gone || o.Verdict == action.Away && o.Said.Value == home.Unavailable
}

// partly says whether an order failed that may have been carried out on some of its
// several targets, and it is known how all of these are.
func partly(r action.Result) bool {
	switch fault.Of(r.Err) {
	case fault.Failed, fault.Refused, fault.Unsupported:
	default:
		return false
	}
	unseen := func(o action.Outcome) bool { return o.Said.ID == "" && o.Verdict != action.Gone }
	return len(r.Outcomes) > 1 && !slices.ContainsFunc(r.Outcomes, unseen)
}
