package portstest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/ports"
)

// CacheSetup is what a cache under test is made with.
type CacheSetup struct {
	// Bytes and Entries bound it.
	Bytes   int64
	Entries int
	// TTL is how long the values of every section are good, but for
	// SectionHealth's, which are not kept.
	TTL time.Duration
	// Clock is the clock that it goes by.
	Clock ports.Clock
}

// Cache is the contract of ports.Cache. open returns an empty cache that is made
// as setup says. A cache may lose a value at any time; a suite can only be passed
// by one that does so for the reasons that the port names.
func Cache(t *testing.T, open func(t *testing.T, setup CacheSetup) ports.Cache) {
	for name, test := range map[string]func(*cacheTest, *testing.T){
		"keeps what is put":                (*cacheTest).keeps,
		"tells keys apart":                 (*cacheTest).tellsApart,
		"forgets when the time is up":      (*cacheTest).expires,
		"distrusts a clock that went back": (*cacheTest).clockBack,
		"drops a section":                  (*cacheTest).drops,
		"leaves out what is not kept":      (*cacheTest).notKept,
		"leaves out what is too large":     (*cacheTest).tooLarge,
		"keeps within its bounds":          (*cacheTest).bounded,
		"many at once":                     (*cacheTest).concurrent,
	} {
		t.Run(name, func(t *testing.T) {
			c := &cacheTest{clock: NewClock()}
			c.setup = CacheSetup{Bytes: 64 << 10, Entries: 16, TTL: time.Minute, Clock: c.clock}
			c.Cache = open(t, c.setup)
			test(c, t)
		})
	}
}

type cacheTest struct {
	ports.Cache
	clock *Clock
	setup CacheSetup
}

func (c *cacheTest) want(t *testing.T, key ports.CacheKey, want any) {
	t.Helper()
	got, ok := c.Get(key)
	if ok != (want != nil) || got != want {
		t.Errorf("%+v: got %v, %t, want %v", key, got, ok, want)
	}
}

func registry(name string) ports.CacheKey {
	return ports.CacheKey{Section: ports.SectionRegistry, Name: name}
}

func (c *cacheTest) keeps(t *testing.T) {
	c.want(t, registry("areas"), nil)
	c.Put(registry("areas"), "kitchen", 10)
	c.want(t, registry("areas"), "kitchen")
	c.want(t, registry("areas"), "kitchen")
	c.Put(registry("areas"), "bath", 10)
	c.want(t, registry("areas"), "bath")
	c.Put(registry("nothing"), "", -1)
	c.want(t, registry("nothing"), "")
}

func (c *cacheTest) tellsApart(t *testing.T) {
	keys := []ports.CacheKey{
		{Section: ports.SectionRegistry, Name: "a"},
		{Section: ports.SectionRegistry, Name: "b"},
		{Section: ports.SectionRegistry, Name: "a", Owner: "b"},
		{Section: ports.SectionRegistry, Name: "ab"},
		{Section: ports.SectionDiscovery, Name: "a"},
	}
	for i, key := range keys {
		c.Put(key, i, 10)
	}
	for i, key := range keys {
		c.want(t, key, i)
	}
}

func (c *cacheTest) expires(t *testing.T) {
	c.Put(registry("areas"), 1, 10)
	c.clock.Advance(c.setup.TTL - 1)
	c.want(t, registry("areas"), 1)
	c.clock.Advance(1)
	c.want(t, registry("areas"), nil)
	c.Put(registry("areas"), 2, 10)
	c.clock.Advance(c.setup.TTL / 2)
	c.Put(registry("areas"), 3, 10) // is good for its own time
	c.clock.Advance(c.setup.TTL / 2)
	c.want(t, registry("areas"), 3)
	c.clock.Advance(24 * time.Hour) // as after a freeze
	c.want(t, registry("areas"), nil)
}

func (c *cacheTest) clockBack(t *testing.T) {
	c.Put(registry("areas"), 1, 10)
	c.clock.Advance(-time.Hour)
	c.want(t, registry("areas"), nil)
}

func (c *cacheTest) drops(t *testing.T) {
	state := ports.CacheKey{Section: ports.SectionStates, Name: "all"}
	config := ports.CacheKey{Section: ports.SectionConfiguration, Name: "all"}
	for _, key := range []ports.CacheKey{registry("a"), registry("b"), state, config} {
		c.Put(key, 1, 10)
	}
	c.Drop()
	c.want(t, state, 1)
	c.Drop(ports.SectionRegistry, ports.SectionStates)
	c.want(t, registry("a"), nil)
	c.want(t, registry("b"), nil)
	c.want(t, state, nil)
	c.want(t, config, 1)
	c.Put(state, 2, 10)
	c.want(t, state, 2)
}

