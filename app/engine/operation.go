package engine

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// operation answers one of the operator's operations.
func (e *Engine) operation(ctx context.Context, value, event json.RawMessage) outcome {
	var name string
	if err := json.Unmarshal(value, &name); err != nil {
		return refused(fault.New(fault.Invalid, "The event's operation is not a text."), "operation", "", nil)
	}
	operate, ok := e.parts.Operations[name]
	name = clip(name)
	if !ok {
		err := fault.Newf(fault.Invalid, "LEE has no operation %q; it knows %s.", name, listed(e.parts.Operations))
		return refused(err, "operation", name, []zap.Field{zap.String("operation", name)})
	}
	return e.operate(ctx, operate, event, "operation", name)
}

// operate has an operation answer an event.
func (e *Engine) operate(ctx context.Context, operate Operation, event json.RawMessage, kind, name string) outcome {
	about := []zap.Field{zap.String("operation", name)}
	answer, err := guarded(ctx, e.parts.Budget.Grace, func(ctx context.Context) (any, error) { return operate(ctx, event) })
	if err != nil {
		return refused(err, kind, name, about)
	}
	return outcome{answer: answer, event: kind, what: name, about: about, failed: refusal}
}

// listed returns a table's names, sorted, with commas between them.
func listed[V any](table map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(table)), ", ")
}

// Pong is the answer to {"test":"ping"}.
type Pong struct {
	StatusCode int    `json:"statusCode"`
	Body       string `json:"body"`
}

// test answers {"test":"ping"}, touching nothing.
func (e *Engine) test(_ context.Context, value, _ json.RawMessage) outcome {
	if string(value) != `"ping"` {
		return refused(fault.New(fault.Invalid, `LEE knows one test: {"test":"ping"}.`), "test", "", nil)
	}
	return outcome{answer: Pong{200, "pong"}, event: "test", what: "ping", failed: refusal}
}
