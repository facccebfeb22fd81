package gateway_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// row returns the row of that name, nil when the table has none.
func (r *rig) row(name string) *gateway.ReflexRow {
	for _, row := range r.gateway.Reflex().Rows {
		if row.Name == name {
			return &row
		}
	}
	return nil
}

func (r *rig) call(t testing.TB, service string, times int) {
	t.Helper()
	domain, name, _ := strings.Cut(service, ".")
	for range times {
		if _, err := r.home.Call(t.Context(), home.CallOn("light.kitchen", domain, name)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHeat takes services through the levels, up and down again.
func TestHeat(t *testing.T) {
	core, log := observer.New(zap.DebugLevel)
	r := newRig(t, rigOptions{home: &scripted{}, reflex: 50, log: zap.New(core)})
	for service, times := range map[string]int{"light.turn_on": 100, "light.turn_off": 20, "lock.unlock": 19, "lock.lock": 4} {
		r.call(t, service, times)
	}
	level := func(service string, want lifecycle.Level, direct bool) {
		t.Helper()
		row := r.row("home.call " + service)
		if row == nil || row.Level != want || row.Direct != direct || row.Port != "home" {
			t.Errorf("%s: %+v, want %v, direct %t", service, row, want, direct)
		}
	}
	level("light.turn_on", lifecycle.Critical, false)
	r.gateway.Cool(t.Context())
	level("light.turn_on", lifecycle.Critical, true)
	level("light.turn_off", lifecycle.Hot, true)
	level("lock.unlock", lifecycle.Warm, false)
	level("lock.lock", lifecycle.Cold, false)
	if !r.gateway.Hot("home") || r.gateway.Hot("other") {
		t.Error("the port that hot services need is not hot")
	}
	if o := r.operation(t, "home.call"); o.Calls != 143 || o.Level != lifecycle.Critical || !o.Direct {
		t.Errorf("%+v", o)
	}
	r.clock.Advance(10 * time.Minute)
	r.gateway.Cool(t.Context())
	level("light.turn_on", lifecycle.Hot, true)
	level("light.turn_off", lifecycle.Warm, false)
	r.clock.Advance(24 * time.Hour)
	r.gateway.Cool(t.Context())
	level("light.turn_on", lifecycle.Cold, false)
	if r.gateway.Hot("home") {
		t.Error("the port is hot for ever")
	}
	promoted, demoted := log.FilterMessage("[Reflex] promoted"), log.FilterMessage("[Reflex] demoted")
	if promoted.Len() != 3 || demoted.Len() != 5 {
		t.Errorf("%d promotions and %d demotions in the log, want 3 and 5", promoted.Len(), demoted.Len())
	}
	for _, line := range promoted.FilterField(zap.String("operation", "home.call light.turn_on")).All() {
		if m := line.ContextMap(); m["from"] != "cold" || m["to"] != "critical" || m["calls"] != 100.0 {
			t.Errorf("the log says %v", m)
		}
	}
}

// TestHotStays: LUGS leaves a port alone that hot services need, until it has
// cooled.
func TestHotStays(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}, reflex: 50, policy: lifecycle.Conditional(30 * time.Second)})
	keeper := lifecycle.NewKeeper(lifecycle.Options{Clock: r.clock, Enabled: true, Hot: r.gateway.Hot})
	keeper.Watch(r.lazy)
	end := func() {
		r.gateway.Cool(t.Context())
		keeper.CarryOut(t.Context())
		keeper.Decide(t.Context())
	}
	r.call(t, "light.turn_on", 40)
	end()
	for range 2 {
		r.clock.Advance(4 * time.Minute)
		end()
		if !r.lazy.Loaded() || keeper.Report().Due != 0 {
			t.Error("a hot port was unloaded")
		}
	}
	if n := keeper.Report().Refused[lifecycle.CheckHot]; n != 3 {
		t.Errorf("refused %d times for being hot, want 3", n)
	}
	r.clock.Advance(3 * time.Minute)
	end()
	end()
	if r.lazy.Loaded() {
		t.Error("a port that has cooled was not unloaded")
	}
}

