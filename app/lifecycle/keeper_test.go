package lifecycle_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// house is a few lazy ports and their keeper.
type house struct {
	clock  *portstest.Clock
	keeper *lifecycle.Keeper
	made   map[string]*factory
	ports  map[string]*lifecycle.Lazy[*thing]
	hot    map[string]bool
	memory atomic.Int64
	log    *observer.ObservedLogs
}

type port struct {
	name   string
	policy lifecycle.Policy
}

const grace = 30 * time.Second

var (
	home     = port{"home", lifecycle.Conditional(grace)}
	registry = port{"registry", lifecycle.Conditional(grace)}
	spare    = port{"spare", lifecycle.Conditional(grace)}
	store    = port{"store", lifecycle.Immediate()}
)

func newHouse(t testing.TB, change func(*lifecycle.Options), list ...port) *house {
	t.Helper()
	core, log := observer.New(zap.DebugLevel)
	h := &house{
		clock: portstest.NewClock(), made: map[string]*factory{}, ports: map[string]*lifecycle.Lazy[*thing]{},
		hot: map[string]bool{}, log: log,
	}
	o := lifecycle.Options{
		Clock: h.clock, Log: zap.New(core), Enabled: true, Threshold: 1000,
		Hot: func(port string) bool { return h.hot[port] }, Memory: h.memory.Load,
	}
	if change != nil {
		change(&o)
	}
	h.keeper = lifecycle.NewKeeper(o)
	for _, p := range list {
		h.made[p.name] = &factory{}
		h.ports[p.name] = lifecycle.NewLazy(p.name, p.policy, h.clock, h.made[p.name].load, (*thing).close)
		h.keeper.Watch(h.ports[p.name])
	}
	return h
}

// event is one invocation that uses the ports named.
func (h *house) event(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		use(t, h.ports[name])
	}
	h.keeper.CarryOut(t.Context())
	h.keeper.Decide(t.Context())
}

// loaded wants exactly these ports loaded.
func (h *house) loaded(t *testing.T, when string, names ...string) {
	t.Helper()
	want := map[string]bool{}
	for _, name := range names {
		want[name] = true
	}
	for name, p := range h.ports {
		if p.Loaded() != want[name] {
			t.Errorf("%s: %s is loaded: %t, want %t", when, name, p.Loaded(), want[name])
		}
		if open := h.made[name].open(); open > 1 || (open == 1) != want[name] {
			t.Errorf("%s: of %s %d are open", when, name, open)
		}
	}
}

func (h *house) refused(t *testing.T, want map[lifecycle.Check]int64) {
	t.Helper()
	for check, got := range h.keeper.Report().Refused {
		if got != want[lifecycle.Check(check)] {
			t.Errorf("refused by %v: %d, want %d", lifecycle.Check(check), got, want[lifecycle.Check(check)])
		}
	}
}

// TestLife takes a port through its life: birth, idle, unload, resurrection, with
// the freezes of Lambda in between.
func TestLife(t *testing.T) {
	h := newHouse(t, nil, home, registry)
	h.made["registry"].weight = 1 << 20
	h.event(t, "home", "registry")
	h.loaded(t, "after birth", "home", "registry")
	h.clock.Advance(time.Hour) // frozen
	h.event(t, "home")
	h.loaded(t, "the event after a freeze only decides", "home", "registry")
	h.clock.Advance(time.Hour)
	h.event(t, "home")
	h.loaded(t, "the event after that closes", "home")
	h.event(t, "registry")
	h.loaded(t, "resurrected", "home", "registry")
	r := h.keeper.Report()
	if r.Loads != 3 || r.Unloads != 1 || r.Resurrections != 1 || r.Unloaded[lifecycle.ReasonIdle] != 1 || r.Resident != 2 || r.Failures != 0 {
		t.Errorf("%+v", r)
	}
	if r.Given < 1<<20 || r.Given != r.Ports[1].Given {
		t.Errorf("%d bytes given back, want the megabyte that loading the registry allocated", r.Given)
	}
}

// TestTouchedInBetween: what was decided to be closed is not when the next event
// uses it, and is decided on again after that.
func TestTouchedInBetween(t *testing.T) {
	h := newHouse(t, nil, home)
	h.event(t, "home")
	h.clock.Advance(time.Hour)
	h.event(t)
	if due := h.keeper.Report().Due; due != 1 {
		t.Errorf("%d due, want 1", due)
	}
	h.clock.Advance(time.Hour)
	h.event(t, "home")
	h.loaded(t, "after it was used", "home")
	h.refused(t, map[lifecycle.Check]int64{lifecycle.CheckGrace: 3}) // once by CarryOut, once by each Decide after a use
	h.clock.Advance(grace - 1)
	h.event(t)
	h.event(t)
	h.loaded(t, "within its grace", "home")
	h.clock.Advance(1)
	h.event(t)
	h.event(t)
	h.loaded(t, "after its grace")
}

