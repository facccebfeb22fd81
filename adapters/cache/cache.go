// Package cache keeps answers in memory: hashicorp's LRU list, with the two
// bounds added that it does not have. Bytes, because a function has 128 MB and
// one answer may be a hundred times as large as another. And time by the wall
// clock, because Lambda freezes the process: an expiry that a goroutine sees to,
// as in that library's own expirable cache, would not come.
package cache

import (
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/lambda-execution-engine/lee/ports"
)

// Settings bound a cache.
type Settings struct {
	// Bytes is how much it may hold, by the estimates of those who put values in:
	// 2, 5 or 10 MiB by tier. Entries is how many: 100, 500 or 1000.
	Bytes   int64
	Entries int
	// TTL is how long the values of each section are good; those of a section
	// with 0 are not kept. TTLs makes one.
	TTL [ports.Sections]time.Duration
}

const (
	// burst is how long a state is good: long enough for questions that come
	// together, too short for anybody to notice.
	burst = time.Second
	// pulse is the longest that an answer about health is good. Monitors ask once
	// a minute, and must not be told of an hour ago.
	pulse = 10 * time.Second
)

// TTLs returns times to live where most sections have ttl (60, 120 or 300
// seconds by tier), states are kept for a burst only and health not for long.
// Parameters are kept elsewhere. A ttl of 0 or less keeps nothing.
func TTLs(ttl time.Duration) (all [ports.Sections]time.Duration) {
	ttl = max(ttl, 0)
	for s := ports.SectionNone + 1; s < ports.Sections; s++ {
		all[s] = ttl
	}
	all[ports.SectionParameters] = 0
	all[ports.SectionHealth] = min(ttl, pulse)
	all[ports.SectionStates] = min(ttl, burst)
	return all
}

// Cache is a cache in memory. Make one with New. It is safe for concurrent use.
type Cache struct {
	settings Settings
	clock    ports.Clock

	mu       sync.Mutex
	list     *simplelru.LRU[ports.CacheKey, item]
	bytes    int64
	evicted  uint64
	shrunk   uint64
	sections [ports.Sections]ports.SectionReport
}

var _ ports.CacheMeter = (*Cache)(nil)

// item is a value, and when it was put.
type item struct {
	value any
	size  int64
	at    time.Time
}

// overhead is about what an entry takes up besides its value: the key, a list
// element, its share of a map.
const overhead = 256

// New returns an empty cache. It allocates nothing to speak of before the first
// value is kept: a cold start that only answers a ping has no cache, though it tells
// in metrics what was found there.
func New(settings Settings, clock ports.Clock) *Cache {
	return &Cache{settings: settings, clock: clock}
}

// build makes the list where there is none. mu must be held.
func (c *Cache) build() {
	if c.list != nil {
		return
	}
	// It fails on a size below one only. The callback sees every entry that goes,
	// however it goes: so the sums are always right.
	c.list, _ = simplelru.NewLRU(max(c.settings.Entries, 1), func(key ports.CacheKey, it item) {
		c.bytes -= it.size
		c.sections[key.Section].Entries--
	})
}

// find returns an entry and makes it the one used last. mu must be held.
func (c *Cache) find(key ports.CacheKey) (it item, ok bool) {
	if c.list == nil {
		return item{}, false
	}
	return c.list.Get(key)
}

// keys returns the keys of all entries, the one used longest ago first. mu must be
// held.
func (c *Cache) keys() []ports.CacheKey {
	if c.list == nil {
		return nil
	}
	return c.list.Keys()
}

// count returns how many entries there are. mu must be held.
func (c *Cache) count() int {
	if c.list == nil {
		return 0
	}
	return c.list.Len()
}

// Get implements ports.Cache.
func (c *Cache) Get(key ports.CacheKey) (value any, ok bool) {
	if key.Section >= ports.Sections {
		return nil, false
	}
	now := c.clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	section := &c.sections[key.Section]
	it, ok := c.find(key)
	if ok && !c.good(key, it, now) {
		c.list.Remove(key)
		section.Expired++
		ok = false
	}
	if !ok {
		section.Misses++
		return nil, false
	}
	section.Hits++
	return it.value, true
}

// good says whether an entry is young enough. One from the future is not: the
// clock was put back, and nobody knows how old it is.
func (c *Cache) good(key ports.CacheKey, it item, now time.Time) bool {
	age := now.Sub(it.at)
	return age >= 0 && age < c.settings.TTL[key.Section]
}

// Put implements ports.Cache.
func (c *Cache) Put(key ports.CacheKey, value any, size int) {
	if key.Section >= ports.Sections {
		return
	}
	it := item{value, int64(max(size, 0)) + int64(len(key.Name)+len(key.Owner)) + overhead, c.clock.Now()}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.build()
	c.list.Remove(key)
	if c.settings.TTL[key.Section] <= 0 || c.settings.Entries < 1 || it.size > c.settings.Bytes {
		return
	}
	for c.list.Len() >= c.settings.Entries || c.bytes+it.size > c.settings.Bytes {
		c.list.RemoveOldest()
		c.evicted++
	}
	c.list.Add(key, it)
	c.bytes += it.size
	c.sections[key.Section].Entries++
}

// Drop implements ports.Cache.
func (c *Cache) Drop(sections ...ports.Section) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, section := range sections {
		if section >= ports.Sections || c.sections[section].Entries == 0 {
			continue
		}
		for _, key := range c.keys() {
			if key.Section == section {
				c.list.Remove(key)
			}
		}
	}
}

// Shrink gives up what is no longer good, and then what was not used for longest
// until at most share of the bytes are left, 0 to 1. It returns how many bytes
// it has given up.
func (c *Cache) Shrink(share float64) (bytes int64) {
	now := c.clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	before, entries := c.bytes, c.count()
	keep := int64(float64(before) * min(max(share, 0), 1))
	for _, key := range c.keys() {
		if it, ok := c.list.Peek(key); ok && !c.good(key, it, now) {
			c.list.Remove(key)
		}
	}
	for c.bytes > keep {
		c.list.RemoveOldest()
	}
	c.shrunk += uint64(entries - c.count())
	return before - c.bytes
}

// Report implements ports.CacheMeter.
func (c *Cache) Report() ports.CacheReport {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := ports.CacheReport{
		Entries:     c.count(),
		MostEntries: c.settings.Entries,
		Bytes:       c.bytes,
		MostBytes:   c.settings.Bytes,
		Evicted:     c.evicted,
		Shrunk:      c.shrunk,
	}
	for s := ports.SectionNone + 1; s < ports.Sections; s++ {
		section := c.sections[s]
		section.Section, section.TTL = s, ports.Milliseconds(c.settings.TTL[s])
		r.Sections = append(r.Sections, section)
	}
	return r
}
