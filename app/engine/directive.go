package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// directive answers one of Alexa's directives.
func (e *Engine) directive(ctx context.Context, raw, _ json.RawMessage) outcome {
	d, err := alexa.Parse(raw)
	about := []zap.Field{
		zap.String("event", "directive"),
		zap.Stringer("directive", clipped(d.Key())),
		zap.String("endpoint", clip(d.Endpoint.EndpointID)),
	}
	if err != nil {
		return outcome{alexa.Failure(d, err), about, err}
	}
	answer, err := e.answer(ports.WithBearer(ctx, d.Token), d)
	if err != nil {
		answer = e.failure(d, err)
	}
	return outcome{answer, about, err}
}

// answer has d answered by whoever the table names, and goes without that answer
// when it does not come in time: Alexa must have one.
func (e *Engine) answer(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
	handle, ok := e.directives[d.Key()]
	if !ok {
		return alexa.Answer{}, fault.New(fault.Unsupported, "LEE does not know this directive.")
	}
	type reply struct {
		answer alexa.Answer
		err    error
	}
	replies := make(chan reply, 1)
	go func() {
		var r reply
		defer func() {
			if p := recover(); p != nil {
				r.err = fault.Wrap(fault.Internal, "A part of LEE failed.", fmt.Errorf("panic: %v", p))
			}
			replies <- r
		}()
		r.answer, r.err = handle(ctx, d)
	}()
	select {
	case r := <-replies:
		return r.answer, r.err
	case <-ctx.Done():
	}
	// The handler sees the same deadline; its own words are better than ours.
	select {
	case r := <-replies:
		return r.answer, r.err
	case <-time.After(e.budget.Grace):
		return alexa.Answer{}, fault.New(fault.Unanswered, "The home did not say in time whether it was done.")
	}
}

// failure is the answer that tells of err. A discovery that fails for any other
// reason than a bad token is an empty list: Alexa forgets nothing over it, and
// people can ask again.
func (e *Engine) failure(d alexa.Directive, err error) alexa.Answer {
	if d.Key() == (alexa.Key{Namespace: alexa.Discovery, Name: "Discover"}) && fault.Of(err) != fault.TokenRejected {
		return discovery.Answer(d, nil)
	}
	return alexa.Failure(d, err)
}

// AcceptGrant answers the directive with which Alexa hands over the right to
// report changes by themselves. There is no place to keep that right yet, and
// saying that it was kept would be a lie.
func AcceptGrant(context.Context, alexa.Directive) (alexa.Answer, error) {
	return alexa.Answer{}, &alexa.Error{
		Namespace: alexa.Authorization,
		Type:      alexa.AcceptGrantFailed,
		Message:   "LEE does not report changes by itself and keeps no grant.",
	}
}

// clipped keeps what a stranger sent from filling the log.
func clipped(k alexa.Key) alexa.Key {
	return alexa.Key{Namespace: alexa.Namespace(clip(string(k.Namespace))), Name: clip(k.Name)}
}

func clip(s string) string {
	const most = 96
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
