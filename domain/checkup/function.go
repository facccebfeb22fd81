package checkup

import (
	"cmp"
	"time"
)

// Call is a function that was asked for a check-up, and how that went.
type Call struct {
	// Function is its name or ARN, Region where it is.
	Function, Region string
	Outcome          Outcome
	// Took is how long it took, Problem why there is no report where there is none.
	Took    time.Duration
	Problem string
}

// Outcome is how asking a function went.
type Outcome uint8

// The outcomes.
const (
	Answered  Outcome = iota
	Unasked           // nobody knows as whom to ask, or where
	NoSuch            // there is no such function
	NotYours          // AWS does not let one ask
	Away              // AWS does not answer, or cannot run it
	Collapsed         // it failed
	Failsafe          // the failsafe answered
	Ignorant          // it does not know of check-ups
)

// Report returns the report that the function gave, with how asking for it went.
func (c Call) Report(given Report) Report {
	id := map[Outcome]string{
		Answered: "function.fine", Unasked: "function.unasked", NoSuch: "function.unknown", NotYours: "function.forbidden", Away: "function.away",
		Collapsed: "function.failed", Failsafe: "function.failsafe", Ignorant: "function.old",
	}[c.Outcome]
	first := row(id).found("function", c.Function, "region", c.Region, "took", long(c.Took), "problem", cmp.Or(c.Problem, "it does not say why"))
	given.From = Function
	given.Findings = append([]Finding{first}, given.Findings...)
	given.Verdict = max(given.Verdict, first.Severity)
	return given
}
