package engine

import (
	"context"
	"encoding/json"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// Skill is who answers when people talk to the assistant by its name.
type Skill struct {
	// Allowed says whether a custom skill may talk to it, by the skill's id. Its error
	// is a *fault.Error.
	Allowed func(ctx context.Context, application string) (bool, error)
	// Answer answers a request that is what it should be: from such a skill, fresh,
	// in a session, and not seen before. The error is what went wrong, for the log;
	// the answer reports it already.
	Answer func(context.Context, skill.Request) (skill.Response, error)
}

// skill answers a request of a custom skill. Nothing is done for one that is not
// what it should be.
func (e *Engine) skill(ctx context.Context, _, event json.RawMessage) outcome {
	r, done := e.readSkill(event)
	if done.err != nil {
		return done
	}
	if says, err := e.admit(ctx, r); err != nil {
		return done.turnedAway(r, says, err)
	}
	if !r.Kind.Conversational() {
		done.answer = skill.Response{Silent: true}
		return done
	}
	answer, err := e.answers.once(ctx, r, func() (spoken, error) {
		return guarded(ctx, e.parts.Budget.Grace, func(ctx context.Context) (s spoken, err error) {
			s.response, s.err = e.parts.Skill.Answer(ctx, r)
			return s, nil
		})
	})
	if err != nil {
		done.answer, done.err = done.failed(err), err
		return done
	}
	if r.Kind == skill.Ended {
		answer.response = skill.Response{Silent: true}
	}
	done.answer, done.err = answer.response, answer.err
	return done
}

// spoken is an answer, and what went wrong with it.
type spoken struct {
	response skill.Response
	err      error
}

// readSkill reads a request, and begins its outcome, which is an error already when
// it cannot be read. What people have said, and what they are told, is in neither log
// nor journal, at any level.
func (e *Engine) readSkill(event json.RawMessage) (skill.Request, outcome) {
	r, err := skill.Parse(event)
	what := clip(string(r.Kind))
	if r.Kind == skill.Asked {
		what = clip(r.Intent.Name)
	}
	done := outcome{
		event: "skill", what: what,
		about: []zap.Field{
			zap.String("request", clip(string(r.Kind))),
			zap.String("intent", clip(r.Intent.Name)),
			zap.String("locale", r.Locale),
			zap.String("requestId", clip(r.ID)),
		},
		failed: func(err error) any { return apology(r, sorry(err)) },
	}
	if err != nil {
		return r, done.turnedAway(r, phrase.NoRequest, err)
	}
	return r, done
}

// turnedAway returns the outcome of a request that is not carried out.
func (o outcome) turnedAway(r skill.Request, says phrase.Phrase, err error) outcome {
	o.answer, o.err = apology(r, says), err
	return o
}

// apology is the answer to a request that is not carried out: it ends the session.
// To what is no person's turn nothing may be said.
func apology(r skill.Request, says phrase.Phrase) skill.Response {
	if r.Kind != "" && r.Kind != skill.Launch && r.Kind != skill.Asked {
		return skill.Response{Silent: true}
	}
	return skill.Response{Speech: phrase.In(r.Locale).Say(says)}
}

// sorry returns what is said when no answer was made.
func sorry(err error) phrase.Phrase {
	switch fault.Of(err) {
	case fault.Unanswered:
		return phrase.WentUnanswered
	case fault.Unavailable:
		return phrase.OutOfService
	default:
		return phrase.WentInternal
	}
}

// admit says why a request is not to be carried out, for people and for the log.
func (e *Engine) admit(ctx context.Context, r skill.Request) (phrase.Phrase, error) {
	if e.parts.Skill.Answer == nil {
		return phrase.OutOfService, fault.New(fault.Unsupported, "LEE answers no custom skill here.")
	}
	if r.ApplicationID == "" {
		return phrase.NoRequest, fault.New(fault.Invalid, "The request does not say which skill it is of.")
	}
	allowed, err := e.parts.Skill.Allowed(ctx, r.ApplicationID)
	switch conversing := r.Kind.Conversational(); {
	case err != nil:
		return phrase.WentMisconfigured, err
	case !allowed:
		return phrase.NotThisSkill, fault.New(fault.Invalid, "The request is of a skill that HA_SKILL_IDS does not name.")
	case !r.Fresh(e.parts.Clock.Now()):
		return phrase.TooLate, fault.Newf(fault.Invalid, "The request was not sent within the last %v.", skill.Freshness)
	case conversing && (!r.Session.Present || r.Session.ID == ""):
		return phrase.NoRequest, fault.New(fault.Invalid, "The request belongs to no session.")
	default:
		return 0, nil
	}
}

// resting answers every request of a custom skill that LEE serves nobody, for a
// reason that is for the log.
func (e *Engine) resting(why string) func(context.Context, json.RawMessage, json.RawMessage) outcome {
	return func(_ context.Context, _, event json.RawMessage) outcome {
		r, done := e.readSkill(event)
		return done.turnedAway(r, phrase.OutOfService, fault.New(fault.Unavailable, why))
	}
}
