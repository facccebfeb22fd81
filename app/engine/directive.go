package engine

import (
	"context"
	"encoding/json"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// directive answers one of Alexa's directives.
func (e *Engine) directive(ctx context.Context, raw, _ json.RawMessage) outcome {
	d, done := e.parse(raw)
	if done.err != nil {
		return done
	}
	return e.handle(ctx, d, done)
}

// handle has the directive's own part answer it, and completes its outcome.
func (e *Engine) handle(ctx context.Context, d alexa.Directive, done outcome) outcome {
	handle, ok := e.parts.Directives[d.Key()]
	if !ok {
		done.err = fault.New(fault.Unsupported, "LEE does not know this directive.")
		done.answer = alexa.Failure(d, done.err)
		return done
	}
	answer, err := guarded(ports.WithBearer(ctx, d.Token), e.parts.Budget.Grace, func(ctx context.Context) (alexa.Answer, error) {
		return handle(ctx, d)
	})
	if err != nil {
		done.answer, done.err = done.failed(err), err
		return done
	}
	done.answer = answer
	return done
}

// parse reads a directive, and begins its outcome, which is an error already when
// it cannot be read.
func (e *Engine) parse(raw json.RawMessage) (alexa.Directive, outcome) {
	d, err := alexa.Parse(raw)
	key := clipped(d.Key())
	done := outcome{
		event: "directive", what: key.String(),
		about: []zap.Field{
			zap.Stringer("directive", key),
			zap.String("endpoint", clip(d.Endpoint.EndpointID)),
			zap.String("messageId", clip(d.Header.MessageID)),
		},
		failed: func(err error) any { return e.failure(d, err) },
	}
	if err != nil {
		done.answer, done.err = alexa.Failure(d, err), err
	}
	return d, done
}

// failure is the answer that reports err. A discovery that fails for any other
// reason than a bad token is an empty list: Alexa forgets nothing over it, and
// people can ask again.
func (e *Engine) failure(d alexa.Directive, err error) alexa.Answer {
	if d.Key() == alexa.Discover && fault.Of(err) != fault.TokenRejected {
		return discovery.Answer(d, nil)
	}
	return alexa.Failure(d, err)
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
