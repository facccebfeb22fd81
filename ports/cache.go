package ports

// Cache keeps answers for a while so that they need not be asked for again. What
// it keeps are plain values that hold on to nothing: no connection, no handle.
// It may lose any of them at any time. It is safe for concurrent use.
type Cache interface {
	// Get returns the value that was put under the key and is still good; ok is
	// false when there is none. The value is shared: it must not be changed.
	Get(key CacheKey) (value any, ok bool)

	// Put keeps value, which takes up about size bytes, for as long as its section
	// is good. A value that is too large, or of a section that is not kept, is not
	// kept, and what was there before is gone. The value must not be changed
	// afterwards.
	Put(key CacheKey, value any, size int)

	// Drop forgets everything in the sections given.
	Drop(sections ...Section)
}

// CacheKey is what a value is kept under.
type CacheKey struct {
	Section Section
	// Owner is the fingerprint of the token with which the value was asked for,
	// where it must not be told to a caller that shows another; "" where LEE's own was
	// shown.
	Owner string
	// Name says what the value is, within its section.
	Name string
}

// Section is a part of the cache whose values are good for equally long.
type Section uint8

// The sections.
const (
	// SectionNone is that of what is not kept.
	SectionNone Section = iota
	// SectionRegistry is for names, areas and what else the registries hold.
	SectionRegistry
	// SectionDiscovery is for endpoints.
	SectionDiscovery
	// SectionConfiguration is for what the home says of itself.
	SectionConfiguration
	// SectionHealth is for answers about the health of what LEE depends on.
	SectionHealth
	// SectionParameters is for settings kept outside of the function. The code that makes
	// settings of them keeps them himself, and the section is in his report.
	SectionParameters
	// SectionStates is for what all entities' states are, for a burst of
	// questions. Several processes live side by side, and news of a change reach
	// one of them: so it is good for about a second, and no state report is ever
	// answered from it.
	SectionStates

	// Sections is how many there are.
	Sections = iota
)

// String returns the section's name, "registry".
func (s Section) String() string {
	if s >= Sections {
		s = SectionNone
	}
	return [...]string{"none", "registry", "discovery", "configuration", "health", "parameters", "states"}[s]
}

// MarshalText implements encoding.TextMarshaler.
func (s Section) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// CacheMeter is a cache that counts.
type CacheMeter interface {
	Cache
	// Report returns what has been counted so far.
	Report() CacheReport
}

// CacheReport is what a cache holds and has counted since the process started.
type CacheReport struct {
	// Entries and Bytes are what it holds, MostEntries and MostBytes its bounds.
	// Bytes are estimates.
	Entries     int   `json:"entries"`
	MostEntries int   `json:"most_entries"`
	Bytes       int64 `json:"bytes"`
	MostBytes   int64 `json:"most_bytes"`
	// Evicted is how many entries had to make room, Shrunk how many were given up
	// because memory was scarce.
	Evicted uint64 `json:"evicted"`
	Shrunk  uint64 `json:"shrunk"`
	// Sections are its sections, SectionNone left out.
	Sections []SectionReport `json:"sections"`
}

// SectionReport is what has been counted of a section.
type SectionReport struct {
	Section Section `json:"section"`
	// TTL is how long its values are good; 0 when they are not kept.
	TTL Milliseconds `json:"ttl"`
	// Entries is how many it holds.
	Entries int `json:"entries"`
	// Hits and Misses count what was asked for. An expired value is a miss, and
	// is counted in Expired as well.
	Hits    uint64 `json:"hits"`
	Misses  uint64 `json:"misses"`
	Expired uint64 `json:"expired"`
}
