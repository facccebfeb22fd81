// Package correlation ties each line of the log to the invocation that it belongs to.
// The invocation travels in the context, so invocations that run side by side in one
// process keep apart.
package correlation

import (
	"context"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Invocation is an invocation as the log shows it. Its methods are safe for concurrent
// use.
type Invocation interface {
	// ID returns what the invocation is known as: Lambda's request id.
	ID() string
	// ArrayMarshaler writes the crumbs: what the invocation has done so far.
	zapcore.ArrayMarshaler
}

type key struct{}

// With returns a context in which everything is done on behalf of the invocation.
func With(ctx context.Context, of Invocation) context.Context {
	return context.WithValue(ctx, key{}, of)
}

// Of returns the context's invocation, nil when it has none.
func Of(ctx context.Context) Invocation {
	of, _ := ctx.Value(key{}).(Invocation)
	return of
}

// ID returns what the context's invocation is known as, "" when it has none.
func ID(ctx context.Context) string {
	if of := Of(ctx); of != nil {
		return of.ID()
	}
	return ""
}

// Field adds the id of the context's invocation to a line of the log, as
// "correlation". It adds nothing when the context has none.
func Field(ctx context.Context) zap.Field {
	if of := Of(ctx); of != nil {
		return zap.String("correlation", of.ID())
	}
	return zap.Skip()
}

// Failure adds what Field does, and the crumbs of the invocation, and err as "error"
// unless it is nil. It is for lines about an error that somebody may have to look
// into.
func Failure(ctx context.Context, err error) zap.Field {
	return zap.Inline(failure{Of(ctx), err})
}

// failure writes the members of a line about an error.
type failure struct {
	of  Invocation
	err error
}

// MarshalLogObject implements zapcore.ObjectMarshaler.
func (f failure) MarshalLogObject(to zapcore.ObjectEncoder) error {
	if f.err != nil {
		zap.Error(f.err).AddTo(to)
	}
	if f.of == nil {
		return nil
	}
	to.AddString("correlation", f.of.ID())
	return to.AddArray("crumbs", f.of)
}