// TestCacheDoesNotHeatPorts: what the cache answers needs no port, however often
// it is asked for.
func TestCacheDoesNotHeatPorts(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}, reflex: 50})
	for range 200 {
		if _, err := r.house.Config(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	r.gateway.Cool(t.Context())
	if row := r.row("house.config"); row == nil || row.Level != lifecycle.Critical || row.Calls != 200 {
		t.Errorf("%+v", row)
	}
	if r.gateway.Hot("home") {
		t.Error("the port is hot")
	}
}

// TestBounded: the coldest falls out, and what is hot stays whatever strangers
// send.
func TestBounded(t *testing.T) {
	for _, most := range []int{50, 100, 200} {
		r := newRig(t, rigOptions{home: &scripted{}, reflex: most})
		r.call(t, "light.turn_on", 30)
		r.gateway.Cool(t.Context())
		for i := range 3 * most {
			r.call(t, fmt.Sprintf("light.service_%d", i), 1)
		}
		report := r.gateway.Reflex()
		if len(report.Rows) != most || report.Most != most || report.FellOut != uint64(2*most+1) {
			t.Errorf("%d of %d rows, %d fell out", len(report.Rows), report.Most, report.FellOut)
		}
		if hot := report.Rows[0]; hot.Name != "home.call light.turn_on" || !hot.Direct || hot.Calls != 30 {
			t.Errorf("the hottest is %+v", hot)
		}
		if o := r.operation(t, "home.call"); o.Calls != uint64(30+3*most) {
			t.Errorf("%d calls counted, want %d", o.Calls, 30+3*most)
		}
	}
}

// TestFallenOut: what has fallen out of the table is not on the short way, and
// finds its way back in.
func TestFallenOut(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}, reflex: 4})
	r.call(t, "light.turn_on", 30)
	r.gateway.Cool(t.Context())
	r.clock.Advance(24 * time.Hour) // it has cooled, but nobody has looked
	for i := range 4 {
		r.call(t, fmt.Sprintf("light.service_%d", i), 1)
	}
	if row := r.row("home.call light.turn_on"); row != nil {
		t.Fatalf("still there: %+v", row)
	}
	r.call(t, "light.turn_on", 1)
	if row := r.row("home.call light.turn_on"); row == nil || row.Direct || row.Calls != 1 {
		t.Errorf("%+v", row)
	}
	if o := r.operation(t, "home.call"); o.Calls != 35 {
		t.Errorf("%d calls counted, want 35", o.Calls)
	}
}

// TestStrangers: what no service is called is not kept.
func TestStrangers(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}, reflex: 50})
	long := strings.Repeat("x", 65)
	r.call(t, "light."+long, 2)
	r.call(t, long+".turn_on", 2)
	r.call(t, "light."+long[1:], 1)
	for _, row := range r.gateway.Reflex().Rows {
		if strings.Contains(row.Name, long) {
			t.Errorf("kept %+v", row)
		}
	}
	if row := r.row("home.call"); row == nil || row.Calls != 4 {
		t.Errorf("%+v", row)
	}
	if r.row("home.call light."+long[1:]) == nil {
		t.Error("64 characters are too many")
	}
}

func TestReflexOff(t *testing.T) {
	r := newRig(t, rigOptions{home: &scripted{}})
	r.call(t, "light.turn_on", 200)
	r.call(t, "light.turn_off", 200)
	r.gateway.Cool(t.Context())
	report := r.gateway.Reflex()
	if len(report.Rows) != 1 || report.Rows[0].Direct || report.Rows[0].Calls != 400 || r.gateway.Hot("home") {
		t.Errorf("%+v", report)
	}
}

// TestReflexModel holds the table against a plain list: never too long, the
// coldest out first, every call counted.
func TestReflexModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const most = 6
		clock := portstest.NewClock()
		r := newRig(t, rigOptions{home: &scripted{}, reflex: most, clock: clock})
		total := uint64(0)
		t.Repeat(map[string]func(*rapid.T){
			"call": func(t *rapid.T) {
				service := fmt.Sprint(rapid.IntRange(0, 12).Draw(t, "service"))
				before := r.gateway.Reflex()
				known := r.row("home.call light."+service) != nil
				for range rapid.SampledFrom([]int{1, 1, 1, 30}).Draw(t, "times") {
					_, _ = r.home.Call(context.Background(), home.CallOn("light.kitchen", "light", service))
					total++
				}
				if known || len(before.Rows) < most {
					return
				}
				least := before.Rows[len(before.Rows)-1].Weight
				var gone []gateway.ReflexRow
				for _, row := range before.Rows {
					if r.row(row.Name) == nil {
						gone = append(gone, row)
					}
				}
				if len(gone) != 1 || gone[0].Weight != least {
					t.Fatalf("%+v fell out, the coldest weighed %v", gone, least)
				}
			},
			"cool": func(*rapid.T) { r.gateway.Cool(t.Context()) },
			"wait": func(t *rapid.T) { clock.Advance(time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "wait"))) },
			"": func(t *rapid.T) {
				if n := len(r.gateway.Reflex().Rows); n > most {
					t.Fatalf("%d rows", n)
				}
				for _, o := range r.gateway.Report() {
					if o.Name == "home.call" && o.Calls != total {
						t.Fatalf("%d calls counted, want %d", o.Calls, total)
					}
				}
			},
		})
	})
}
