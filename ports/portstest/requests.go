package portstest

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/ports"
)

// counted wants a call to note its requests to the home. call returns how many it must
// have sent.
func counted(t *testing.T, name string, call func(ctx context.Context) (want int64, err error)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var requests atomic.Int64
	want, err := call(ports.WithRequests(ctx, &requests))
	if n := requests.Load(); err != nil || n != want {
		t.Errorf("%s notes %d requests to the home (%v), want %d: an adapter calls ports.Requested for each", name, n, err, want)
	}
}
