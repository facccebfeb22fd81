package control

import (
	"context"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// effect is one command on its way: what was sent, and what is known of what
// became of it.
type effect struct {
	service *Service
	kind    *capability.Kind
	plan    capability.Plan
	id      home.EntityID
	sent    time.Time
	replies chan reply // nil when none will come any more
}

// reply is what came back for the call.
type reply struct {
	changed []home.State
	err     error
}

// sight is a state of the entity and since when nobody has confirmed it: when the
// house said it, or when a command was sent that it takes to be carried out.
type sight struct {
	home.State
	// said is the state as the house said it, before anything was assumed.
	said home.State
	at   time.Time
	// certain says that it shows everything that the command was to bring about.
	certain bool
}

func seen(state home.State) sight { return sight{State: state, said: state, at: time.Now()} }

// carryOut makes the plan's call and returns the state that holds after it.
// Whatever it has begun ends with the context.
func (s *Service) carryOut(ctx context.Context, kind *capability.Kind, plan capability.Plan, id home.EntityID) (sight, error) {
	e := &effect{service: s, kind: kind, plan: plan, id: id, sent: time.Now(), replies: make(chan reply, 1)}
	go func() { e.replies <- s.call(ctx, plan) }()
	if r, ok := e.reply(ctx, s.patience.Soft); ok {
		return e.replied(ctx, r)
	}
	return e.watch(ctx)
}

// call makes the plan's call, as often as the plan says.
func (s *Service) call(ctx context.Context, plan capability.Plan) (all reply) {
	defer func() {
		if p := recover(); p != nil { // in a goroutine of ours it would end the process
			all.err = fault.Wrap(fault.Internal, "A part of LEE failed.", fault.Panic(p))
		}
	}()
	for range max(plan.Times, 1) {
		changed, err := s.home.Call(ctx, plan.Call)
		all.changed, all.err = append(all.changed, changed...), err
		if err != nil {
			break
		}
	}
	return all
}

// reply waits for the call's reply; ok is false when none came in time.
func (e *effect) reply(ctx context.Context, limit time.Duration) (r reply, ok bool) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case r = <-e.replies:
		return r, true
	case <-timer.C:
	case <-ctx.Done():
	}
	return reply{}, false
}

// replied goes on from the home's reply.
func (e *effect) replied(ctx context.Context, r reply) (sight, error) {
	e.replies = nil
	switch kind := fault.Of(r.err); {
	case r.err == nil:
	case kind == fault.Unsupported && e.plan.Instead != nil:
		return e.instead(ctx)
	case kind == fault.Unanswered:
		return e.watch(ctx)
	default:
		return sight{}, r.err
	}
	for _, state := range slices.Backward(r.changed) { // the last is how it ended
		if state.ID == e.id {
			return e.settle(ctx, seen(state), true)
		}
	}
	state, err := e.service.home.State(ctx, e.id)
	if err != nil {
		return sight{}, unconfirmed(err)
	}
	return e.settle(ctx, seen(state), false)
}

// instead makes the plan's other call, where the first is known to have had no
// effect.
func (e *effect) instead(ctx context.Context) (sight, error) {
	if e.plan.Before.ID != "" {
		now, err := e.service.home.State(ctx, e.id)
		if err != nil {
			return sight{}, unconfirmed(err)
		}
		if !e.plan.Untouched(now) {
			return sight{}, fault.New(fault.Failed, "The home began to do it, and could not.")
		}
	}
	return e.service.carryOut(ctx, e.kind, e.plan.Other(), e.id)
}

