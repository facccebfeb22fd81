package lifecycle_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// thing is what is behind a port in these tests. It knows whether it is closed.
type thing struct {
	number int64
	closed atomic.Bool
	weight []byte
}

func (th *thing) close() error {
	if th.closed.Swap(true) {
		return errors.New("closed twice")
	}
	return nil
}

// factory makes things and remembers them.
type factory struct {
	made   atomic.Int64
	weight int
	mu     sync.Mutex
	all    []*thing
}

func (f *factory) load(context.Context) (*thing, error) {
	th := &thing{number: f.made.Add(1), weight: make([]byte, f.weight)}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, th)
	return th, nil
}

// open returns how many things are not closed.
func (f *factory) open() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, th := range f.all {
		if !th.closed.Load() {
			n++
		}
	}
	return n
}

func newThing(f *factory, clock *portstest.Clock, policy lifecycle.Policy) *lifecycle.Lazy[*thing] {
	return lifecycle.NewLazy("thing", policy, clock, f.load, (*thing).close)
}

func use[T any](t *testing.T, l *lifecycle.Lazy[T]) T {
	t.Helper()
	lease, err := l.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer lease.Release()
	return lease.Value()
}

func TestLoadsWhenNeeded(t *testing.T) {
	var f factory
	clock := portstest.NewClock()
	l := newThing(&f, clock, lifecycle.Conditional(grace))
	if l.Loaded() || f.made.Load() != 0 {
		t.Error("it is loaded before anybody needs it")
	}
	if done, err := l.Unload(); done || err != nil {
		t.Errorf("unloading nothing: %t, %v", done, err)
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if got := use(t, l); got.number != 1 {
				t.Errorf("got number %d", got.number)
			}
		})
	}
	all.Wait()
	if r := l.Report(); !r.Loaded || r.Loads != 1 || r.InFlight != 0 || r.Resurrections != 0 || !r.Used.Equal(clock.Now()) {
		t.Errorf("after use: %+v", r)
	}
	if done, err := l.Unload(); !done || err != nil {
		t.Errorf("unloading: %t, %v", done, err)
	}
	if got := use(t, l); got.number != 2 || f.open() != 1 {
		t.Errorf("resurrected as number %d with %d open", got.number, f.open())
	}
	if r := l.Report(); r.Loads != 2 || r.Unloads != 1 || r.Resurrections != 1 || r.Unloaded[lifecycle.ReasonEnd] != 1 {
		t.Errorf("after resurrection: %+v", r)
	}
}

// TestInUse: what is leased or held on to is not unloaded.
func TestInUse(t *testing.T) {
	var f factory
	l := newThing(&f, portstest.NewClock(), lifecycle.Immediate())
	lease, err := l.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	hold, err := l.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if r := l.Report(); r.InFlight != 1 || r.Holds != 1 {
		t.Errorf("%+v", r)
	}
	refuses := func(why string) {
		if done, err := l.Unload(); done || err != nil || lease.Value().closed.Load() {
			t.Errorf("unloaded while %s: %t, %v", why, done, err)
		}
		if got := use(t, l); got.number != 1 {
			t.Errorf("loaded another while %s", why)
		}
	}
	refuses("leased and held")
	lease.Release()
	refuses("held")
	hold.Release()
	hold.Release() // once too often
	if done, err := l.Unload(); !done || err != nil || f.open() != 0 {
		t.Errorf("not unloaded when nobody uses it: %t, %v", done, err)
	}
}

func TestUnloadFails(t *testing.T) {
	for name, c := range map[string]struct {
		unload func(*thing) error
		says   string
	}{
		"an error": {func(*thing) error { return errors.New("stuck") }, "stuck"},
		"a panic":  {func(*thing) error { panic("ouch") }, "unloading thing: panic: a value of type string"},
	} {
		t.Run(name, func(t *testing.T) {
			var f factory
			l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), f.load, c.unload)
			use(t, l)
			done, err := l.Unload()
			if !done || err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %t, %v", done, err)
			}
			if r := l.Report(); r.Loaded || r.Unloads != 1 || r.UnloadFailures != 1 {
				t.Errorf("%+v", r)
			}
			if got := use(t, l); got.number != 2 {
				t.Errorf("got number %d", got.number)
			}
		})
	}
}

// TestNeverFromUnderACall has thousands of crossings and unloads at once: nobody
// ever holds a closed thing, and everything that was made is closed in the end.
func TestNeverFromUnderACall(t *testing.T) {
	const callers, atLeast, enough = 4, 2000, 300
	var f factory
	l := newThing(&f, portstest.NewClock(), lifecycle.Immediate())
	var running atomic.Int64
	running.Store(callers)
	var unloads, crossings atomic.Int64
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			defer running.Add(-1)
			for i := 0; i < atLeast || unloads.Load() < enough; i++ {
				crossings.Add(1)
				lease, err := l.Acquire(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				if lease.Value().closed.Load() {
					t.Error("leased a closed thing")
				}
				if i%64 == 0 {
					runtime.Gosched()
				}
				if lease.Value().closed.Load() {
					t.Error("closed from under a call")
				}
				lease.Release()
				runtime.Gosched()
				if i%500 == 0 {
					hold, err := l.Hold(t.Context())
					if err != nil {
						t.Error(err)
						return
					}
					runtime.Gosched()
					if !l.Loaded() {
						t.Error("closed from under a handle")
					}
					hold.Release()
				}
			}
		})
	}
	for range 2 {
		all.Go(func() {
			for running.Load() > 0 {
				done, err := l.Unload()
				if err != nil {
					t.Error(err)
				}
				if done {
					unloads.Add(1)
				}
			}
		})
	}
	all.Wait()
	for l.Loaded() {
		if done, _ := l.Unload(); done {
			unloads.Add(1)
		}
	}
	r := l.Report()
	if f.open() != 0 || r.Unloads != unloads.Load() || r.Loads != r.Unloads || r.Loads != f.made.Load() {
		t.Errorf("%d made, %d open, %d unloaded: %+v", f.made.Load(), f.open(), unloads.Load(), r)
	}
	t.Logf("%d crossings, %d unloads", crossings.Load(), unloads.Load())
}

func BenchmarkAcquire(b *testing.B) {
	var f factory
	l := newThing(&f, portstest.NewClock(), lifecycle.Conditional(grace))
	b.ReportAllocs()
	for b.Loop() {
		lease, _ := l.Acquire(context.Background())
		lease.Release()
	}
}

func BenchmarkAcquireParallel(b *testing.B) {
	var f factory
	l := newThing(&f, portstest.NewClock(), lifecycle.Conditional(grace))
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			lease, _ := l.Acquire(context.Background())
			lease.Release()
		}
	})
}
