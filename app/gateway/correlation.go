package gateway

import "context"

// WithCorrelation returns a context whose crossings are logged under id and
// leave crumbs in a new Trace.
func WithCorrelation(ctx context.Context, id string) context.Context {
	return WithTrace(ctx, NewTrace(id))
}

// Correlation returns the id that the context's crossings are logged under, ""
// when it has none.
func Correlation(ctx context.Context) string { return TraceOf(ctx).ID() }
