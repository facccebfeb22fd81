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
	now := time.Now()
	o.Deadline = now.Add(endless)
	if deadline, ok := ctx.Deadline(); ok {
		o.Deadline = deadline.Add(-o.Patience.Margin)
	}
	d := driver{home: h, replies: make(chan action.Event, 1)}
	calls, stop := context.WithDeadline(ctx, o.Deadline)
	defer stop()
	course, step := action.Begin(o, now)
	for step.Do != action.Stop {
		var event action.Event
		switch step.Do {
		case action.Look:
			event = d.look(ctx, step)
		case action.Send:
			go d.send(calls, step.Call)
			event = d.await(ctx, step.For)
		case action.Cancel: // the call's own deadline ends it: a cancelled one would count as given up
			event = d.await(context.WithoutCancel(ctx), step.For)
		default:
			event = d.await(ctx, step.For)
		}
		event.At = time.Now()
		step = course.Next(event)
	}
	return course.Result()
}

// driver does the steps of one course.
type driver struct {
	home    Home
	replies chan action.Event // holds one: a course has one call under way
}

// send makes a call; its reply is an event.
func (d driver) send(ctx context.Context, call home.ServiceCall) {
	var states []home.State
	err := fault.Guard(func() (err error) {
		states, err = d.home.Call(ctx, call)
		return err
	})
	d.replies <- action.Event{Kind: action.Replied, States: states, Err: err}
}

// await waits for the reply to the call that is under way.
func (d driver) await(ctx context.Context, limit time.Duration) action.Event {
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

// look reads states. One that the home does not know is missing.
func (d driver) look(ctx context.Context, step action.Step) action.Event {
	ctx, cancel := context.WithTimeout(ctx, step.For)
	defer cancel()
	e := action.Event{Kind: action.Saw}
	if len(step.Look) > maxSingleLooks {
		e.States, e.Err = d.home.States(ctx)
		if e.Err == nil {
			e.Missing = missing(step.Look, e.States)
		}
		return e
	}
	for _, id := range step.Look {
		state, err := d.home.State(ctx, id)
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

// missing returns those of ids that none of the states is of.
func missing(ids []home.EntityID, states []home.State) []home.EntityID {
	known := make(map[home.EntityID]bool, len(states))
	for _, state := range states {
		known[state.ID] = true
	}
	var out []home.EntityID
	for _, id := range ids {
		if !known[id] {
			out = append(out, id)
		}
	}
	return out
}
