package gateway_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// looks counts how often the home is looked at.
type looks struct {
	mu  sync.Mutex
	n   int
	err error
}

func (l *looks) look(context.Context) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	return l.n, l.err
}

// through looks at the home through the cache.
func (l *looks) through(ctx context.Context, r *rig) (int, error) {
	return gateway.Remember(ctx, r.gateway, ports.SectionDiscovery, "look", func(int) int { return 700 }, l.look)
}

// TestRemember wants the home to be looked at once for as long as the section is
// good, and again when it is to be, was forgotten or failed.
func TestRemember(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}})
	l := &looks{}
	for _, step := range []struct {
		what   string
		before func()
		fresh  []ports.Section
		looks  int
	}{
		{"the first, which fails", func() { l.err = unreachable }, nil, 1},
		{"the first", func() { l.err = nil }, nil, 2},
		{"another", func() { r.clock.Advance(time.Minute - 1) }, nil, 2},
		{"a fresh one", nil, []ports.Section{ports.SectionRegistry, ports.SectionDiscovery}, 3},
		{"one after it", func() { r.clock.Advance(time.Second) }, nil, 3},
		{"when it is too old", func() { r.clock.Advance(time.Minute) }, nil, 4},
		{"when it was forgotten", func() { r.gateway.Invalidate(ports.SectionDiscovery) }, nil, 5},
	} {
		if step.before != nil {
			step.before()
		}
		ctx := t.Context()
		if step.fresh != nil {
			ctx = gateway.Fresh(ctx, step.fresh...)
		}
		found, err := l.through(ctx, r)
		if fault.Of(err) != fault.Of(l.err) || found != step.looks || l.n != step.looks {
			t.Errorf("%s: found %d, %v, after %d looks", step.what, found, err, l.n)
		}
	}
	trace := gateway.NewTrace("1")
	_, _ = l.through(gateway.WithTrace(t.Context(), trace), r)
	if crumbs, _ := trace.Crumbs(); len(crumbs) != 1 || crumbs[0].Name != "look" || !crumbs[0].Cached || trace.RoundTrips() != 0 {
		t.Errorf("it has left %+v", crumbs)
	}
	if s := r.section(ports.SectionDiscovery); s.Entries != 1 || s.Hits != 3 || s.Misses != 4 || s.Expired != 1 {
		t.Errorf("counted %+v", s)
	}
	if bytes := r.cache.Report().Bytes; bytes < 700 {
		t.Errorf("it is said to take %d bytes", bytes)
	}
}

// TestRememberIsTheirs wants nobody to be told what another's token has found.
func TestRememberIsTheirs(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}, bearerOnly: true})
	l := &looks{}
	mine, others := ports.WithBearer(t.Context(), secret.New("mine")), ports.WithBearer(t.Context(), secret.New("another's"))
	for i, ctx := range []context.Context{mine, others, mine, t.Context(), t.Context()} {
		want := []int{1, 2, 1, 3, 4}[i]
		if found, err := l.through(ctx, r); err != nil || found != want {
			t.Errorf("%d is told what look %d has found, %v; want %d", i, found, err, want)
		}
	}
}

// TestRememberBreaks: a panic is an error to all who wait, and nothing is kept.
func TestRememberBreaks(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}})
	for range 2 {
		_, err := gateway.Remember(t.Context(), r.gateway, ports.SectionDiscovery, "look", func(int) int { return 1 }, func(context.Context) (int, error) { panic("no") })
		if fault.Of(err) != fault.Internal {
			t.Errorf("it is %v", err)
		}
	}
	if s := r.section(ports.SectionDiscovery); s.Entries != 0 || s.Misses != 2 {
		t.Errorf("counted %+v", s)
	}
}
