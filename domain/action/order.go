package action

import (
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Order is a plan for some entities, and the terms on which it is carried out.
type Order struct {
	Plan Plan
	// Targets are the entities that the plan is for. All of them are targets of the
	// plan's calls. There are none for a call on an area, or on nothing: its reply
	// says all there is to know.
	Targets []Target
	// ReplyDecides says that the reply alone tells whether a call was carried out. The
	// states are read only after the home took the calls, and not to find out what
	// became of one that failed or got no reply.
	ReplyDecides bool
	// Patience says how long its effect is waited for.
	Patience Patience
	// Deadline is when the outcome must be known. It is compared with the times that
	// the course is told.
	Deadline time.Time
}

// Target is an entity that a plan is for.
type Target struct {
	ID home.EntityID
	// Manner says what its states mean.
	Manner Manner
	// Leaves says the same as Plan.Leaves, of this entity alone.
	Leaves bool
}

// Patience says how long the effect of a command is waited for. Times count from
// when its last call was sent.
type Patience struct {
	// Reply is how long a reply is waited for before the state is watched beside it.
	Reply time.Duration
	// Effect is how long a device that reports late is waited for; 0 takes what the
	// first look shows.
	Effect time.Duration
	// Look is how long one look at the state may take.
	Look time.Duration
	// Pauses are the pauses between looks, the last one repeated; none means Look.
	Pauses []time.Duration
	// Margin is how long before the deadline the last look begins, and how long
	// what was cancelled at the deadline may take to say that it was not sent.
	Margin time.Duration
}

// DefaultPatience is what people do not notice: a voice assistant waits for about
// eight seconds, and a person wonders after two.
func DefaultPatience() Patience {
	const soft = 1500 * time.Millisecond
	return Patience{
		Reply: soft, Effect: soft, Look: soft,
		Pauses: []time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond},
		Margin: 150 * time.Millisecond,
	}
}

// pause returns how long to wait before the nth look, counted from 0.
func (p Patience) pause(n int) time.Duration {
	if len(p.Pauses) == 0 {
		return p.Look
	}
	return p.Pauses[min(n, len(p.Pauses)-1)]
}

// Step is what to do next on a course.
type Step struct {
	// Do is the deed.
	Do Deed
	// Call is what to send, for Send.
	Call home.ServiceCall
	// Look lists the entities whose states to read, for Look.
	Look []home.EntityID
	// For is how long it may take: a look, or the wait for a reply. What is not
	// there by then is Silent.
	For time.Duration
}

// Deed is a kind of step.
type Deed uint8

// The deeds. Each is followed by one event.
const (
	// Stop: the course is over, and Result has the result. No event follows.
	Stop Deed = iota
	// Send: make the call, once, and wait for its reply. Followed by Replied or Silent.
	Send
	// Wait: wait, for the reply to a call that is under way if there is one.
	// Followed by Replied or Silent.
	Wait
	// Look: read the states. A call under way goes on. Followed by Saw.
	Look
	// Cancel: the call that is under way ends by the order's deadline. Hear what it
	// says. Followed by Replied or Silent.
	Cancel
)

// Event is what followed a step.
type Event struct {
	Kind EventKind
	// At is when it happened, by a clock that never goes back.
	At time.Time
	// States are the states that a reply brought, or that a look showed.
	States []home.State
	// Missing are the entities that the home does not know, for Saw.
	Missing []home.EntityID
	// Err is why a call failed, or why a look showed nothing; nil when it did not.
	Err error
}

// EventKind is a kind of event.
type EventKind uint8

// The kinds of event.
const (
	// Silent: nothing came in the time of the step.
	Silent EventKind = iota
	// Replied: the reply to the call came.
	Replied
	// Saw: the states were read, or could not be.
	Saw
)
