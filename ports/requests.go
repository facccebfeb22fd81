package ports

import "context"

// RequestCounter counts requests to the home. It is safe for concurrent use.
type RequestCounter interface {
	// Requested notes that a request goes to the home.
	Requested()
}

type counterKey struct{}

// WithRequestCounter returns a context whose requests to the home are noted by to.
func WithRequestCounter(ctx context.Context, to RequestCounter) context.Context {
	return context.WithValue(ctx, counterKey{}, to)
}

// Requested notes that a request goes to the home. Each adapter that speaks with the
// home calls it before each request that it sends by itself, repetitions included. The
// request that opens a WebSocket is one, and what is said on that is none. A request for
// which no connection is made is one too.
func Requested(ctx context.Context) {
	if to, ok := ctx.Value(counterKey{}).(RequestCounter); ok {
		to.Requested()
	}
}
