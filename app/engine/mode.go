package engine

import (
	"context"
	"encoding/json"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// repertoire is how a mode answers events.
type repertoire struct {
	// shapes are the kinds of events that it knows, by their members.
	shapes map[string]shape
	// other answers an event of no known kind.
	other func(ctx context.Context, event json.RawMessage) outcome
}

func newRepertoire(shapes []shape, other func(context.Context, json.RawMessage) outcome) repertoire {
	r := repertoire{map[string]shape{}, other}
	for _, s := range shapes {
		r.shapes[s.name] = s
	}
	return r
}

// unknown is the error of an event that is of no known kind.
func (r repertoire) unknown(what string) error {
	return fault.Newf(fault.Invalid, "%s It expects an object with one of the members %s.", what, listed(r.shapes))
}

// repertoireOf returns how a mode answers events.
func (e *Engine) repertoireOf(mode config.Mode) repertoire {
	if mode == config.ModeEmergency {
		return e.emergency()
	}
	if operate, ok := e.parts.Modes[mode]; ok {
		return e.special(mode, operate)
	}
	return e.normal()
}

// normal is the mode that serves Alexa.
func (e *Engine) normal() repertoire {
	r := newRepertoire([]shape{
		{"directive", e.directive},
		{"request", e.skill},
		{"session", e.skill},
		{"operation", e.operation},
		{"test", e.test},
		{"requestContext", e.request},
		{"source", e.scheduled},
	}, nil)
	r.other = func(context.Context, json.RawMessage) outcome {
		return refused(r.unknown("LEE does not know this kind of event."), "unknown", "", nil)
	}
	return r
}

// special is a mode that has an answer of its own to whatever comes, except to
// what must go on: Alexa gets an error that it takes, and operators their
// operations.
func (e *Engine) special(mode config.Mode, operate Operation) repertoire {
	why := "LEE does not serve Alexa while LAMBDA_MODE is " + mode.String() + "."
	return newRepertoire([]shape{
		{"directive", e.offDuty(why)},
		{"request", e.resting(why)},
		{"session", e.resting(why)},
		{"operation", e.operation},
		{"test", e.test},
		{"requestContext", e.request},
		{"source", quiet},
	}, func(ctx context.Context, event json.RawMessage) outcome {
		return e.operate(ctx, operate, event, "mode", mode.String())
	})
}

// emergency is the mode that answers at once and touches nothing.
func (e *Engine) emergency() repertoire {
	const why = "LEE is in emergency mode (LAMBDA_MODE) and touches nothing."
	refuse := func(_ context.Context, _, _ json.RawMessage) outcome {
		return refused(fault.New(fault.Unavailable, why), "mode", config.ModeEmergency.String(), nil)
	}
	return newRepertoire([]shape{
		{"directive", e.offDuty(why)},
		{"request", e.resting(why)},
		{"session", e.resting(why)},
		{"operation", refuse},
		{"test", e.test},
		{"requestContext", func(context.Context, json.RawMessage, json.RawMessage) outcome {
			return outcome{answer: web.Away(), event: "http", failed: func(error) any { return web.Failed() }}
		}},
		{"source", quiet},
	}, func(ctx context.Context, event json.RawMessage) outcome { return refuse(ctx, nil, event) })
}

// offDuty refuses every directive for a reason, one sentence for people. A
// discovery finds nothing: Alexa forgets nothing over it. A grant is answered as ever:
// an error would break the linking of the account, and the answer touches nothing.
func (e *Engine) offDuty(why string) func(context.Context, json.RawMessage, json.RawMessage) outcome {
	return func(ctx context.Context, raw, _ json.RawMessage) outcome {
		d, done := e.parse(raw)
		switch {
		case done.err != nil:
			return done
		case d.Key() == alexa.AcceptGrant:
			return e.handle(ctx, d, done)
		}
		done.err = fault.New(fault.Unreachable, why)
		done.answer = done.failed(done.err)
		return done
	}
}
