package portstest

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/ports"
)

// requests counts requests to the home.
type requests struct{ n atomic.Int64 }

// Requested implements ports.RequestCounter.
func (r *requests) Requested() { r.n.Add(1) }

// counted wants a call to note its requests to the home. call returns how many it must
// have sent.
func counted(t *testing.T, name string, call func(ctx context.Context) (want int64, err error)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var r requests
	want, err := call(ports.WithRequestCounter(ctx, &r))
	if n := r.n.Load(); err != nil || n != want {
		t.Errorf("%s notes %d requests to the home (%v), want %d: an adapter calls ports.Requested for each", name, n, err, want)
	}
}
