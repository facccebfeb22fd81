package batch

import (
	"context"
	"slices"
	"sync"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
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
	sent = s.send(ctx, groups)
	after := &aftermath{service: s}
	results = make([]Result, len(calls))
	for _, g := range groups {
		for _, item := range g.items {
			results[item] = after.of(ctx, g, calls[item])
		}
	}
	return results, sent, nil
}

// group is one call to the home, and what came back for it.
type group struct {
	call home.ServiceCall
	// items are the places of the calls that went into it.
	items   []int
	changed []home.State
	err     error
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

// send makes the calls, a few at a time, and returns how many it made. What has
// not begun when the context ends is not sent.
func (s *Service) send(ctx context.Context, groups []*group) (sent int) {
	free := make(chan struct{}, together)
	var all sync.WaitGroup
	for _, g := range groups {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			g.err = fault.Wrap(fault.Deadline, "The time for this request ran out before it was sent.", ctx.Err())
			continue
		}
		sent++
		all.Go(func() {
			defer func() { <-free }()
			g.changed, g.err = s.home.Call(ctx, g.call)
		})
	}
	all.Wait()
	return sent
}

// aftermath finds out what holds after the calls. What the home said to have
// changed is taken from its answers. The rest is looked at in one further round
// trip, which also tells who is not there at all: a command to an entity that
// does not exist is a success to the home.
type aftermath struct {
	service *Service
	asked   bool
	known   states
	err     error
}

// of returns what became of a call that went with a group.
func (a *aftermath) of(ctx context.Context, g *group, call home.ServiceCall) Result {
	switch {
	case g.err != nil:
		return Result{Err: g.err}
	case len(call.Targets) == 0:
		return Result{States: g.changed}
	}
	var result Result
	for _, id := range call.Targets {
		state, err := a.state(ctx, g, id)
		if state.ID != "" {
			result.States = append(result.States, state)
		}
		if result.Err == nil {
			result.Err = err
		}
	}
	return result
}

// state returns the state of one target after the call.
func (a *aftermath) state(ctx context.Context, g *group, id home.EntityID) (home.State, error) {
	state, told := g.told(id)
	if !told {
		var err error
		if state, err = a.look(ctx, id); err != nil {
			return state, err
		}
	}
	if !state.Available() {
		return state, fault.Newf(fault.Unavailable, "The home cannot reach %s.", id)
	}
	return state, nil
}

// told returns the state that the answer told of an entity.
func (g *group) told(id home.EntityID) (state home.State, ok bool) {
	for _, state := range slices.Backward(g.changed) { // the last is how it ended
		if state.ID == id {
			return state, true
		}
	}
	return home.State{}, false
}

// look returns the state of an entity that no answer told of.
func (a *aftermath) look(ctx context.Context, id home.EntityID) (home.State, error) {
	if !a.asked {
		a.asked = true
		a.known, a.err = a.service.all(ctx)
	}
	if a.err != nil {
		return home.State{}, fault.Wrap(fault.Unanswered, "The home took the command and could not be asked for its effect.", a.err)
	}
	state, ok := a.known[id]
	if !ok {
		return home.State{}, gone(id)
	}
	return state, nil
}
