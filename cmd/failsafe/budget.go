package main

import (
	"context"
	"time"
)

const (
	// alexas is how long Alexa waits for an answer
	// (https://developer.amazon.com/docs/alexa/device-apis/alexa-response.html).
	alexas = 8 * time.Second
	// longest is how long an answer may take.
	longest = 7 * time.Second
	// margin is kept of Lambda's own deadline, to write the answer in.
	margin = 300 * time.Millisecond
	// follows is how soon after the start an event must come to have been waiting for it:
	// Lambda also starts processes ahead of any event.
	follows = 250 * time.Millisecond
)

// wait is what a process knows of how long its first event has been waiting. Lambda does
// not say when an event came, and its deadline counts from when a process takes it.
type wait struct {
	// began is when the start of LEE began in which the failsafe was taken: that of an
	// engine that hung, where it was one.
	began time.Time
	// ready is when the process was ready for events.
	ready time.Time
}

// deadline returns when the answer to an event must be made that came at now.
func (f *function) deadline(ctx context.Context, now time.Time) time.Time {
	var spent time.Duration
	if w := f.wait; w != nil && now.Sub(w.ready) <= follows {
		spent = max(now.Sub(w.began), 0)
	}
	f.wait = nil
	end := now.Add(max(longest-spent, longest/4))
	if deadline, ok := ctx.Deadline(); ok && deadline.Add(-margin).Before(end) {
		end = deadline.Add(-margin)
	}
	return end
}
