package cache_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/adapters/cache"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestContract(t *testing.T) {
	portstest.Cache(t, func(_ *testing.T, setup portstest.CacheSetup) ports.Cache {
		ttl := cache.TTLs(setup.TTL)
		for s := range ttl {
			ttl[s] = setup.TTL
		}
		ttl[ports.SectionHealth], ttl[ports.SectionNone] = 0, 0
		return cache.New(cache.Settings{Bytes: setup.Bytes, Entries: setup.Entries, TTL: ttl}, setup.Clock)
	})
}

func key(section ports.Section, name string) ports.CacheKey {
	return ports.CacheKey{Section: section, Name: name}
}

// tiers are the bounds of the three tiers.
var tiers = map[string]struct {
	bytes   int64
	entries int
	ttl     time.Duration
}{
	"minimum":  {2 << 20, 100, 60 * time.Second},
	"standard": {5 << 20, 500, 120 * time.Second},
	"maximum":  {10 << 20, 1000, 300 * time.Second},
}

func TestTiers(t *testing.T) {
	for name, tier := range tiers {
		t.Run(name, func(t *testing.T) {
			clock := portstest.NewClock()
			c := cache.New(cache.Settings{Bytes: tier.bytes, Entries: tier.entries, TTL: cache.TTLs(tier.ttl)}, clock)
			for i := range 2 * tier.entries {
				c.Put(key(ports.SectionRegistry, fmt.Sprint(i)), i, 100)
			}
			if r := c.Report(); r.Entries != tier.entries || r.Evicted != uint64(tier.entries) {
				t.Errorf("small values: %d entries and %d evicted, want %d each", r.Entries, r.Evicted, tier.entries)
			}
			for i := range 2 * tier.entries {
				c.Put(key(ports.SectionRegistry, fmt.Sprint(i)), i, int(tier.bytes/10))
			}
			if r := c.Report(); r.Entries != 9 || r.Bytes > tier.bytes { // nine and their overhead
				t.Errorf("large values: %d entries of %d bytes, want 9 within %d", r.Entries, r.Bytes, tier.bytes)
			}
			c.Put(key(ports.SectionParameters, "one"), 1, 1)
			if _, ok := c.Get(key(ports.SectionParameters, "one")); ok {
				t.Error("it keeps parameters, which are kept elsewhere")
			}
			for section, want := range map[ports.Section]time.Duration{
				ports.SectionRegistry: tier.ttl, ports.SectionDiscovery: tier.ttl, ports.SectionConfiguration: tier.ttl,
				ports.SectionHealth: 10 * time.Second, ports.SectionStates: time.Second,
			} {
				c.Put(key(section, "one"), 1, 1)
				clock.Advance(want - 1)
				if _, ok := c.Get(key(section, "one")); !ok {
					t.Errorf("%v: gone before %v", section, want)
				}
				clock.Advance(1)
				if _, ok := c.Get(key(section, "one")); ok {
					t.Errorf("%v: there after %v", section, want)
				}
			}
		})
	}
}

func TestTTLs(t *testing.T) {
	for _, ttl := range []time.Duration{-1, 0, time.Millisecond, time.Hour} {
		for section, got := range cache.TTLs(ttl) {
			most := max(ttl, 0)
			if ports.Section(section) == ports.SectionNone {
				most = 0
			}
			if got < 0 || got > most {
				t.Errorf("of %v, %v is good for %v", ttl, ports.Section(section), got)
			}
		}
	}
}

// TestLeastRecentlyUsed: what goes first is what was not asked for the longest.
func TestLeastRecentlyUsed(t *testing.T) {
	c := cache.New(cache.Settings{Bytes: 1 << 20, Entries: 3, TTL: cache.TTLs(time.Minute)}, portstest.NewClock())
	for _, name := range []string{"a", "b", "c"} {
		c.Put(key(ports.SectionRegistry, name), name, 1)
	}
	c.Get(key(ports.SectionRegistry, "a"))
	c.Put(key(ports.SectionRegistry, "d"), "d", 1)
	for name, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true} {
		if _, ok := c.Get(key(ports.SectionRegistry, name)); ok != want {
			t.Errorf("%s is there: %t, want %t", name, ok, want)
		}
	}
}

func TestReport(t *testing.T) {
	clock := portstest.NewClock()
	c := cache.New(cache.Settings{Bytes: 1 << 20, Entries: 3, TTL: cache.TTLs(time.Minute)}, clock)
	c.Get(key(ports.SectionRegistry, "a"))
	c.Put(key(ports.SectionRegistry, "a"), 1, 100)
	c.Get(key(ports.SectionRegistry, "a"))
	c.Get(key(ports.SectionRegistry, "a"))
	c.Put(key(ports.SectionStates, "all"), 1, 1000)
	clock.Advance(2 * time.Second)
	c.Get(key(ports.SectionStates, "all"))
	r := c.Report()
	want := map[ports.Section]ports.SectionReport{
		ports.SectionRegistry: {Section: ports.SectionRegistry, TTL: ports.Milliseconds(time.Minute), Entries: 1, Hits: 2, Misses: 1},
		ports.SectionStates:   {Section: ports.SectionStates, TTL: ports.Milliseconds(time.Second), Misses: 1, Expired: 1},
	}
	if len(r.Sections) != ports.Sections-1 {
		t.Errorf("%d sections, want %d", len(r.Sections), ports.Sections-1)
	}
	for _, section := range r.Sections {
		if w, ok := want[section.Section]; ok && section != w {
			t.Errorf("got %+v, want %+v", section, w)
		}
	}
	if r.Entries != 1 || r.Bytes < 100 || r.Bytes > 1000 || r.MostEntries != 3 || r.MostBytes != 1<<20 {
		t.Errorf("got %+v", r)
	}
}

