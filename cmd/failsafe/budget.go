package main

import (
	"context"
	"time"
)

const (
	// alexaPatience is how long Alexa waits for an answer
	// (https://developer.amazon.com/docs/alexa/device-apis/alexa-response.html).
	alexaPatience = 8 * time.Second
	// maxAnswerTime bounds the time for an answer.
	maxAnswerTime = 7 * time.Second
	// margin is kept of Lambda's own deadline, to write the answer in.
	margin = 300 * time.Millisecond
	// maxFollowTime is how soon after the start the first event must come to count as one
	// that was waiting. Lambda also starts processes before there is an event.
	maxFollowTime = 250 * time.Millisecond
)

// wait is what a process knows about how long its first event has been waiting. Lambda does
// not say when an event came: its deadline counts from when a process takes the event.
type wait struct {
	// began is when LEE began to start. It includes the time of an engine that hung.
	began time.Time
	// ready is when the process was ready for events.
	ready time.Time
}

// deadline returns when the answer must be made to an event that came at now.
func (f *function) deadline(ctx context.Context, now time.Time) time.Time {
	var spent time.Duration
	if w := f.wait; w != nil && now.Sub(w.ready) <= maxFollowTime {
		spent = max(now.Sub(w.began), 0)
	}
	f.wait = nil
	end := now.Add(max(maxAnswerTime-spent, maxAnswerTime/4))
	if deadline, ok := ctx.Deadline(); ok && deadline.Add(-margin).Before(end) {
		end = deadline.Add(-margin)
	}
	return end
}
