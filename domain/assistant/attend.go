package assistant

import (
	"cmp"
	"context"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// owner is who errands are kept for: an account, or a session where the account is
// not known.
func (t *turn) owner() string { return cmp.Or(t.request.UserID, t.request.Session.ID) }

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
	if !t.await(ctx, e, beat) {
		return unfinished(ctx), nil
	}
	t.later.heard(t.owner(), e)
	return e.tell(t)
}

// await waits for an errand, and has something said when it takes a while; it
// returns false when the time is up first.
func (t *turn) await(ctx context.Context, e *errand, beat phrase.Phrase) bool {
	soft := time.NewTimer(t.terms.Patience.Soft)
	defer soft.Stop()
	saying, silence := context.WithCancel(ctx) // nothing more is said once the answer is there
	defer silence()
	for {
		select {
		case <-e.done:
			return true
		case <-ctx.Done():
			return false
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

// goOn tells what came of the last errand.
func (t *turn) goOn(ctx context.Context) (reply, error) {
	e := t.later.of(t.owner())
	if e == nil {
		return t.tell(phrase.NothingComes), nil
	}
	if !t.await(ctx, e, phrase.Thinking) {
		return t.notYet(phrase.StillNotYet), nil
	}
	t.later.heard(t.owner(), e)
	return e.tell(t)
}

// notYet tells that there is no result yet, and how to ask for it.
func (t *turn) notYet(p phrase.Phrase) reply {
	return reply{text: t.say(p), nudge: t.say(phrase.NotYetNudge), listens: true, fixed: true, err: unfinished()}
}

func unfinished() error {
	return fault.New(fault.Unanswered, "The home has not answered in time; it can be asked for later.")
}
