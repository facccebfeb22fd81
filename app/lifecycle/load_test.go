package lifecycle_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestLoadFails(t *testing.T) {
	away := fault.New(fault.Unreachable, "The home cannot be reached.")
	for name, c := range map[string]struct {
		load func(context.Context) (*thing, error)
		want fault.Kind
		says string
	}{
		"an error":      {func(context.Context) (*thing, error) { return nil, away }, fault.Unreachable, "cannot be reached"},
		"a plain error": {func(context.Context) (*thing, error) { return nil, errors.New("no") }, fault.Internal, "no"},
		"a panic":       {func(context.Context) (*thing, error) { panic("ouch") }, fault.Internal, "loading thing: panic: a value of type string"},
		"panic(nil)":    {func(context.Context) (*thing, error) { panic(nil) }, fault.Internal, "panic"}, //nolint:govet // on purpose
	} {
		t.Run(name, func(t *testing.T) {
			var f factory
			failing := true
			l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), func(ctx context.Context) (*thing, error) {
				if failing {
					return c.load(ctx)
				}
				return f.load(ctx)
			}, nil)
			for range 2 {
				_, err := l.Acquire(t.Context())
				if err == nil || fault.Of(err) != c.want || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %v, want a %v that says %q", err, c.want, c.says)
				}
				if strings.Contains(fault.Text(err), "ouch") {
					t.Errorf("people see %q", fault.Text(err))
				}
			}
			if r := l.Report(); r.Loaded || r.Failures != 2 || r.Loads != 0 {
				t.Errorf("%+v", r)
			}
			failing = false
			use(t, l)
			if r := l.Report(); !r.Loaded || r.Failures != 2 || r.Loads != 1 || r.Resurrections != 0 {
				t.Errorf("a failure was kept: %+v", r)
			}
		})
	}
}

// TestLoadEnds: a loader that ends its goroutine leaves nobody waiting.
func TestLoadEnds(t *testing.T) {
	l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), func(context.Context) (*thing, error) {
		runtime.Goexit()
		return nil, nil
	}, nil)
	if _, err := l.Acquire(t.Context()); err == nil || fault.Of(err) != fault.Internal {
		t.Errorf("got %v", err)
	}
}

// TestLoadHangs: who waits gets an error at his deadline; the next one loads
// again; what the hanging load brings after all is closed.
func TestLoadHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f factory
		hangs := make(chan struct{})
		var loads atomic.Int64
		l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), func(ctx context.Context) (*thing, error) {
			if loads.Add(1) == 1 {
				<-hangs // whatever ctx says
			}
			return f.load(ctx)
		}, (*thing).close)
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		started := time.Now()
		_, err := l.Acquire(ctx)
		if fault.Of(err) != fault.Deadline || time.Since(started) != 7*time.Second {
			t.Errorf("after %v: %v", time.Since(started), err)
		}
		if r := l.Report(); r.Failures != 1 || r.Loaded {
			t.Errorf("%+v", r)
		}
		if got := use(t, l); got.number != 1 {
			t.Errorf("got number %d", got.number)
		}
		close(hangs)
		synctest.Wait()
		if r := l.Report(); r.Loads != 1 || r.Failures != 1 || f.made.Load() != 2 || f.open() != 1 {
			t.Errorf("%d made and %d open: %+v", f.made.Load(), f.open(), r)
		}
	})
}

// TestLoadOutlivesItsBeginner: one that waits for a load that somebody with less
// time has begun does not fail with him.
func TestLoadOutlivesItsBeginner(t *testing.T) {
	for name, wait := range map[string]func(ctx context.Context, end <-chan struct{}) error{
		"a loader that minds its context": func(ctx context.Context, _ <-chan struct{}) error {
			<-ctx.Done()
			return ctx.Err()
		},
		"one that gives up ahead of it": func(context.Context, <-chan struct{}) error {
			time.Sleep(time.Second / 2)
			return fault.New(fault.Deadline, "The time ran out.")
		},
		"one that hangs": func(_ context.Context, end <-chan struct{}) error {
			<-end
			return context.Canceled
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var f factory
				end := make(chan struct{})
				var loads atomic.Int64
				l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), func(ctx context.Context) (*thing, error) {
					if loads.Add(1) > 1 {
						return f.load(ctx)
					}
					return nil, wait(ctx, end)
				}, (*thing).close)
				var all sync.WaitGroup
				all.Go(func() {
					ctx, cancel := context.WithTimeout(t.Context(), time.Second)
					defer cancel()
					if _, err := l.Acquire(ctx); fault.Of(err) != fault.Deadline {
						t.Errorf("who had a second: %v", err)
					}
				})
				synctest.Wait()
				all.Go(func() {
					if got := use(t, l); got.number != 1 {
						t.Errorf("got number %d", got.number)
					}
				})
				all.Wait()
				close(end)
			})
		})
	}
}

// TestLoadFailsForAll: who waits for a load that fails is not the next to try it.
func TestLoadFailsForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var loads atomic.Int64
		l := lifecycle.NewLazy("thing", lifecycle.Conditional(grace), portstest.NewClock(), func(context.Context) (*thing, error) {
			loads.Add(1)
			time.Sleep(time.Second)
			return nil, fault.New(fault.Unreachable, "The home cannot be reached.")
		}, nil)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := l.Acquire(t.Context()); fault.Of(err) != fault.Unreachable {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if loads.Load() != 1 {
			t.Errorf("loaded %d times, want 1", loads.Load())
		}
	})
}
