package journal

import (
	"time"

	"github.com/lambda-execution-engine/lee/app/gateway"
)

// Trace is a record as operators are told of it, what it did included. Times are
// in milliseconds; `lee trace` draws it.
type Trace struct {
	Correlation string    `json:"correlation"`
	Event       string    `json:"event"`
	What        string    `json:"what,omitempty"`
	Began       time.Time `json:"began"`
	Took        float64   `json:"took"`
	Outcome     string    `json:"outcome"`
	Message     string    `json:"message,omitempty"`
	// Missed is how many crumbs there were before those that were kept.
	Missed int     `json:"missed,omitempty"`
	Crumbs []Crumb `json:"crumbs"`
}

// Crumb is one crossing or one part of an invocation.
type Crumb struct {
	Number int `json:"number"`
	// Within is the number of the crumb that it lies within, nil for none.
	Within  *int   `json:"within,omitempty"`
	Name    string `json:"name"`
	Outcome string `json:"outcome"`
	// Start counts from the trace's beginning; both times are nil for what was not
	// timed: it took the short way, or came from the cache.
	Start    *float64 `json:"start,omitempty"`
	Took     *float64 `json:"took,omitempty"`
	Attempts int      `json:"attempts"`
	Cached   bool     `json:"cached,omitempty"`
}

// Tell returns a record as operators are told of it.
func Tell(r Record) Trace {
	t := Trace{
		Correlation: r.Correlation, Event: r.Event, What: r.What, Began: r.Began.UTC(), Took: Milliseconds(r.Took),
		Outcome: r.Outcome, Message: r.Message, Crumbs: []Crumb{},
	}
	crumbs, missed := r.Trace.Crumbs()
	t.Missed = missed
	for _, c := range crumbs {
		t.Crumbs = append(t.Crumbs, tellCrumb(c))
	}
	return t
}

func tellCrumb(c gateway.Crumb) Crumb {
	told := Crumb{Number: c.Number, Name: c.Name, Outcome: c.Outcome(), Attempts: c.Attempts, Cached: c.Cached}
	if c.Parent >= 0 {
		told.Within = &c.Parent
	}
	if c.Timed {
		start, took := Milliseconds(c.Start), Milliseconds(c.Took)
		told.Start, told.Took = &start, &took
	}
	return told
}

// Milliseconds returns a duration as operators are told of it: in milliseconds,
// to the microsecond.
func Milliseconds(d time.Duration) float64 {
	return float64(d.Round(time.Microsecond)) / float64(time.Millisecond)
}
