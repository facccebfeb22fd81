package lifecycle_test

import (
	"context"
	"math"
	"runtime/debug"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
)

// larder is a cache that gives up what it is asked to.
type larder struct {
	bytes  int64
	shares []float64
	gave   func(int64)
}

func (l *larder) Shrink(share float64) int64 {
	l.shares = append(l.shares, share)
	keep := int64(float64(l.bytes) * share)
	given := l.bytes - keep
	l.bytes = keep
	l.gave(given)
	return given
}

// TestMemoryPressure: scarce memory is seen by Decide and relieved by the next
// event, the grace and the minimum notwithstanding.
func TestMemoryPressure(t *testing.T) {
	var l larder
	h := newHouse(t, func(o *lifecycle.Options) {
		o.Minimum = 3
		o.Shrinkers = []lifecycle.Shrinker{&l}
	}, home, registry, store, spare)
	l = larder{bytes: 400, gave: func(n int64) { h.memory.Add(-n) }}
	h.hot["registry"] = true
	hold, err := h.ports["spare"].Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer hold.Release()
	h.memory.Store(999)
	h.event(t, "home", "registry", "store")
	h.event(t, "home", "store")
	h.loaded(t, "not yet scarce", "home", "registry", "store", "spare")
	h.memory.Store(1000)
	h.event(t, "home", "store")
	h.loaded(t, "scarce: decided", "home", "registry", "store", "spare")
	h.event(t, "home", "store")
	h.loaded(t, "what is hot or held stays", "registry", "spare")
	r := h.keeper.Report()
	want := lifecycle.Relief{At: h.clock.Now(), Before: 1000, After: 700, Won: 300, Ports: 2, Shrunk: 300}
	if r.Emergencies != 1 || r.LastRelief != want || r.Unloaded[lifecycle.ReasonMemory] != 2 {
		t.Errorf("%+v", r)
	}
	if len(l.shares) != 1 || l.shares[0] != 0.25 {
		t.Errorf("the cache was asked to keep %v", l.shares)
	}
	lines := h.log.FilterMessage("[LUGS] memory was scarce").All()
	if len(lines) != 1 || lines[0].ContextMap()["won"] != int64(300) || lines[0].ContextMap()["ports"] != int64(2) {
		t.Errorf("the log says %+v", lines)
	}

	// It does not help, and is not tried at every event.
	h.memory.Store(2000)
	for range 5 {
		h.event(t, "home")
	}
	if n := h.keeper.Report().Emergencies; n != 1 {
		t.Errorf("%d emergencies within a minute, want 1", n)
	}
	h.clock.Advance(time.Minute)
	h.event(t)
	if n := h.keeper.Report().Emergencies; n != 2 {
		t.Errorf("%d emergencies after a minute, want 2", n)
	}
}

// TestPressurePasses: memory that is plenty again by the next event is no
// emergency, and what was idle is closed as ever.
func TestPressurePasses(t *testing.T) {
	h := newHouse(t, nil, home)
	h.event(t, "home")
	h.clock.Advance(time.Hour)
	h.memory.Store(1000)
	h.event(t)
	h.memory.Store(10)
	h.event(t)
	h.loaded(t, "idle")
	if r := h.keeper.Report(); r.Emergencies != 0 || r.Unloaded[lifecycle.ReasonIdle] != 1 {
		t.Errorf("%+v", r)
	}
}

// TestRelieveReal: memory that a port really holds goes back to the system.
func TestRelieveReal(t *testing.T) {
	h := newHouse(t, func(o *lifecycle.Options) { o.Memory = nil }, home)
	big := lifecycle.NewLazy("big", lifecycle.Conditional(time.Hour), h.clock, func(context.Context) (*[64 << 20]byte, error) {
		memory := new([64 << 20]byte)
		for i := 0; i < len(memory); i += 4096 {
			memory[i] = 1
		}
		return memory, nil
	}, nil)
	h.keeper.Watch(big)
	use(t, big)
	before := lifecycle.MemoryInUse()
	relief := h.keeper.Relieve(t.Context())
	if relief.Won < 50<<20 || relief.Ports != 1 || before-lifecycle.MemoryInUse() < 50<<20 {
		t.Errorf("of 64 MiB, %d bytes were won: %+v", relief.Won, relief)
	}
	if r := big.Report(); r.Given < 64<<20 {
		t.Errorf("its load allocated %d bytes", r.Given)
	}
}

func TestLimitMemory(t *testing.T) {
	old := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(old)
	if got := lifecycle.LimitMemory(0); got != math.MaxInt64 {
		t.Errorf("of unknown memory: %d", got)
	}
	if got, want := lifecycle.LimitMemory(128<<20), int64(128<<20*8/10); got != want || debug.SetMemoryLimit(-1) != want {
		t.Errorf("of 128 MiB: %d, want %d", got, want)
	}
	if got, want := lifecycle.LimitMemory(1<<30), int64(128<<20*8/10); got != want {
		t.Errorf("a limit that is set is replaced: %d", got)
	}
}

func BenchmarkMemoryInUse(b *testing.B) {
	for b.Loop() {
		lifecycle.MemoryInUse()
	}
}
