// Package journal remembers the last invocations: what an operator looks at when
// something has gone wrong, or takes long. It holds no event, no answer and no
// secret.
package journal

import (
	"slices"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
)

const (
	// kept is how many invocations are remembered, and how many that failed: these
	// are not pushed out by others that came after them.
	kept = 16
	// timed is of how many invocations the times are kept, for percentiles.
	timed = 256
)

// Record is one invocation.
type Record struct {
	// Correlation is what it is known as, Event the kind of event, What it was about:
	// a directive, an operation, a method and a path.
	Correlation, Event, What string
	// Began is when it began, Took how long it was.
	Began time.Time
	Took  time.Duration
	// Outcome is "done" or the name of the failure, Message what the caller was
	// told of that.
	Outcome, Message string
	// Failed says that LEE could not do its part.
	Failed bool
	// Trace is what it did.
	Trace *gateway.Trace
}

// Journal is the last invocations. Make one with New. It is safe for concurrent
// use.
type Journal struct {
	mu     sync.Mutex
	last   ring
	failed ring
	// all and failures count, events and outcomes by name.
	all, failures    uint64
	events, outcomes map[string]uint64
	took             [timed]time.Duration
}

// New returns an empty journal.
func New() *Journal {
	return &Journal{events: map[string]uint64{}, outcomes: map[string]uint64{}}
}

// ring holds the last records, the next to be replaced at next.
type ring struct {
	records [kept]Record
	next    int
}

func (r *ring) add(one Record) {
	r.records[r.next%kept] = one
	r.next++
}

// latest returns the records, the latest first.
func (r *ring) latest() []Record {
	list := make([]Record, 0, kept)
	for n := r.next - 1; n >= 0 && n >= r.next-kept; n-- {
		list = append(list, r.records[n%kept])
	}
	return list
}

// Add adds an invocation.
func (j *Journal) Add(r Record) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.took[j.all%timed] = r.Took
	j.all++
	j.events[r.Event]++
	j.outcomes[r.Outcome]++
	j.last.add(r)
	if r.Outcome != Done {
		j.failed.add(r)
	}
	if r.Failed {
		j.failures++
	}
}

// Done is the outcome of what went well.
const Done = "done"

// Last returns the last invocations, the latest first.
func (j *Journal) Last() []Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last.latest()
}

// Failed returns the last invocations whose outcome was another than Done, the
// latest first. Not all of them are LEE's failures.
func (j *Journal) Failed() []Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.failed.latest()
}

// Find returns an invocation by what it is known as.
func (j *Journal) Find(correlation string) (Record, bool) {
	for _, list := range [][]Record{j.Last(), j.Failed()} {
		if i := slices.IndexFunc(list, func(r Record) bool { return r.Correlation == correlation }); i >= 0 {
			return list[i], true
		}
	}
	return Record{}, false
}

// Summary is all invocations since the process started.
type Summary struct {
	// Invocations are all of them, Failures those in which LEE could not do its part.
	Invocations, Failures uint64
	// Events and Outcomes count them by name.
	Events, Outcomes map[string]uint64
	// P50, P95 and P99 are how long the quickest so many percent of the last 256
	// took; 0 before the first.
	P50, P95, P99 time.Duration
}

// Summary returns what has been counted so far.
func (j *Journal) Summary() Summary {
	j.mu.Lock()
	defer j.mu.Unlock()
	s := Summary{Invocations: j.all, Failures: j.failures, Events: map[string]uint64{}, Outcomes: map[string]uint64{}}
	for name, n := range j.events {
		s.Events[name] = n
	}
	for name, n := range j.outcomes {
		s.Outcomes[name] = n
	}
	times := slices.Clone(j.took[:min(j.all, timed)])
	slices.Sort(times)
	s.P50, s.P95, s.P99 = percentile(times, 50), percentile(times, 95), percentile(times, 99)
	return s
}

// percentile returns the smallest of the sorted times that p percent of them do
// not exceed.
func percentile(times []time.Duration, p int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	return times[max((len(times)*p+99)/100-1, 0)]
}
