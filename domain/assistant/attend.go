package assistant

import (
	"cmp"
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// account is whose home it is: an account, or a session where the account is not known.
func (t *turn) account() string { return cmp.Or(t.request.UserID, t.request.Session.ID) }

// owner is who errands are kept for.
func (t *turn) owner() owner { return owner{t.account(), t.request.DeviceID} }

// attend has work done that may take longer than the answer, and waits for it as
// long as there is time. At the soft limit beat is said meanwhile. When the time is
// up without a result, the reply is unfinished's and the work goes on: the result
// can be fetched later. The work is done once, whatever happens.
//
// Scripts, automations, announcements and sentences are attended to, and are no orders:
// an order must be known by the deadline, and these go on after it. What came of them is
// in the reply and in no state that could be looked at.
func (t *turn) attend(ctx context.Context, beat phrase.Phrase, work func(context.Context) telling, unfinished func(context.Context) reply) (reply, error) {
	e := t.later.begin(ctx, t.owner(), t.terms.Patience, work)
	own := func() *errand {
		if t.later.finished(e) {
			return e
		}
		return nil
	}
	if t.await(ctx, own, beat) == nil {
		return unfinished(ctx), nil
	}
	t.later.told(e)
	return e.tell(t)
}

// calling returns the work of a service call, to attend to. It keeps nothing of the turn,
// which has the states of the whole home: the call may go on for minutes.
func (s *Service) calling(call home.ServiceCall, tell func(*turn, error) (reply, error)) func(context.Context) telling {
	return func(ctx context.Context) telling {
		_, err := s.parts.Home.Call(ctx, call)
		return func(t *turn) (reply, error) { return tell(t, err) }
	}
}

// await waits until an errand is ready, and has something said when it takes a while; it
// returns nil when the time is up first.
func (t *turn) await(ctx context.Context, ready func() *errand, beat phrase.Phrase) *errand {
	soft := time.NewTimer(t.terms.Patience.Soft)
	defer soft.Stop()
	saying, silence := context.WithCancel(ctx) // nothing more is said once the answer is there
	defer silence()
	for {
		changed := t.later.changes()
		if e := ready(); e != nil {
			return e
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		case <-soft.C:
			t.beat(saying, beat)
		}
	}
}

// beat says something while the answer is still being made, beside it. That it
// cannot be said is no matter: the answer comes.
func (t *turn) beat(ctx context.Context, p phrase.Phrase) {
	if t.request.API == (skill.API{}) {
		return
	}
	text := t.say(p)
	go func() {
		_ = fault.Guard(func() error { return t.parts.Progress.Say(ctx, t.request.API, t.request.ID, text) })
	}()
}

// goOn tells what came of what the home was asked before, of several the first that is
// finished.
func (t *turn) goOn(ctx context.Context) (reply, error) {
	if t.later.waiting(t.owner()) == 0 {
		return t.tell(phrase.NothingComes), nil
	}
	e := t.await(ctx, func() *errand { return t.later.ready(t.owner()) }, phrase.Thinking)
	if e == nil {
		return t.notYet(phrase.StillNotYet), nil
	}
	t.later.told(e)
	r, err := e.tell(t)
	if err == nil && t.later.waiting(t.owner()) > 0 && r.question == nil && !r.listens {
		r.text = join(ended(r.text), t.say(phrase.MoreComes))
		r.nudge, r.listens, r.fixed = t.say(phrase.MoreComes), true, true
	}
	return r, err
}

// notYet tells that there is no result yet, and how to ask for it.
func (t *turn) notYet(p phrase.Phrase) reply {
	return reply{text: t.say(p), nudge: t.say(phrase.NotYetNudge), listens: true, fixed: true, err: unfinished()}
}

func unfinished() error {
	return fault.New(fault.Unanswered, "The home has not answered in time; it can be asked for later.")
}
