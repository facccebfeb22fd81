package config

import (
	"time"

	"github.com/lambda-execution-engine/lee/ports"
)

// Tier is how much memory LEE may use and how eagerly it does what it may need
// later. Limits has the figures.
type Tier uint8

// The tiers.
const (
	Minimum Tier = iota
	Standard
	Maximum
)

var tiers = [...]string{Minimum: "minimum", Standard: "standard", Maximum: "maximum"}

// String returns "minimum", "standard" or "maximum".
func (t Tier) String() string { return name(tiers[:], t) }

// MarshalText returns what String returns; it never fails.
func (t Tier) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Limits are the figures of a tier.
type Limits struct {
	// Grace is how long a port must have been idle before it is closed.
	Grace time.Duration
	// Resident is the number of ports that stay loaded however idle.
	Resident int
	// ReflexEntries is how many services are told apart in the reflex table.
	ReflexEntries int
	// CacheBytes and CacheEntries bound the cache, CacheTTL how long an entry is
	// good.
	CacheBytes   int64
	CacheEntries int
	CacheTTL     time.Duration
	// BreakerFailures is how many outages in a row open a circuit breaker,
	// BreakerOpen for how long.
	BreakerFailures uint32
	BreakerOpen     time.Duration
	// Metrics is how many metrics are written.
	Metrics int
	// Validation is how closely the home's answers are looked at.
	Validation ports.Validation
	// OpenHome says whether the home's connection is opened while the process
	// initialises, LoadAhead whether what most events need is loaded then, and the cache
	// warmed.
	OpenHome, LoadAhead bool
}

var limits = [...]Limits{
	Minimum: {
		Grace: 20 * time.Second, Resident: 1, ReflexEntries: 50,
		CacheBytes: 2 * mebibyte, CacheEntries: 100, CacheTTL: 60 * time.Second,
		BreakerFailures: 5, BreakerOpen: 30 * time.Second,
		Metrics: 3, Validation: ports.ValidateBasic,
	},
	Standard: {
		Grace: 30 * time.Second, Resident: 2, ReflexEntries: 100,
		CacheBytes: 5 * mebibyte, CacheEntries: 500, CacheTTL: 120 * time.Second,
		BreakerFailures: 3, BreakerOpen: 20 * time.Second,
		Metrics: 6, Validation: ports.ValidateStandard,
		OpenHome: true,
	},
	Maximum: {
		Grace: 45 * time.Second, Resident: 3, ReflexEntries: 200,
		CacheBytes: 10 * mebibyte, CacheEntries: 1000, CacheTTL: 300 * time.Second,
		BreakerFailures: 2, BreakerOpen: 10 * time.Second,
		Metrics: 10, Validation: ports.ValidateComprehensive,
		OpenHome: true, LoadAhead: true,
	},
}

// Limits returns the figures of the tier.
func (t Tier) Limits() Limits { return limits[t] }
