package config

import (
	"sync/atomic"

	"github.com/lambda-execution-engine/lee/ports"
)

// kept counts how often what the Parameter Store said was known.
type kept struct {
	entries               atomic.Int64
	hits, misses, expired atomic.Uint64
}

// Kept returns the figures of the cache's section of parameters. What the Parameter
// Store said is not in the cache: it is there as the settings that it makes, with
// what came before them, and stays when the store cannot be read. A hit is a question
// for the settings that was answered by what it had said, a miss a reading of it.
func (l *Live) Kept() ports.SectionReport {
	return ports.SectionReport{
		Section: ports.SectionParameters, TTL: ports.Milliseconds(ParameterTTL), Entries: int(l.kept.entries.Load()),
		Hits: l.kept.hits.Load(), Misses: l.kept.misses.Load(), Expired: l.kept.expired.Load(),
	}
}
