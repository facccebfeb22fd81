package ports

import (
	"context"
	"sync/atomic"
)

type countKey struct{}

// WithRequests returns a context whose requests to the home are counted in count.
func WithRequests(ctx context.Context, count *atomic.Int64) context.Context {
	return context.WithValue(ctx, countKey{}, count)
}

// Requested counts a request that goes to the home. Each adapter that speaks with the
// home calls it before each request that it sends by itself, repetitions included. The
// request that opens a WebSocket is one, and what is said on that is none. A request for
// which no connection is made is one too.
func Requested(ctx context.Context) {
	if count, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		count.Add(1)
	}
}