// TestShrink: first goes what is no longer good, then what was not used for
// longest.
func TestShrink(t *testing.T) {
	clock := portstest.NewClock()
	c := cache.New(cache.Settings{Bytes: 1 << 20, Entries: 100, TTL: cache.TTLs(time.Minute)}, clock)
	c.Put(key(ports.SectionStates, "old"), 1, 50_000)
	clock.Advance(10 * time.Second)
	for i := range 10 {
		c.Put(key(ports.SectionRegistry, fmt.Sprint(i)), i, 5_000)
	}
	before := c.Report()
	won := c.Shrink(0.25)
	after := c.Report()
	if before.Bytes-after.Bytes != won || after.Bytes > before.Bytes/4 || after.Bytes < before.Bytes/5 {
		t.Errorf("of %d bytes %d are left, and %d said to be won", before.Bytes, after.Bytes, won)
	}
	if _, ok := c.Get(key(ports.SectionRegistry, "9")); !ok {
		t.Error("the newest is gone")
	}
	if after.Shrunk != uint64(before.Entries-after.Entries) || after.Evicted != 0 {
		t.Errorf("counted %d shrunk and %d evicted, want %d and 0", after.Shrunk, after.Evicted, before.Entries-after.Entries)
	}
	if c.Shrink(0); c.Report().Entries != 0 || c.Report().Bytes != 0 {
		t.Errorf("of nothing, %+v is left", c.Report())
	}
	if won := c.Shrink(-1) + c.Shrink(2); won != 0 {
		t.Errorf("an empty cache gave up %d bytes", won)
	}
}

// TestModel holds the cache against a list that is kept by hand.
func TestModel(t *testing.T) {
	const bytes, entries = 4096, 6
	sections := []ports.Section{ports.SectionRegistry, ports.SectionStates, ports.SectionHealth}
	rapid.Check(t, func(t *rapid.T) {
		clock := portstest.NewClock()
		ttl := cache.TTLs(time.Minute)
		c := cache.New(cache.Settings{Bytes: bytes, Entries: entries, TTL: ttl}, clock)
		type entry struct {
			key   ports.CacheKey
			value int
			size  int64
			at    time.Time
		}
		var model []entry // the one that goes first is first
		remove := func(k ports.CacheKey) (e entry, ok bool) {
			for i := range model {
				if model[i].key == k {
					e = model[i]
					model = append(model[:i:i], model[i+1:]...)
					return e, true
				}
			}
			return e, false
		}
		sum := func() (n int64) {
			for _, e := range model {
				n += e.size
			}
			return n
		}
		draw := func(t *rapid.T) ports.CacheKey {
			return key(rapid.SampledFrom(sections).Draw(t, "section"), rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "name"))
		}
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				k, value, size := draw(t), rapid.Int().Draw(t, "value"), rapid.IntRange(0, bytes).Draw(t, "size")
				c.Put(k, value, size)
				remove(k)
				e := entry{k, value, int64(size) + 256 + 1, clock.Now()}
				if e.size > bytes {
					return
				}
				for len(model) >= entries || sum()+e.size > bytes {
					model = model[1:]
				}
				model = append(model, e)
			},
			"get": func(t *rapid.T) {
				k := draw(t)
				got, ok := c.Get(k)
				e, there := remove(k)
				there = there && clock.Now().Sub(e.at) < ttl[k.Section]
				if there {
					model = append(model, e)
				}
				if ok != there || ok && got != e.value {
					t.Fatalf("%+v: got %v, %t, want %v, %t", k, got, ok, e.value, there)
				}
			},
			"drop": func(t *rapid.T) {
				section := rapid.SampledFrom(sections).Draw(t, "section")
				c.Drop(section)
				for _, name := range []string{"a", "b", "c", "d"} {
					remove(key(section, name))
				}
			},
			"wait": func(t *rapid.T) {
				clock.Advance(time.Duration(rapid.Int64Range(0, int64(20*time.Second)).Draw(t, "wait")))
			},
			"": func(t *rapid.T) {
				if r := c.Report(); r.Entries != len(model) || r.Bytes != sum() || r.Bytes > bytes || r.Entries > entries {
					t.Fatalf("it holds %d entries of %d bytes, want %d of %d", r.Entries, r.Bytes, len(model), sum())
				}
			},
		})
	})
}

func BenchmarkGet(b *testing.B) {
	c := cache.New(cache.Settings{Bytes: 1 << 20, Entries: 100, TTL: cache.TTLs(time.Hour)}, ports.WallClock{})
	k := key(ports.SectionConfiguration, "house.config")
	c.Put(k, "value", 100)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := c.Get(k); !ok {
			b.Fatal("gone")
		}
	}
}

func BenchmarkPut(b *testing.B) {
	c := cache.New(cache.Settings{Bytes: 1 << 20, Entries: 100, TTL: cache.TTLs(time.Hour)}, ports.WallClock{})
	k := key(ports.SectionConfiguration, "house.config")
	b.ReportAllocs()
	for b.Loop() {
		c.Put(k, "value", 100)
	}
}