// watch looks at the state beside a command that gets no reply, until its effect
// shows, its reply comes after all, or the time is up.
func (e *effect) watch(ctx context.Context) (sight, error) {
	var first home.State
	for n := 0; ctx.Err() == nil; n++ {
		now, err := e.look(ctx)
		if err == nil && first.ID == "" {
			first = now.State
		}
		switch {
		case err == nil && e.shows(now.State, e.changed(now), first.Updated):
			now.certain = e.plan.Certain(now.State)
			return now, nil
		case err != nil && fault.Of(err) == fault.NotFound:
			return sight{}, err
		}
		if r, ok := e.reply(ctx, e.service.patience.pause(n)); ok {
			return e.replied(ctx, r)
		}
	}
	// The call has ended with the context, and may say now that nothing was sent.
	// That is heard in what is left for the answer.
	if e.replies != nil {
		if r, ok := e.reply(context.WithoutCancel(ctx), e.service.patience.Margin/2); ok && fault.Of(r.err) != fault.Unanswered {
			return e.replied(ctx, r)
		}
	}
	return sight{}, fault.New(fault.Unanswered, "The home did not say in time whether it was done.")
}

// changed says whether the state has changed since the command was sent. The home
// says when it changed by its own clock, and when it told that by the same one where
// it can: a clock that goes wrong is found out by that, to the second.
func (e *effect) changed(now sight) bool {
	since := e.sent
	if told := now.Told; !told.IsZero() && (told.Before(e.sent.Truncate(time.Second)) || told.After(now.at)) {
		since = told.Add(-now.at.Sub(e.sent))
	}
	return now.Updated.After(since)
}

// settle waits until the effect shows in the state, which the reply told or the
// house was asked for. What has not shown by then is assumed as it was
// commanded, except where a claim could do harm: then the state must say itself
// why it is another one, or the command has failed.
func (e *effect) settle(ctx context.Context, now sight, told bool) (sight, error) {
	first := now.Updated
	var blind error
	for n := 0; now.Available() && !e.shows(now.State, told, first); n++ {
		left := e.limit(ctx, now.State) - time.Since(e.sent)
		if left <= 0 || !ports.Sleep(ctx, min(e.service.patience.pause(n), left)) {
			break
		}
		next, err := e.look(ctx)
		if err != nil && fault.Of(err) == fault.NotFound {
			return sight{}, err
		}
		if err != nil {
			blind = err // the command was taken; its effect cannot be looked at
			break
		}
		now = next
	}
	if !now.Available() {
		return now, nil
	}
	switch e.kind.Outcome(e.plan, now.State) {
	case capability.Assumed:
		return sight{State: e.plan.Assume(now.State), said: now.State, at: e.sent}, nil
	case capability.Ignored:
		if blind != nil {
			return sight{}, unconfirmed(blind)
		}
		return sight{}, fault.New(fault.Unavailable, "The home took the command, and the device has not followed it.")
	default:
		now.certain = e.plan.Certain(now.State)
		return now, nil
	}
}

// look reads the state. A look that takes too long is given up: the next may be
// quicker, and a reply may be there meanwhile.
func (e *effect) look(ctx context.Context) (sight, error) {
	ctx, cancel := context.WithTimeout(ctx, e.service.patience.Soft)
	defer cancel()
	state, err := e.service.home.State(ctx, e.id)
	return seen(state), err
}

// shows says whether the state shows the command's effect, or that it is under
// way where that will do. A plan that cannot say what it wants is content when
// the reply told the state, or the state has changed since the first look at it.
// With a want, told and first are of no account.
func (e *effect) shows(state home.State, told bool, first time.Time) bool {
	if len(e.plan.Wants) == 0 {
		return told || e.plan.Begins(state) || !state.Updated.Equal(first)
	}
	return e.plan.Reached(state)
}

// limit returns how long after sending the effect is waited for. A lock that
// turns is waited for as long as there is time: its answer must be true.
func (e *effect) limit(ctx context.Context, state home.State) time.Duration {
	deadline, ok := ctx.Deadline()
	if ok && state.GuardsHouse() && e.kind.IsMoving(state.Value) {
		return deadline.Sub(e.sent) - e.service.patience.Margin // for the last look itself
	}
	return e.service.patience.Soft
}

// unconfirmed is the error for a command that the home took and whose effect it
// could not be asked for.
func unconfirmed(err error) error {
	if fault.Of(err) == fault.NotFound {
		return err
	}
	return fault.Wrap(fault.Unanswered, "The home took the command and could not be asked for its effect.", err)
}
