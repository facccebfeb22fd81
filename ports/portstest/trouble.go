package portstest

import (
	"context"
	"slices"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// Op is what a home was asked for.
type Op string

// The operations of ports.Home and ports.House.
const (
	OpState  Op = "state"
	OpStates Op = "states"
	OpCall   Op = "call"
	OpConfig Op = "config"
)

// Entry is one line of a home's journal: what it was asked for and when.
type Entry struct {
	At time.Time
	Op Op
	// ID is the entity of a state, Call the call of a call.
	ID   home.EntityID
	Call home.ServiceCall
}

// Journal returns what the home has been asked for so far, whatever became of
// it.
func (h *MemoryHome) Journal() []Entry {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]Entry(nil), h.journal...)
}

// Count returns how often the home has been asked for op.
func (h *MemoryHome) Count(op Op) int {
	n := 0
	for _, entry := range h.Journal() {
		if entry.Op == op {
			n++
		}
	}
	return n
}

// Never is a time that does not come.
const Never time.Duration = 1<<63 - 1

// Trouble is what becomes of one request instead of the usual.
type Trouble struct {
	// Op is the operation whose next request it befalls; "" for any.
	Op Op
	// Before is how long it takes until the home has the request. With Never it
	// never gets it.
	Before time.Duration
	// After is how long it takes from then until the reply or Err comes. With
	// Never nothing comes: the request ends with its context.
	After time.Duration
	// Err is what comes instead of a reply; nil for the reply.
	Err error
	// Undone says that the home does not do what it is told.
	Undone bool
}

// Befall puts trouble in wait for requests to come, each for one.
func (h *MemoryHome) Befall(troubles ...Trouble) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.troubles = append(h.troubles, troubles...)
}

// Hang makes the home take the next request and never answer it; taken says whether it
// has.
func (h *MemoryHome) Hang() (taken func() bool) {
	before := len(h.Journal())
	h.Befall(Trouble{After: Never, Undone: true})
	return func() bool { return len(h.Journal()) > before }
}

// SetAway makes the home unreachable, or reachable again.
func (h *MemoryHome) SetAway(away bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.away = away
}

// enter takes a request, does what it asks for (nothing when do is nil) and waits
// as long as it takes. Its error is what became of the request.
func (h *MemoryHome) enter(ctx context.Context, entry Entry, do func()) error {
	ports.Requested(ctx)
	command := slices.Contains([]Op{OpCall, OpConverse, OpNegotiate, OpEnd}, entry.Op)
	trouble, err := h.note(entry)
	if err != nil {
		return err
	}
	if !wait(ctx, trouble.Before) {
		return fault.Wrap(fault.Deadline, "The home did not answer in time.", ctx.Err())
	}
	if do != nil && !trouble.Undone {
		h.mu.Lock()
		do()
		h.mu.Unlock()
	}
	switch {
	case !wait(ctx, trouble.After) && command:
		return &fault.Error{Kind: fault.Unanswered, Text: "The home did not answer.", Cause: ctx.Err(), Sent: true}
	case ctx.Err() != nil:
		return fault.Wrap(fault.Deadline, "The home did not answer in time.", ctx.Err())
	}
	return trouble.Err
}

// note writes the request down and returns the trouble that waits for it.
func (h *MemoryHome) note(entry Entry) (Trouble, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	entry.At = time.Now()
	h.journal = append(h.journal, entry)
	if h.away {
		return Trouble{}, fault.New(fault.Unreachable, "The home cannot be reached.")
	}
	for i, trouble := range h.troubles {
		if trouble.Op == "" || trouble.Op == entry.Op {
			h.troubles = append(h.troubles[:i:i], h.troubles[i+1:]...)
			return trouble, nil
		}
	}
	return Trouble{}, nil
}

// wait waits for d; it returns false when the context ended first.
func wait(ctx context.Context, d time.Duration) bool {
	if ctx.Err() != nil {
		return false
	}
	if d == 0 {
		return true
	}
	if d == Never {
		<-ctx.Done()
		return false
	}
	return ports.Sleep(ctx, d)
}
