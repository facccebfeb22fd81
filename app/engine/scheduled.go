package engine

import (
	"context"
	"encoding/json"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// sources are who sends scheduled events: a rule of EventBridge, and its
// Scheduler when no input of one's own was given
// (https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchevents.html).
var sources = map[string]bool{`"aws.events"`: true, `"aws.scheduler"`: true}

// scheduled answers a scheduled event: it keeps warm what is stale.
func (e *Engine) scheduled(ctx context.Context, value, event json.RawMessage) outcome {
	if !sources[string(value)] {
		err := fault.New(fault.Invalid, `LEE knows events of the sources aws.events and aws.scheduler, and this is another.`)
		return refused(err, "scheduled", "", nil)
	}
	if e.parts.KeepWarm == nil {
		return quiet(ctx, value, event)
	}
	return e.operate(ctx, e.parts.KeepWarm, event, "scheduled", "keep warm")
}

// Warm is the answer to a scheduled event.
type Warm struct {
	// Status is "warm".
	Status string `json:"status"`
}

// quiet answers a scheduled event and does nothing.
func quiet(context.Context, json.RawMessage, json.RawMessage) outcome {
	return outcome{answer: Warm{"warm"}, event: "scheduled", what: "nothing", failed: refusal}
}
