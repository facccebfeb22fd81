package engine

import (
	"context"
	"encoding/json"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/fault"
)

// OwnOperations returns the names of the operations that are the engine's own,
// besides those that it is given.
func OwnOperations() []string { return []string{"trace"} }

// Traces is the answer to the operation trace that asks for what was.
type Traces struct {
	// Last are the last invocations, Failed the last of those that went wrong, the
	// latest first.
	Last   []journal.Trace `json:"last"`
	Failed []journal.Trace `json:"failed"`
}

// Traced is the answer to the operation trace that has an event carried out.
type Traced struct {
	Answer json.RawMessage `json:"answer"`
	Trace  journal.Trace   `json:"trace"`
}

// trace is the operation trace: it tells what invocations did, the last ones, or
// one by its correlation, or that of an event which it carries out for that.
func (e *Engine) trace(ctx context.Context, event json.RawMessage) (any, error) {
	var asked struct {
		Correlation string          `json:"correlation"`
		Event       json.RawMessage `json:"event"`
	}
	if err := json.Unmarshal(event, &asked); err != nil {
		return nil, fault.New(fault.Invalid, `The operation trace takes a text as "correlation", or an event as "event".`)
	}
	switch {
	case len(asked.Event) > 0 && string(asked.Event) != "null":
		return e.traced(ctx, asked.Event)
	case asked.Correlation != "":
		r, ok := e.parts.Journal.Find(asked.Correlation)
		if !ok {
			return nil, fault.New(fault.NotFound, "LEE remembers no invocation of this correlation; another environment of the function may.")
		}
		return journal.Tell(r), nil
	}
	return Traces{tellAll(e.parts.Journal.Last()), tellAll(e.parts.Journal.Failed())}, nil
}

func tellAll(records []journal.Record) []journal.Trace {
	told := make([]journal.Trace, len(records))
	for i, r := range records {
		told[i] = journal.Tell(r)
	}
	return told
}

// tracedKey marks the context of an event that is being traced.
type tracedKey struct{}

// traced carries out an event and tells all that it did, with all times.
func (e *Engine) traced(ctx context.Context, event json.RawMessage) (Traced, error) {
	if ctx.Value(tracedKey{}) != nil {
		return Traced{}, fault.New(fault.Invalid, "A trace of a trace is not to be had.")
	}
	outer, trace := gateway.TraceOf(ctx), gateway.NewFullTrace(correlation.ID(ctx))
	ctx = gateway.WithTrace(context.WithValue(ctx, tracedKey{}, true), trace)
	began := e.parts.Clock.Now()
	within, end := gateway.Span(ctx, "answer")
	done := e.dispatch(within, event)
	end(done.err)
	outer.Travel(trace.RoundTrips())
	_, end = gateway.Span(ctx, "write")
	raw := write(&done)
	end(nil)
	result, _ := verdict(done.err)
	over := invocation{outcome: done, trace: trace, began: began, took: e.parts.Clock.Now().Sub(began)}
	return Traced{raw, journal.Tell(over.record(result, false))}, nil
}
