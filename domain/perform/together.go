package perform

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Together carries out several orders side by side, at most atOnce at a time, and
// returns what became of each, in their order. One that has not begun when the
// context ends is not begun. Otherwise each is carried out as Do does it, except for
// the looks: they wait until every order has got that far, and what all of them look
// at is read in one round trip.
func Together(ctx context.Context, h Home, orders []action.Order, atOnce int) []action.Result {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	parties := make([]*party, len(orders))
	for i := range orders {
		parties[i] = &party{order: orders[i]}
	}
	for under := parties; len(under) > 0; {
		goOn(ctx, h, under, atOnce)
		under = slices.DeleteFunc(slices.Clone(under), func(p *party) bool { return !p.looks })
		lookTogether(ctx, h, under)
	}
	results := make([]action.Result, len(parties))
	for i, p := range parties {
		results[i] = p.result()
	}
	return results
}

// party is one of several orders.
type party struct {
	order  action.Order
	driver *driver // nil before it has begun
	looks  bool    // it has got to a look
	broke  error   // it panicked; nil when it did not
}

// goOn has each of the orders go on until it is over or has got to a look.
func goOn(ctx context.Context, h Home, under []*party, atOnce int) {
	free := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for _, p := range under {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			p.broke = fault.Guard(func() error {
				if p.looks = false; p.driver == nil {
					p.driver = begin(ctx, h, p.order)
				}
				p.looks = p.driver.goOn(ctx)
				return nil
			})
		})
	}
	all.Wait()
}

// lookTogether does the looks that orders have got to.
func lookTogether(ctx context.Context, h Home, under []*party) {
	var ids []home.EntityID
	var limit time.Duration
	for _, p := range under {
		ids = append(ids, p.driver.step.Look...)
		limit = max(limit, p.driver.step.For)
	}
	if len(ids) == 0 {
		return
	}
	seen := look(ctx, h, ids, limit, 1)
	states := indexed(seen.States)
	for _, p := range under {
		e := action.Event{Kind: action.Saw, Err: seen.Err}
		if e.Err == nil {
			e.States, e.Missing = states.of(p.driver.step.Look)
		}
		p.driver.next(ctx, e)
	}
}

// result returns what became of the order.
func (p *party) result() action.Result {
	if p.broke == nil {
		return p.driver.course.Result()
	}
	r := action.Result{Plan: p.order.Plan, Outcomes: make([]action.Outcome, len(p.order.Targets)), Err: p.broke}
	for i, t := range p.order.Targets {
		r.Outcomes[i].ID = t.ID
	}
	return r
}
