// Package assistant is who answers when people talk to the skill by its name: it
// greets, hands what they say to the home's conversation agent, runs automations
// and scripts, sets helpers and timers, makes announcements, switches what is in a
// room, and says truthfully what came of it.
package assistant

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/phrase"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/ports"
)

// Parts are what a Service is made of. All are needed.
type Parts struct {
	// Terms returns what is in force for a request. Its error is told to the
	// speaker, by its kind.
	Terms func(context.Context) (Terms, error)
	// Explain is told of each pick once the request is answered, for the log.
	Explain      func(context.Context, Pick)
	Home         ports.Home
	Registry     ports.Registry
	Conversation ports.Conversation
	Rooms        ports.Rooms
	Progress     ports.Progress
	Clock        ports.Clock
}

// Service answers custom skill requests. It is safe for concurrent use. Close it
// when it is not needed any more.
type Service struct {
	parts  Parts
	later  *later
	memory memory
}

// New returns a Service.
func New(p Parts) *Service { return &Service{parts: p, later: newLater(p.Clock)} }

// Close gives up on whatever the home has not answered yet, and returns when
// nothing goes on any more. What is asked afterwards is not begun.
func (s *Service) Close() { s.later.close() }

// Handle answers a request, whose deadline is the context's. The answer is always
// one to give, whatever went wrong; the error says what did, for the log. It is a
// *fault.Error.
//
// Who sent the request must have been checked: nothing of that is looked at here
// but whether the account is linked.
func (s *Service) Handle(ctx context.Context, r skill.Request) (skill.Response, error) {
	if r.Kind != skill.Launch && r.Kind != skill.Asked {
		return skill.Response{Silent: true}, nil
	}
	ctx = ports.WithSpoken(ports.WithBearer(ctx, r.Token))
	terms, err := s.parts.Terms(ctx)
	terms.Patience = terms.Patience.orDefault()
	t := &turn{
		Service: s, terms: terms, request: r, language: phrase.In(r.Locale),
		session: readSession(r.Session), slots: slotsOf(r.Intent),
	}
	switch {
	case err != nil:
		return t.sorry(err), err
	case terms.Linked && r.Token.Empty():
		return t.link(), nil
	}
	ctx, cancel := t.limit(ctx)
	defer cancel()
	reply, err := t.answer(ctx)
	for _, pick := range t.picks {
		s.parts.Explain(ctx, pick)
	}
	if err != nil {
		return t.sorry(err), err
	}
	return t.finish(reply), reply.err
}

// limit returns a context that ends a margin before ctx does.
func (t *turn) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithTimeout(ctx, t.terms.Patience.Whole-t.terms.Patience.Margin)
	}
	return context.WithDeadline(ctx, deadline.Add(-t.terms.Patience.Margin))
}

// sorry returns the answer that reports an error.
func (t *turn) sorry(err error) skill.Response {
	if fault.Of(err) == fault.TokenRejected {
		return t.link()
	}
	return t.finish(t.reply(t.went(err)))
}