// TestReloadedInBetween: what was closed by somebody else and loaded again since
// the decision is not closed by it.
func TestReloadedInBetween(t *testing.T) {
	h := newHouse(t, nil, store)
	h.event(t, "store")
	if done, err := h.ports["store"].Unload(); !done || err != nil {
		t.Fatal(done, err)
	}
	h.keeper.CarryOut(t.Context())
	h.loaded(t, "what is gone is not closed again")
	use(t, h.ports["store"])
	h.keeper.Decide(t.Context())
	if done, err := h.ports["store"].Unload(); !done || err != nil {
		t.Fatal(done, err)
	}
	use(t, h.ports["store"])
	h.keeper.CarryOut(t.Context())
	h.loaded(t, "reloaded", "store")
}

func TestPolicies(t *testing.T) {
	h := newHouse(t, nil, store, home)
	h.event(t, "store", "home")
	h.loaded(t, "the event that uses it", "store", "home")
	h.event(t, "store")
	h.loaded(t, "the next that uses it", "store", "home")
	h.event(t)
	h.loaded(t, "one that passes it by", "home")
	if r := h.keeper.Report(); r.Unloaded[lifecycle.ReasonImmediate] != 1 || r.Unloads != 1 {
		t.Errorf("%+v", r)
	}
}

func TestTurnedOff(t *testing.T) {
	h := newHouse(t, func(o *lifecycle.Options) { o.Enabled = false }, home, store)
	h.memory.Store(2000)
	for range 3 {
		h.event(t, "home", "store")
		h.clock.Advance(time.Hour)
	}
	h.event(t)
	h.event(t)
	h.loaded(t, "after hours", "home", "store")
	if r := h.keeper.Report(); r.Enabled || r.Unloads != 0 || r.Emergencies != 0 || r.Refused != [lifecycle.Checks]int64{} {
		t.Errorf("%+v", r)
	}
}

func TestLog(t *testing.T) {
	h := newHouse(t, nil, home)
	h.event(t, "home")
	h.clock.Advance(time.Hour)
	h.event(t)
	h.event(t)
	use(t, h.ports["home"])
	var got []string
	for _, line := range h.log.All() {
		if line.ContextMap()["port"] != "home" {
			t.Errorf("%q does not say which port: %v", line.Message, line.ContextMap())
		}
		got = append(got, line.Message)
	}
	want := "[LIGS] loaded|[LUGS] kept|[LUGS] unloaded|[LIGS] loaded"
	if strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if last := h.log.All()[3].ContextMap(); last["resurrected"] != true {
		t.Errorf("got %v", last)
	}
}

func TestLoadAhead(t *testing.T) {
	h := newHouse(t, nil, home, registry)
	bad := lifecycle.NewLazy("bad", lifecycle.Conditional(grace), h.clock, func(context.Context) (*thing, error) { return nil, errors.New("no") }, nil)
	h.keeper.Watch(bad)
	if err := h.keeper.LoadAhead(t.Context(), h.ports["home"]); err != nil {
		t.Error(err)
	}
	h.loaded(t, "one was named", "home")
	err := h.keeper.LoadAhead(t.Context())
	if err == nil || !strings.Contains(err.Error(), "bad: ") || strings.Contains(err.Error(), "home") {
		t.Errorf("got %v", err)
	}
	h.loaded(t, "all", "home", "registry")
}

// TestManyInvocations has invocations and what follows them side by side, as a
// local server does.
func TestManyInvocations(t *testing.T) {
	h := newHouse(t, nil, home, registry, store)
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for i := range 500 {
				name := []string{"home", "registry", "store"}[(i+n)%3]
				lease, err := h.ports[name].Acquire(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				if i%7 == 0 {
					h.clock.Advance(time.Minute)
				}
				if lease.Value().closed.Load() {
					t.Error("closed from under a call")
				}
				lease.Release()
				h.keeper.CarryOut(t.Context())
				h.keeper.Decide(t.Context())
				_ = h.keeper.Report()
			}
		})
	}
	all.Wait()
	r := h.keeper.Report()
	if r.Loads-r.Unloads != int64(r.Resident) || r.Unloads == 0 {
		t.Errorf("%d loads, %d unloads, %d resident", r.Loads, r.Unloads, r.Resident)
	}
	t.Logf("%d loads, %d unloads, %v refused", r.Loads, r.Unloads, r.Refused)
	for _, p := range h.ports {
		if _, err := p.Unload(); err != nil {
			t.Error(err)
		}
	}
	h.loaded(t, "in the end")
}

func BenchmarkDecide(b *testing.B) {
	list := []port{home, registry, store, spare}
	for i := range 4 {
		list = append(list, port{fmt.Sprint(i), lifecycle.Conditional(grace)})
	}
	h := newHouse(b, func(o *lifecycle.Options) { o.Log, o.Memory = nil, nil }, list...)
	for _, p := range h.ports {
		lease, err := p.Acquire(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		lease.Release()
	}
	b.ReportAllocs()
	for b.Loop() {
		h.keeper.Decide(b.Context())
	}
}
