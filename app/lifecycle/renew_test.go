package lifecycle_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestRenew(t *testing.T) {
	var f factory
	l := newThing(&f, portstest.NewClock(), lifecycle.Conditional(grace))
	if err := l.Renew(); err != nil || l.Report().Unloads != 0 {
		t.Errorf("renewing nothing: %v, %+v", err, l.Report())
	}
	first := use(t, l)
	if err := l.Renew(); err != nil || !first.closed.Load() || l.Loaded() {
		t.Errorf("what nobody uses is closed at once: %v, %t", err, first.closed.Load())
	}
	if got := use(t, l); got.number != 2 || got.closed.Load() {
		t.Errorf("got number %d", got.number)
	}
	if r := l.Report(); r.Unloads != 1 || r.Unloaded[lifecycle.ReasonRenewed] != 1 || r.Loads != 2 || r.Failures != 0 {
		t.Errorf("%+v", r)
	}
}

// TestRenewInUse: the user of what is renewed goes on with it, a later one
// gets another, and the Keeper closes the first when both are done with it.
func TestRenewInUse(t *testing.T) {
	var f factory
	clock := portstest.NewClock()
	l := newThing(&f, clock, lifecycle.Conditional(grace))
	k := lifecycle.NewKeeper(lifecycle.Options{Clock: clock})
	k.Watch(l)
	hold, err := l.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lease, err := l.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Renew(); err != nil {
		t.Error(err)
	}
	for _, release := range []func(){lease.Release, hold.Release} {
		k.CarryOut(t.Context())
		if lease.Value().closed.Load() {
			t.Error("closed from under who uses it")
		}
		if got := use(t, l); got.number != 2 {
			t.Errorf("got number %d after it was renewed", got.number)
		}
		release()
	}
	k.CarryOut(t.Context())
	if f.open() != 1 || !lease.Value().closed.Load() {
		t.Errorf("%d are open", f.open())
	}
	if _, err := l.Unload(); err != nil || f.open() != 0 {
		t.Errorf("%d are open, %v", f.open(), err)
	}
}

// TestRenewFails: what does not close is gone all the same.
func TestRenewFails(t *testing.T) {
	var f factory
	stuck := errors.New("stuck")
	l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), f.load, func(*thing) error { return stuck })
	use(t, l)
	if err := l.Renew(); !errors.Is(err, stuck) {
		t.Errorf("got %v", err)
	}
	if r := l.Report(); r.Loaded || r.UnloadFailures != 1 {
		t.Errorf("%+v", r)
	}
}

// TestRenewWhileLoading: what a load under way brings is of before, so it is
// closed, and who waits for it waits for another.
func TestRenewWhileLoading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f factory
		var loads atomic.Int64
		under := make(chan struct{})
		l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), func(ctx context.Context) (*thing, error) {
			if loads.Add(1) == 1 {
				<-under
			}
			return f.load(ctx)
		}, (*thing).close)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if th := use(t, l); th.number != 1 {
					t.Errorf("got number %d", th.number)
				}
			})
		}
		synctest.Wait()
		if err := l.Renew(); err != nil {
			t.Error(err)
		}
		all.Wait() // of the second load, the first that comes back
		close(under)
		synctest.Wait()
		if r := l.Report(); f.made.Load() != 2 || f.open() != 1 || r.Loads != 1 || r.Failures != 0 {
			t.Errorf("%d made, %d open: %+v", f.made.Load(), f.open(), r)
		}
	})
}

// TestRenewNeverFromUnderACall has crossings, renewals and sweeps at once.
func TestRenewNeverFromUnderACall(t *testing.T) {
	const callers, each = 4, 3000
	var f factory
	clock := portstest.NewClock()
	l := newThing(&f, clock, lifecycle.Immediate())
	k := lifecycle.NewKeeper(lifecycle.Options{Clock: clock, Enabled: true})
	k.Watch(l)
	var running atomic.Int64
	running.Store(callers)
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			defer running.Add(-1)
			for range each {
				lease, err := l.Acquire(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				runtime.Gosched()
				if lease.Value().closed.Load() {
					t.Error("closed from under a call")
				}
				lease.Release()
			}
		})
	}
	all.Go(func() {
		for running.Load() > 0 {
			if err := l.Renew(); err != nil {
				t.Error(err)
			}
			runtime.Gosched()
		}
	})
	all.Go(func() {
		for running.Load() > 0 {
			k.CarryOut(t.Context())
			k.Decide(t.Context())
			runtime.Gosched()
		}
	})
	all.Wait()
	k.CarryOut(t.Context())
	if _, err := l.Unload(); err != nil || f.open() != 0 {
		t.Errorf("%d of %d are open, %v", f.open(), f.made.Load(), err)
	}
	if r := l.Report(); r.Loads != r.Unloads || r.Loads > f.made.Load() {
		t.Errorf("%d made: %+v", f.made.Load(), r)
	}
}
