// Package engine is what a Lambda invocation meets first: it finds out what kind
// of event came, hands it to what answers that kind, and sees to it that a
// valid answer goes out in time whatever happens.
package engine

import (
	"context"
	"encoding/json"
	"maps"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Engine answers invocations. It implements aws-lambda-go's lambda.Handler and is
// safe for concurrent use, though Lambda hands a process one event at a time.
type Engine struct {
	parts      Parts
	repertoire repertoire
	init       initialisation
	first      atomic.Bool
	answers    answers
}

// Directive answers one kind of directive. Its error is a *fault.Error, which becomes
// Alexa's error response.
type Directive func(context.Context, alexa.Directive) (alexa.Answer, error)

// Operation answers one of the operator's operations, given the whole event. Its
// answer is written as JSON.
type Operation func(ctx context.Context, event json.RawMessage) (any, error)

// Parts are what an Engine is made of. What is not said to be needed may be left
// out.
type Parts struct {
	// Clock and Log are needed.
	Clock ports.Clock
	Log   *zap.Logger
	// Directives and Operations are the tables of what can be asked for.
	Directives map[alexa.Key]Directive
	Operations map[string]Operation
	// Skill answers requests of custom skills.
	Skill Skill
	// HTTP answers HTTP events.
	HTTP *web.Router
	// KeepWarm answers scheduled events: it refreshes what is stale.
	KeepWarm Operation
	// Mode is what invocations are for; Modes answer in those that have an answer
	// of their own.
	Mode  config.Mode
	Modes map[config.Mode]Operation
	// Budget is how long an answer may take.
	Budget Budget
	// Began is when the process began; zero when that does not matter.
	Began time.Time
	// After is called when an answer has been made, before it goes out, with the
	// invocation's context. It must be quick and do no I/O.
	After func(context.Context)
	// Journal remembers what invocations did; with one there is the operation trace.
	// Meter is told what each was like, Gauge adds what the engine does not know of
	// that itself.
	Journal *journal.Journal
	Meter   ports.Meter
	Gauge   func(*ports.Measurement)
}

// New returns an Engine.
func New(p Parts) *Engine {
	e := &Engine{parts: p, init: initialisation{began: p.Began}}
	if p.Journal != nil {
		e.parts.Operations = map[string]Operation{"trace": e.trace}
		maps.Copy(e.parts.Operations, p.Operations)
	}
	e.repertoire = e.repertoireOf(p.Mode)
	e.first.Store(true)
	return e
}

// Ready notes that initialisation is over. It is called once, before the first
// event.
func (e *Engine) Ready() { e.init.ready = e.parts.Clock.Now() }

// outcome is what became of an invocation.
type outcome struct {
	// answer is written as JSON.
	answer any
	// event is the kind of event, what it was about, for the log and the journal;
	// about are further fields for the log.
	event, what string
	about       []zap.Field
	// err is the error that the answer reports, nil for none.
	err error
	// failed makes the answer that reports another error, in the form that
	// the sender of the event understands.
	failed func(error) any
}

// Invoke answers one event. It never fails: whatever goes wrong is told in the
// answer, in the form that the sender of the event understands.
func (e *Engine) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	started := e.parts.Clock.Now()
	trace := gateway.NewTrace(requestID(ctx))
	var spent time.Duration
	cold := e.first.Swap(false)
	if cold {
		spent = e.init.spent(started, e.parts.Budget.Follows)
	}
	ctx, cancel := e.parts.Budget.limit(gateway.WithTrace(ctx, trace), started, spent)
	defer cancel()
	ctx = ports.WithBegin(ctx, e.parts.Clock)

	done := e.dispatch(ctx, event)
	raw := write(&done)
	if e.parts.After != nil {
		e.parts.After(ctx)
	}
	e.note(invocation{
		outcome: done, trace: trace, cold: cold,
		began: started, took: e.parts.Clock.Now().Sub(started), in: len(event), out: len(raw),
	})
	return raw, nil
}

// mostBytes is the largest answer that Lambda takes
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
const mostBytes = 6 << 20

// write returns the answer as JSON, or the answer that tells why it cannot be
// written.
func write(done *outcome) []byte {
	raw, err := json.Marshal(done.answer)
	switch {
	case err != nil: // an answer of ours that JSON cannot write is a mistake of ours
		done.err = fault.Wrap(fault.Internal, "LEE could not write its answer.", err)
	case len(raw) > mostBytes:
		done.err = fault.Newf(fault.Invalid, "The answer has %d bytes, and Lambda takes %d; ask for less.", len(raw), mostBytes)
	default:
		return raw
	}
	raw, _ = json.Marshal(done.failed(done.err))
	return raw
}

// requestID returns the id of the invocation: Lambda's, or a new one where there
// is none.
func requestID(ctx context.Context) string {
	if lc, ok := lambdacontext.FromContext(ctx); ok && lc.AwsRequestID != "" {
		return lc.AwsRequestID
	}
	return alexa.NewMessageID()
}
