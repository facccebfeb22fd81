package lifecycle_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// modelPort is a port as the model knows it.
type modelPort struct {
	policy            lifecycle.Policy
	loaded            bool
	leases, holds     int
	hot, touched, due bool
	since             bool // used or loaded since the decision
	used              time.Time
	number            int64 // how often it was loaded
	refused           [lifecycle.Checks]int64
}

// modelKeeper is LUGS as its description has it, one plain step after another.
type modelKeeper struct {
	now     time.Time
	minimum int
	ports   []*modelPort
	order   []*modelPort // in which the last decision went through them
	gone    int64
}

func (m *modelKeeper) resident() (n int) {
	for _, p := range m.ports {
		if p.loaded {
			n++
		}
	}
	return n
}

func (m *modelKeeper) due() (n int) {
	for _, p := range m.ports {
		if p.due {
			n++
		}
	}
	return n
}

// look notes who has been used since the last look.
func (m *modelKeeper) look() {
	for _, p := range m.ports {
		if p.loaded && (p.touched || p.leases > 0) {
			p.used, p.touched = m.now, false
		}
	}
}

// check is the five-point check; it counts refusals.
func (m *modelKeeper) check(p *modelPort, resident int) bool {
	refuse := func(c lifecycle.Check) bool {
		p.refused[c]++
		return false
	}
	if p.leases > 0 {
		return refuse(lifecycle.CheckInFlight)
	}
	if p.holds > 0 {
		return refuse(lifecycle.CheckHeld)
	}
	if p.hot {
		return refuse(lifecycle.CheckHot)
	}
	if m.now.Sub(p.used) < p.policy.Grace {
		return refuse(lifecycle.CheckGrace)
	}
	if resident <= m.minimum {
		return refuse(lifecycle.CheckMinimum)
	}
	return true
}

// inOrder returns the loaded ports, longest idle first.
func (m *modelKeeper) inOrder() (loaded []*modelPort) {
	for _, p := range m.ports {
		if p.loaded {
			loaded = append(loaded, p)
		}
	}
	slices.SortStableFunc(loaded, func(a, b *modelPort) int { return a.used.Compare(b.used) })
	return loaded
}

func (m *modelKeeper) decide() {
	m.look()
	for _, p := range m.ports {
		p.due, p.since = false, false
	}
	resident := m.resident()
	m.order = m.inOrder()
	for _, p := range m.order {
		if p.due = m.check(p, resident); p.due {
			resident--
		}
	}
}

func (m *modelKeeper) carryOut() {
	for _, p := range m.order {
		due := p.due
		p.due = false
		if !due || !p.loaded {
			continue
		}
		if p.leases > 0 {
			p.refused[lifecycle.CheckInFlight]++
			continue
		}
		if p.since {
			p.refused[lifecycle.CheckGrace]++
			continue
		}
		if m.check(p, m.resident()) {
			p.loaded, p.touched = false, false
			m.gone++
		}
	}
	m.look()
}