func (c *cacheTest) notKept(t *testing.T) {
	for _, section := range []ports.Section{ports.SectionNone, ports.SectionHealth, ports.Sections, 255} {
		c.Put(ports.CacheKey{Section: section}, 1, 10)
		c.want(t, ports.CacheKey{Section: section}, nil)
		c.Drop(section)
	}
}

func (c *cacheTest) tooLarge(t *testing.T) {
	c.Put(registry("a"), 1, 10)
	c.Put(registry("b"), 1, 10)
	c.Put(registry("a"), 2, int(c.setup.Bytes)+1)
	c.want(t, registry("a"), nil)
	c.want(t, registry("b"), 1)
}

// bounded puts in more than there is room for, by number and by size: the newest
// stays.
func (c *cacheTest) bounded(t *testing.T) {
	count := func(n int) (kept int) {
		for i := range n {
			if _, ok := c.Get(registry(fmt.Sprint(i))); ok {
				kept++
			}
		}
		return kept
	}
	n := 4 * c.setup.Entries
	for i := range n {
		c.Put(registry(fmt.Sprint(i)), i, 10)
	}
	if kept := count(n); kept == 0 || kept > c.setup.Entries {
		t.Errorf("%d small values are kept, want 1 to %d", kept, c.setup.Entries)
	}
	c.want(t, registry(fmt.Sprint(n-1)), n-1)
	for i := range n {
		c.Put(registry(fmt.Sprint(i)), i, int(c.setup.Bytes/4))
	}
	if kept := count(n); kept == 0 || kept > 4 {
		t.Errorf("%d large values are kept, want 1 to 4", kept)
	}
	c.want(t, registry(fmt.Sprint(n-1)), n-1)
}

// concurrent has many callers at once; what they find is what was put there.
func (c *cacheTest) concurrent(t *testing.T) {
	var all sync.WaitGroup
	for caller := range 8 {
		all.Go(func() {
			for i := range 200 {
				name := fmt.Sprint((i + caller) % 20)
				switch i % 5 {
				case 0:
					c.Put(registry(name), name, 10)
				case 1:
					c.Drop(ports.SectionRegistry)
				default:
					if got, ok := c.Get(registry(name)); ok && got != name {
						t.Errorf("found %v under %s", got, name)
					}
				}
			}
		})
	}
	all.Wait()
}

// MemoryCache is a ports.Cache that works: the oldest goes first where there is
// no room. Make one with NewMemoryCache. It is safe for concurrent use.
type MemoryCache struct {
	setup CacheSetup

	mu    sync.Mutex
	items []memoryItem // the oldest first
}

type memoryItem struct {
	key   ports.CacheKey
	value any
	size  int64
	at    time.Time
}

var _ ports.Cache = (*MemoryCache)(nil)

// NewMemoryCache returns an empty cache that is made as setup says.
func NewMemoryCache(setup CacheSetup) *MemoryCache { return &MemoryCache{setup: setup} }

// Get implements ports.Cache.
func (c *MemoryCache) Get(key ports.CacheKey) (value any, ok bool) {
	now := c.setup.Clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, item := range c.items {
		if age := now.Sub(item.at); item.key == key && age >= 0 && age < c.setup.TTL {
			return item.value, true
		}
	}
	return nil, false
}

// Put implements ports.Cache.
func (c *MemoryCache) Put(key ports.CacheKey, value any, size int) {
	item := memoryItem{key, value, int64(max(size, 0)), c.setup.Clock.Now()}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items = slices.DeleteFunc(c.items, func(old memoryItem) bool { return old.key == key })
	kept := key.Section > ports.SectionNone && key.Section < ports.Sections && key.Section != ports.SectionHealth
	if !kept || item.size > c.setup.Bytes {
		return
	}
	c.items = append(c.items, item)
	for len(c.items) > c.setup.Entries || c.bytes() > c.setup.Bytes {
		c.items = c.items[1:]
	}
}

func (c *MemoryCache) bytes() (sum int64) {
	for _, item := range c.items {
		sum += item.size
	}
	return sum
}

// Drop implements ports.Cache.
func (c *MemoryCache) Drop(sections ...ports.Section) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items = slices.DeleteFunc(c.items, func(item memoryItem) bool { return slices.Contains(sections, item.key.Section) })
}
