package telemetry

import (
	"slices"
	"sync"

	"github.com/lambda-execution-engine/lee/ports"
)

// Flaws counts what a home says that Home Assistant would not. At the comprehensive
// level it also names each flaw. Make one with NewFlaws. It is safe for concurrent use.
type Flaws struct {
	mu     sync.Mutex
	report ports.FlawReport
	places map[ports.Flaw]int // in report.Named
}

var _ ports.FlawMeter = (*Flaws)(nil)

// NewFlaws returns a Flaws that has counted nothing yet.
func NewFlaws(level ports.Validation) *Flaws {
	return &Flaws{report: ports.FlawReport{Level: level}, places: map[ports.Flaw]int{}}
}

const (
	// mostNamed is how many flaws are named. A home of which more is wrong has one
	// reason for it.
	mostNamed = 32
	// longestEntity is how much of an entity's id is kept of one that is none.
	longestEntity = 96
)

// Looked implements ports.FlawMeter.
func (f *Flaws) Looked(states int, flaws []ports.Flaw) (named []ports.Flaw) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.report.Looked += uint64(states)
	f.report.Flaws += uint64(len(flaws))
	if f.report.Level < ports.ValidateComprehensive {
		return nil
	}
	for _, flaw := range flaws {
		flaw.Entity = flaw.Entity[:min(len(flaw.Entity), longestEntity)]
		if f.name(flaw) {
			named = append(named, flaw)
		}
	}
	return named
}

// name counts a flaw by its name, and says whether that is the first time. mu must be
// held.
func (f *Flaws) name(flaw ports.Flaw) (first bool) {
	if at, ok := f.places[flaw]; ok {
		f.report.Named[at].Count++
		return false
	}
	if len(f.report.Named) >= mostNamed {
		return false
	}
	f.places[flaw] = len(f.report.Named)
	f.report.Named = append(f.report.Named, ports.NamedFlaw{Flaw: flaw, Count: 1})
	return true
}

// Report implements ports.FlawMeter.
func (f *Flaws) Report() ports.FlawReport {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.report
	r.Named = slices.Clone(r.Named)
	return r
}
