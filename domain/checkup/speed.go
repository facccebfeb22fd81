package checkup

import (
	"slices"
	"strings"
	"time"
)

const (
	// mostNoticed is how long an answer of the home's may take before people notice:
	// Alexa's own part takes about a second.
	mostNoticed = time.Second
	// start is what is allowed for Lambda to start the function, most of which is
	// Lambda's own time. LEE takes a tenth of it at most.
	start = time.Second
	// tight and over bound a first command: LEE answers within seven of Alexa's
	// eight seconds.
	tight = 4 * time.Second
	over  = 7 * time.Second
)

// speed tells how long the home takes, and what that makes of the first command
// after a start: the way is opened, the command is sent, and one look is taken at
// what it did.
func (e *examination) speed(w Way) {
	if len(w.Times) == 0 || w.chosen() == nil {
		return
	}
	times := slices.Sorted(slices.Values(w.Times))
	p50, p95 := rank(times, 50), rank(times, 95)
	seen := []string{"count", counted(len(times), "answer"), "p50", long(p50), "p95", long(p95)}
	if p95 > mostNoticed {
		e.say("speed.slow", seen...)
	} else {
		e.say("speed.answers", seen...)
	}
	if len(times) > 2 && w.Reused <= len(times)/2 {
		e.say("speed.connection")
	}
	var sum time.Duration
	var parts []string
	for _, part := range []struct {
		what string
		took time.Duration
	}{
		{"Lambda's start", start},
		{"the name", w.NameTook},
		{"the connection", w.chosen().Took},
		{"the handshake", w.Certificate.Took},
		{"two answers", 2 * p95},
	} {
		if part.took > 0 {
			sum += part.took
			parts = append(parts, part.what+" "+long(part.took))
		}
	}
	id := "speed.budget"
	switch {
	case sum > over:
		id = "speed.budget.over"
	case sum > tight:
		id = "speed.budget.tight"
	}
	e.say(id, "sum", long(sum), "parts", strings.Join(parts, ", "))
}

// rank returns the percentile of sorted times by the nearest rank: of all times,
// as many per cent are not longer.
func rank(times []time.Duration, percent int) time.Duration {
	return times[(len(times)*percent+99)/100-1]
}
