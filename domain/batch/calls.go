package batch

import (
	"context"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/perform"
)

// Calls makes all calls and returns what became of each, in their order, and in
// how many calls to the home that was done: what asks for the same service with
// the same data goes as one, for all targets.
//
// A batch has no order: calls are made side by side. So no entity may be in it
// twice, which also keeps a command from being given twice. No call is repeated
// here, whatever becomes of it.
//
// The error is a fault.Invalid that wraps the Mistakes; nothing was sent then.
func (s *Service) Calls(ctx context.Context, calls []home.ServiceCall) (results []Result, sent int, err error) {
	if err := checkCalls(calls); err != nil {
		return nil, 0, err
	}
	groups := merge(calls)
	orders := make([]action.Order, len(groups))
	for i, g := range groups {
		orders[i] = order(g.call)
	}
	results = make([]Result, len(calls))
	for i, r := range perform.Together(ctx, s.home, orders, together) {
		sent += r.Sent
		rest := r.Outcomes
		for _, item := range groups[i].items {
			own := len(calls[item].Targets)
			results[item] = result(r, rest[:own])
			rest = rest[own:]
		}
	}
	return results, sent, nil
}

// group is one call to the home.
type group struct {
	call home.ServiceCall
	// items are the places of the calls that went into it, in the order of their
	// targets.
	items []int
}

// merge makes as few calls of them as there can be. Only calls on entities are
// put together: for an area, or without a target, there is nothing to list.
func merge(calls []home.ServiceCall) []*group {
	var groups []*group
	byService := map[string][]*group{}
	for i, call := range calls {
		name := call.Name()
		if at := slices.IndexFunc(byService[name], func(g *group) bool { return mergeable(g.call, call) }); at >= 0 {
			g := byService[name][at]
			g.call.Targets = append(g.call.Targets, call.Targets...)
			g.items = append(g.items, i)
			continue
		}
		g := &group{call: call, items: []int{i}}
		g.call.Targets = slices.Clone(call.Targets) // the caller's own stays as it is
		groups = append(groups, g)
		byService[name] = append(byService[name], g)
	}
	return groups
}

// mergeable says whether two calls of the same service can go as one.
func mergeable(a, b home.ServiceCall) bool {
	return len(a.Targets) > 0 && len(b.Targets) > 0 && a.Area == "" && b.Area == "" && same(a.Data, b.Data)
}

// same says whether two calls have the same data, in whatever order.
func same(a, b home.Fields) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(one home.Field) bool {
		return !slices.ContainsFunc(b, func(other home.Field) bool {
			return one.Name == other.Name && one.Value.Equal(other.Value, 0)
		})
	})
}

// patience waits for nothing but replies: an item's result is what one look shows.
var patience = action.Patience{Reply: longest, Look: longest, Margin: 100 * time.Millisecond}

// longest is longer than an invocation may be.
const longest = time.Hour

// order returns the order that a call to the home is. It wants nothing: what a service
// brings about is its caller's to know. So the reply decides, and a look shows the
// states that it did not tell, and which entities there are: a command to one that
// does not exist is a success to the home.
func order(call home.ServiceCall) action.Order {
	o := action.Order{Plan: action.Plan{Call: call}, Patience: patience, ReplyDecides: true}
	for _, id := range call.Targets {
		o.Targets = append(o.Targets, action.Target{ID: id})
	}
	return o
}

// result returns what became of a call, given what became of the order that it went
// with and which of the outcomes are its own.
func result(r action.Result, own []action.Outcome) Result {
	switch {
	case r.Err != nil:
		return Result{Err: r.Err}
	case len(own) == 0:
		return Result{States: r.Changed}
	}
	var result Result
	for _, o := range own {
		if o.State.ID != "" {
			result.States = append(result.States, o.State)
		}
		if result.Err == nil {
			result.Err = failure(o)
		}
	}
	return result
}

// failure is Outcome.Err, and names the entity where it is about one.
func failure(o action.Outcome) error {
	switch o.Verdict {
	case action.Gone:
		return gone(o.ID)
	case action.Away:
		return fault.Newf(fault.Unavailable, "The home cannot reach %s.", o.ID)
	default:
		return o.Err()
	}
}