// TestKeeperModel drives a Keeper and the model through the same events.
func TestKeeperModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := portstest.NewClock()
		m := &modelKeeper{now: clock.Now(), minimum: rapid.IntRange(0, 3).Draw(t, "minimum")}
		policies := rapid.SliceOfN(rapid.SampledFrom([]lifecycle.Policy{
			lifecycle.Immediate(), lifecycle.Conditional(20 * time.Second), lifecycle.Conditional(45 * time.Second),
		}), 1, 5).Draw(t, "policies")
		k := lifecycle.NewKeeper(lifecycle.Options{
			Clock: clock, Enabled: true, Minimum: m.minimum,
			Hot: func(name string) bool { return m.ports[name[0]-'0'].hot },
		})
		var lazies []*lifecycle.Lazy[*thing]
		var made []*factory
		for i, policy := range policies {
			f := &factory{}
			l := lifecycle.NewLazy(fmt.Sprint(i), policy, clock, f.load, (*thing).close)
			k.Watch(l)
			made, lazies, m.ports = append(made, f), append(lazies, l), append(m.ports, &modelPort{policy: policy})
		}
		leases := make([][]lifecycle.Lease[*thing], len(policies))
		holds := make([][]lifecycle.Hold[*thing], len(policies))
		pick := func(t *rapid.T) int { return rapid.IntRange(0, len(policies)-1).Draw(t, "port") }
		touch := func(p *modelPort) {
			if !p.loaded {
				p.loaded, p.used = true, m.now
				p.number++
			}
			p.touched, p.since = true, true
		}
		acquire := func(t *rapid.T) {
			i := pick(t)
			lease, err := lazies[i].Acquire(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			leases[i] = append(leases[i], lease)
			touch(m.ports[i])
			m.ports[i].leases++
		}
		release := func(t *rapid.T) {
			i := pick(t)
			if n := len(leases[i]); n > 0 {
				leases[i][n-1].Release()
				leases[i] = leases[i][:n-1]
				m.ports[i].leases--
			}
		}
		use := func(t *rapid.T) {
			i := pick(t)
			lease, err := lazies[i].Acquire(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			lease.Release()
			touch(m.ports[i])
		}
		t.Repeat(map[string]func(*rapid.T){
			"use": use, "use another": use, "and another": use,
			"acquire": acquire,
			"release": release, "release another": release,
			"hold": func(t *rapid.T) {
				i := pick(t)
				hold, err := lazies[i].Hold(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				holds[i] = append(holds[i], hold)
				touch(m.ports[i])
				m.ports[i].holds++
			},
			"let go": func(t *rapid.T) {
				i := pick(t)
				if n := len(holds[i]); n > 0 {
					holds[i][n-1].Release()
					holds[i] = holds[i][:n-1]
					m.ports[i].holds--
				}
			},
			"heat": func(t *rapid.T) {
				i := pick(t)
				m.ports[i].hot = !m.ports[i].hot
			},
			"freeze": func(t *rapid.T) {
				d := time.Duration(rapid.Int64Range(0, int64(2*time.Minute)).Draw(t, "freeze"))
				clock.Advance(d)
				m.now = m.now.Add(d)
			},
			"unload by somebody else": func(t *rapid.T) {
				i := pick(t)
				p := m.ports[i]
				done, err := lazies[i].Unload()
				if want := p.loaded && p.leases+p.holds == 0; done != want || err != nil {
					t.Fatalf("port %d unloaded: %t, %v, want %t", i, done, err, want)
				}
				if done {
					if p.touched {
						p.used = m.now
					}
					p.loaded, p.touched = false, false
					m.gone++
				}
			},
			"end of an invocation beside another": func(t *rapid.T) {
				k.CarryOut(t.Context())
				m.carryOut()
			},
			"end of an invocation": func(t *rapid.T) {
				k.CarryOut(t.Context())
				m.carryOut()
				k.Decide(t.Context())
				m.decide()
			},
			"": func(t *rapid.T) {
				if r := k.Report(); r.Due != m.due() || r.Resident != m.resident() {
					t.Fatalf("%d of %d are due, want %d of %d", r.Due, r.Resident, m.due(), m.resident())
				}
				m.look()
				for i, p := range m.ports {
					l := lazies[i]
					if l.Loaded() != p.loaded || made[i].made.Load() != p.number || made[i].open() != btoi(p.loaded) {
						t.Fatalf("port %d (%v) is loaded: %t, for the %dth time, want %t, %d", i, p.policy, l.Loaded(), made[i].made.Load(), p.loaded, p.number)
					}
					for _, lease := range leases[i] {
						if lease.Value().closed.Load() {
							t.Fatalf("port %d was closed from under a call", i)
						}
					}
				}
			},
		})
		var unloads int64
		for i, p := range m.ports {
			r := lazies[i].Report()
			unloads += r.Unloads
			if r.Refused != p.refused || r.Loads != p.number || r.InFlight != int64(p.leases) || r.Holds != int64(p.holds) {
				t.Fatalf("port %d (%v): %+v, want refusals %v", i, p.policy, r, p.refused)
			}
		}
		if unloads != m.gone {
			t.Fatalf("%d unloads, want %d", unloads, m.gone)
		}
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
