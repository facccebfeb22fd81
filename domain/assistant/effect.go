package assistant

import (
	"context"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// wants are the entities that a command is for, each with what holds of it when
// the command has had its effect.
type wants map[home.EntityID]func(home.State) bool

// seen are the states after a command, of those of which they are known.
type seen map[home.EntityID]home.State

// few is up to how many entities are looked at one by one. To look at more, all
// states are asked for at once.
const few = 4

// do makes a call, once, and returns the states after it. What came back with the
// call counts; the others are looked at until the effect shows, for a while. That
// they cannot be looked at is no failure of the command: seen lacks them.
//
// A call on several entities that failed may have been carried out on some of them.
// Their states are looked at then and returned with the error; nil if they cannot be.
func (t *turn) do(ctx context.Context, call home.ServiceCall, w wants) (seen, error) {
	changed, err := t.parts.Home.Call(ctx, call)
	after := seen{}
	if err != nil {
		if len(w) < 2 || !partly(err) || !t.lookAt(ctx, after, after.open(w)) {
			return nil, err
		}
		return after, err
	}
	for _, state := range changed { // the last is how it ended
		if _, wanted := w[state.ID]; wanted {
			after[state.ID] = state
		}
	}
	began := time.Now()
	for n := 0; ; n++ {
		open := after.open(w)
		if len(open) == 0 {
			return after, nil
		}
		if n > 0 {
			left := t.terms.Patience.Effect - time.Since(began)
			if left <= 0 || !ports.Sleep(ctx, min(t.terms.Patience.pause(n-1), left)) {
				return after, nil
			}
		}
		if !t.lookAt(ctx, after, open) {
			return after, nil
		}
	}
}

// partly says whether a call that failed like this may have been carried out in part.
func partly(err error) bool {
	switch fault.Of(err) {
	case fault.Failed, fault.Refused, fault.Unsupported:
		return true
	default:
		return false
	}
}

// open returns those of which the effect does not show yet.
func (s seen) open(w wants) []home.EntityID {
	var open []home.EntityID
	for id, reached := range w {
		if state, ok := s[id]; !ok || reachable(state) && !reached(state) {
			open = append(open, id)
		}
	}
	slices.Sort(open)
	return open
}

// lookAt reads the states of some entities; it returns false when the home cannot
// be asked.
func (t *turn) lookAt(ctx context.Context, after seen, ids []home.EntityID) bool {
	if len(ids) > few {
		states, err := t.parts.Home.States(ctx)
		for _, state := range states {
			if slices.Contains(ids, state.ID) {
				after[state.ID] = state
			}
		}
		return err == nil
	}
	for _, id := range ids {
		state, err := t.parts.Home.State(ctx, id)
		switch {
		case err == nil:
			after[id] = state
		case fault.Of(err) == fault.NotFound:
			after[id] = home.State{ID: id, Value: home.Unavailable}
		default:
			return false
		}
	}
	return true
}
