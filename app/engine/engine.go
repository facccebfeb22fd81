// Package engine is what a Lambda invocation meets first: it finds out what kind
// of event came, hands it to whoever answers that kind, and sees to it that a
// valid answer goes out in time whatever happens.
package engine

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Engine answers invocations. It implements aws-lambda-go's lambda.Handler and is
// safe for concurrent use, though Lambda hands a process one event at a time.
type Engine struct {
	clock  ports.Clock
	log    *zap.Logger
	after  func()
	shapes map[string]shape
	// directives and operations are the tables by which those two kinds of event
	// are dispatched.
	directives map[alexa.Key]Directive
	operations map[string]Operation
	budget     Budget
	init       initialisation
	first      atomic.Bool
}

// Directive answers one kind of directive. Its error is a *fault.Error or an
// *alexa.Error, which becomes Alexa's error response.
type Directive func(context.Context, alexa.Directive) (alexa.Answer, error)

// Operation answers one of the operator's operations, given the whole event. Its
// answer is written as JSON.
type Operation func(ctx context.Context, event json.RawMessage) (any, error)

// Parts are what an Engine is made of.
type Parts struct {
	Clock ports.Clock
	Log   *zap.Logger
	// Directives and Operations are the tables of what can be asked for.
	Directives map[alexa.Key]Directive
	Operations map[string]Operation
	// Budget is how long an answer may take.
	Budget Budget
	// Began is when the process began; zero when that does not matter.
	Began time.Time
	// After is called when an answer has been made, before it goes out; it must
	// be quick and do no I/O. It may be nil.
	After func()
}

// New returns an Engine.
func New(p Parts) *Engine {
	e := &Engine{
		clock: p.Clock, log: p.Log, after: p.After,
		directives: p.Directives, operations: p.Operations,
		budget: p.Budget, init: initialisation{began: p.Began},
	}
	e.shapes = e.table()
	e.first.Store(true)
	return e
}

// Ready notes that initialisation is over. It is called once, before the first
// event.
func (e *Engine) Ready() { e.init.ready = e.clock.Now() }

// outcome is what became of an invocation: the answer, what it was about, and
// the error that the answer tells of, nil for none.
type outcome struct {
	answer any
	about  []zap.Field
	err    error
	// failed makes the answer that tells of another error, in the form that
	// whoever sent the event understands.
	failed func(error) any
}

// Invoke answers one event. It never fails: whatever goes wrong is told in the
// answer, in the form that whoever sent the event understands.
func (e *Engine) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	started := e.clock.Now()
	correlation := requestID(ctx)
	ctx = gateway.WithCorrelation(ctx, correlation)
	var spent time.Duration
	if e.first.Swap(false) {
		spent = e.init.spent(started, e.budget.Follows)
	}
	ctx, cancel := e.budget.limit(ctx, started, spent)
	defer cancel()

	done := e.dispatch(ctx, event)
	raw, err := json.Marshal(done.answer)
	if err != nil { // an answer of ours that JSON cannot write is a mistake of ours
		done.err = fault.Wrap(fault.Internal, "LEE could not write its answer.", err)
		raw, _ = json.Marshal(done.failed(done.err))
	}
	if e.after != nil {
		e.after()
	}
	e.report(correlation, done, e.clock.Now().Sub(started), len(event), len(raw))
	return raw, nil
}

// requestID returns the id of the invocation: Lambda's, or a new one where there
// is none.
func requestID(ctx context.Context) string {
	if lc, ok := lambdacontext.FromContext(ctx); ok && lc.AwsRequestID != "" {
		return lc.AwsRequestID
	}
	return alexa.NewMessageID()
}

// report writes the one line that every invocation has in the log.
func (e *Engine) report(correlation string, done outcome, took time.Duration, in, out int) {
	result, level := verdict(done.err)
	line := e.log.Check(level, "answered")
	if line == nil {
		return
	}
	fields := append([]zap.Field{
		zap.String("correlation", correlation),
		zap.String("outcome", result),
		zap.Duration("took", took),
		zap.Int("bytesIn", in),
		zap.Int("bytesOut", out),
	}, done.about...)
	if done.err != nil {
		fields = append(fields, zap.Error(done.err))
	}
	line.Write(fields...)
}

// verdict names what became of an invocation, and says how loudly to tell.
func verdict(err error) (result string, level zapcore.Level) {
	var told *alexa.Error
	switch {
	case err == nil:
		return "done", zap.InfoLevel
	case errors.As(err, &told):
		return string(told.Type), zap.WarnLevel
	}
	switch kind := fault.Of(err); kind {
	case fault.Internal, fault.NotAllowed, fault.TokenRejected, fault.Misconfigured:
		return kind.String(), zap.ErrorLevel // somebody has to do something
	default:
		return kind.String(), zap.WarnLevel
	}
}
