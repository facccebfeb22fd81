package operator

import (
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/journal"
	"github.com/lambda-execution-engine/lee/ports"
)

// OperationView is what has been counted of one of the gateway's operations.
type OperationView struct {
	Name string `json:"name"`
	// Calls are all calls, those answered from the cache included.
	Calls uint64 `json:"calls"`
	// Heat is "cold", "warm", "hot" or "critical"; Direct says that it takes the
	// short way.
	Heat   string `json:"heat"`
	Direct bool   `json:"direct"`
	// Failures are calls that ended in an error, Refused those of them that the
	// breaker refused, Retries further attempts, Shared answers that somebody else's
	// call brought.
	Failures uint64 `json:"failures"`
	Refused  uint64 `json:"refused"`
	Retries  uint64 `json:"retries"`
	Shared   uint64 `json:"shared"`
	// Mean is the mean time of the calls that were timed.
	Mean float64 `json:"mean"`
	// Breaker is the state of the breaker before it.
	Breaker string `json:"breaker"`
}

func operations(reports []gateway.OperationReport) []OperationView {
	views := make([]OperationView, len(reports))
	for i, r := range reports {
		views[i] = OperationView{
			Name: r.Name, Calls: r.Calls, Heat: r.Level.String(), Direct: r.Direct, Failures: r.Failures, Refused: r.Refused,
			Retries: r.Retries, Shared: r.Shared, Mean: journal.Milliseconds(r.Mean), Breaker: r.Breaker.String(),
		}
	}
	return views
}

// BreakerView is a circuit breaker.
type BreakerView struct {
	Endpoint string `json:"endpoint"`
	Class    string `json:"class"`
	State    string `json:"state"`
	// Quiet is how long the endpoint still wants to be left alone.
	Quiet float64 `json:"quiet,omitempty"`
}

func breakers(reports []gateway.BreakerReport) []BreakerView {
	views := make([]BreakerView, len(reports))
	for i, r := range reports {
		views[i] = BreakerView{r.Endpoint, r.Class.String(), r.State.String(), journal.Milliseconds(r.Quiet)}
	}
	return views
}

// ReflexView is the reflex table.
type ReflexView struct {
	// Most is how many rows it may have, FellOut how many had to make room.
	Most    int         `json:"most"`
	FellOut uint64      `json:"fell_out"`
	Rows    []ReflexRow `json:"rows"`
}

// ReflexRow is a row of the reflex table, the hottest first.
type ReflexRow struct {
	Name  string `json:"name"`
	Port  string `json:"port"`
	Calls uint64 `json:"calls"`
	// Weight is how many of the calls still count: each loses half its weight in ten
	// minutes.
	Weight float64 `json:"weight"`
	Heat   string  `json:"heat"`
	Direct bool    `json:"direct"`
}

func reflex(r gateway.ReflexReport) ReflexView {
	view := ReflexView{Most: r.Most, FellOut: r.FellOut, Rows: make([]ReflexRow, len(r.Rows))}
	for i, row := range r.Rows {
		view.Rows[i] = ReflexRow{row.Name, row.Port, row.Calls, round(row.Weight), row.Level.String(), row.Direct}
	}
	return view
}

// CacheView is the cache.
type CacheView struct {
	Entries     int    `json:"entries"`
	MostEntries int    `json:"most_entries"`
	Bytes       int64  `json:"bytes"`
	MostBytes   int64  `json:"most_bytes"`
	Evicted     uint64 `json:"evicted"`
	Shrunk      uint64 `json:"shrunk"`
	// Hits, Misses and HitRate, in percent, are those of all sections.
	Hits     uint64        `json:"hits"`
	Misses   uint64        `json:"misses"`
	HitRate  float64       `json:"hit_rate"`
	Sections []SectionView `json:"sections"`
}

// SectionView is a section of the cache.
type SectionView struct {
	Section string `json:"section"`
	// TTL is how long its values are good.
	TTL     float64 `json:"ttl"`
	Entries int     `json:"entries"`
	Hits    uint64  `json:"hits"`
	Misses  uint64  `json:"misses"`
	Expired uint64  `json:"expired"`
	HitRate float64 `json:"hit_rate"`
}

// cache is the view of the cache, and of the section that is kept elsewhere.
func cache(r ports.CacheReport, elsewhere ports.SectionReport) CacheView {
	view := CacheView{
		Entries: r.Entries, MostEntries: r.MostEntries, Bytes: r.Bytes, MostBytes: r.MostBytes,
		Evicted: r.Evicted, Shrunk: r.Shrunk, Sections: make([]SectionView, len(r.Sections)),
	}
	for i, s := range r.Sections {
		if s.Section == elsewhere.Section {
			s = elsewhere
		}
		view.Hits += s.Hits
		view.Misses += s.Misses
		view.Sections[i] = SectionView{
			s.Section.String(), float64(s.TTL / time.Millisecond), s.Entries, s.Hits, s.Misses, s.Expired, share(s.Hits, s.Misses),
		}
	}
	view.HitRate = share(view.Hits, view.Misses)
	return view
}

// ValidationView is what was found in the home's answers.
type ValidationView struct {
	Level string `json:"level"`
	// Looked is how many states were looked at, Flaws how many flaws were found; Named
	// are these by name, in the comprehensive level.
	Looked uint64      `json:"looked"`
	Flaws  uint64      `json:"flaws"`
	Named  []NamedFlaw `json:"named"`
}

// NamedFlaw is a flaw and how often it was found.
type NamedFlaw struct {
	Entity  string `json:"entity_id"`
	Member  string `json:"member"`
	Problem string `json:"problem"`
	Count   uint64 `json:"count"`
}

func validation(r ports.FlawReport) ValidationView {
	view := ValidationView{Level: r.Level.String(), Looked: r.Looked, Flaws: r.Flaws, Named: make([]NamedFlaw, len(r.Named))}
	for i, f := range r.Named {
		view.Named[i] = NamedFlaw{f.Entity, f.Member, f.Problem, f.Count}
	}
	return view
}

// share returns which share of all are some, in percent; 0 of nothing.
func share(some, others uint64) float64 {
	if some+others == 0 {
		return 0
	}
	return round(100 * float64(some) / float64(some+others))
}

// round keeps one decimal.
func round(f float64) float64 { return float64(int64(f*10+0.5)) / 10 }
