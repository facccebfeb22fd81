package engine

import (
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// invocation is an invocation that is over.
type invocation struct {
	outcome
	trace *gateway.Trace
	// cold says that it was the process's first.
	cold    bool
	began   time.Time
	took    time.Duration
	in, out int
}

// note tells the log, the journal and the meter of an invocation.
func (e *Engine) note(i invocation) {
	result, level := verdict(i.err)
	e.log(i, result, level)
	failed := i.err != nil && fault.Of(i.err).Failure()
	if e.parts.Journal != nil {
		e.parts.Journal.Add(i.record(result, failed))
	}
	if e.parts.Meter == nil {
		return
	}
	m := ports.Measurement{
		Correlation: i.trace.ID(), At: i.began.Add(i.took), Took: i.took,
		Failed: failed, Cold: i.cold, RoundTrips: i.trace.RoundTrips(),
	}
	if e.parts.Gauge != nil {
		e.parts.Gauge(&m)
	}
	e.parts.Meter.Measure(m)
}

// record returns the invocation as the journal keeps it.
func (i invocation) record(result string, failed bool) journal.Record {
	r := journal.Record{
		Correlation: i.trace.ID(), Event: i.event, What: i.what, Began: i.began, Took: i.took,
		Outcome: result, Failed: failed, Trace: i.trace,
	}
	if i.err != nil {
		r.Message = fault.Text(i.err)
	}
	return r
}

// log writes the one line that every invocation has in the log. Where something
// went wrong it tells what came before.
func (e *Engine) log(i invocation, result string, level zapcore.Level) {
	line := e.parts.Log.Check(level, "answered")
	if line == nil {
		return
	}
	fields := append([]zap.Field{
		zap.String("correlation", i.trace.ID()),
		zap.String("outcome", result),
		zap.Duration("took", i.took),
		zap.Int("bytesIn", i.in),
		zap.Int("bytesOut", i.out),
		zap.String("event", i.event),
	}, i.about...)
	if i.err != nil {
		fields = append(fields, zap.Error(i.err), zap.Array("crumbs", i.trace))
	}
	line.Write(fields...)
}

// verdict names what became of an invocation, and says how loudly to tell.
func verdict(err error) (result string, level zapcore.Level) {
	if err == nil {
		return journal.Done, zap.InfoLevel
	}
	switch kind := fault.Of(err); kind {
	case fault.Internal, fault.NotAllowed, fault.TokenRejected, fault.Misconfigured:
		return kind.String(), zap.ErrorLevel // somebody has to do something
	default:
		return kind.String(), zap.WarnLevel
	}
}
