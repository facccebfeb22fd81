package engine

import (
	"context"
	"encoding/json"
	"sort"
	"strings"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// operation answers one of the operator's operations.
func (e *Engine) operation(ctx context.Context, value, event json.RawMessage) outcome {
	var name string
	about := []zap.Field{zap.String("event", "operation")}
	if err := json.Unmarshal(value, &name); err != nil {
		err := fault.New(fault.Invalid, "The event's operation is not a text.")
		return refused(err, about)
	}
	about = append(about, zap.String("operation", clip(name)))
	operate, ok := e.operations[name]
	if !ok {
		err := fault.Newf(fault.Invalid, "LEE has no operation %q; it knows %s.", clip(name), strings.Join(e.operationNames(), ", "))
		return refused(err, about)
	}
	answer, err := guarded(ctx, e.budget.Grace, func(ctx context.Context) (any, error) { return operate(ctx, event) })
	if err != nil {
		return refused(err, about)
	}
	return outcome{answer, about, nil, refusal}
}

func (e *Engine) operationNames() []string {
	names := make([]string, 0, len(e.operations))
	for name := range e.operations {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Pong is the answer to {"test":"ping"}.
type Pong struct {
	StatusCode int    `json:"statusCode"`
	Body       string `json:"body"`
}

// test answers {"test":"ping"}, touching nothing.
func (e *Engine) test(_ context.Context, value, _ json.RawMessage) outcome {
	about := []zap.Field{zap.String("event", "test")}
	if string(value) != `"ping"` {
		err := fault.New(fault.Invalid, `LEE knows one test: {"test":"ping"}.`)
		return refused(err, about)
	}
	return outcome{Pong{200, "pong"}, about, nil, refusal}
}
