// Package perform carries orders out on a home. It drives package action's courses:
// it makes the calls, reads the states and watches the clock, and decides nothing.
package perform

import (
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/action"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Home is a home on which orders are carried out. ports.Home has what it asks for.
type Home interface {
	// State returns the state of one entity, with fault.NotFound when there is none.
	State(ctx context.Context, id home.EntityID) (home.State, error)
	// States returns the states of all entities.
	States(ctx context.Context) ([]home.State, error)
	// Call makes a service call and returns the states that changed because of it.
	// Its errors are those of ports.Home.
	Call(ctx context.Context, call home.ServiceCall) ([]home.State, error)
}

// maxSingleLooks is up to how many entities are read one by one. More are read with
// all states of the home in one round trip.
const maxSingleLooks = 4

// endless is the time for an order whose context has no deadline.
const endless = time.Hour

// Do carries out an order on the home and returns what became of it. The order's
// deadline is set here: the patience's margin before that of the context. Each call
// is made once at most, and what is under way when Do returns is cancelled.
func Do(ctx context.Context, h Home, o action.Order) action.Result {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d := begin(ctx, h, o)
	for d.goOn(ctx) {
		d.next(ctx, look(ctx, h, d.step.Look, d.step.For, maxSingleLooks))
	}
	return d.course.Result()
}

// driver does the steps of one course.
type driver struct {
	home    Home
	course  *action.Course
	step    action.Step       // the step to do next
	replies chan action.Event // holds one: a course has one call under way
	// deadline is when the course must be over. calls is the context of its calls, which
	// stop ends.
	deadline time.Time
	calls    context.Context //nolint:containedctx // it is that of the calls alone
	stop     context.CancelFunc
}

// begin begins an order. What it has under way ends with the context.
func begin(ctx context.Context, h Home, o action.Order) *driver {
	now := time.Now()
	o.Deadline = now.Add(endless)
	if deadline, ok := ctx.Deadline(); ok {
		o.Deadline = deadline.Add(-o.Patience.Margin)
	}
	if ctx.Err() != nil {
		o.Deadline = now
	}
	d := &driver{home: h, replies: make(chan action.Event, 1), deadline: o.Deadline}
	d.calls, d.stop = context.WithDeadline(ctx, o.Deadline)
	d.course, d.step = action.Begin(o, now)
	return d
}

// goOn does the steps up to the next look; it returns false when the course is over.
func (d *driver) goOn(ctx context.Context) bool {
	for d.step.Do != action.Look {
		waiting := ctx
		switch d.step.Do {
		case action.Stop:
			d.stop()
			return false
		case action.Send:
			go d.send(d.step.Call)
		case action.Cancel: // the call's own deadline ends it: a cancelled one would count as given up
			waiting = context.WithoutCancel(ctx)
		default: // to wait is all
		}
		d.next(ctx, d.await(waiting, d.step.For))
	}
	return true
}

// next tells the course what followed its step. A context that has ended is the
// deadline: nobody waits any more.
func (d *driver) next(ctx context.Context, e action.Event) {
	e.At = time.Now()
	if ctx.Err() != nil && len(e.States) == 0 && e.At.Before(d.deadline) {
		e.At = d.deadline
	}
	d.step = d.course.Next(e)
}

// send makes a call; its reply is an event.
func (d *driver) send(call home.ServiceCall) {
	var states []home.State
	err := fault.Guard(func() (err error) {
		states, err = d.home.Call(d.calls, call)
		return err
	})
	d.replies <- action.Event{Kind: action.Replied, States: states, Err: err}
}

// await waits for the reply to the call that is under way.
func (d *driver) await(ctx context.Context, limit time.Duration) action.Event {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case reply := <-d.replies:
		return reply
	case <-timer.C:
	case <-ctx.Done():
	}
	return action.Event{Kind: action.Silent}
}

// look reads the states of some entities, one by one up to so many, else all of the
// home's. One that the home does not know is missing.
func look(ctx context.Context, h Home, ids []home.EntityID, limit time.Duration, maxSingle int) action.Event {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	e := action.Event{Kind: action.Saw}
	if len(ids) > maxSingle {
		states, err := h.States(ctx)
		if e.Err = err; err == nil {
			e.States, e.Missing = indexed(states).of(ids)
		}
		return e
	}
	for _, id := range ids {
		state, err := h.State(ctx, id)
		switch {
		case err == nil:
			e.States = append(e.States, state)
		case fault.Of(err) == fault.NotFound:
			e.Missing = append(e.Missing, id)
		default:
			e.Err = err
			return e
		}
	}
	return e
}

// index finds states by their entities.
type index map[home.EntityID]*home.State

func indexed(states []home.State) index {
	all := make(index, len(states))
	for i := range states {
		all[states[i].ID] = &states[i]
	}
	return all
}

// of returns the states of some entities, and those entities of which there is none.
func (all index) of(ids []home.EntityID) (states []home.State, missing []home.EntityID) {
	for _, id := range ids {
		if state := all[id]; state != nil {
			states = append(states, *state)
		} else {
			missing = append(missing, id)
		}
	}
	return states, missing
}
