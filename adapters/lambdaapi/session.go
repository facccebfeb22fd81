package lambdaapi

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// state is where a runtime stands in the order of calls that the API demands:
// it starts, polls, runs, answers and polls again.
type state string

const (
	stateStarted    state = "Started"
	stateReady      state = "Ready"
	stateRunning    state = "Running"
	stateResponding state = "Responding"
	stateResponded  state = "Responded"
	stateInitError  state = "InitError"
)

var (
	// errGone: the session's process ended.
	errGone = errors.New("lambdaapi: the runtime is gone")

	// errUnknownRequest: an answer for an id that is not the current one.
	errUnknownRequest = errors.New("lambdaapi: not the id of the current request")
)

// outOfOrderError is a call that the runtime may not make in its present state.
type outOfOrderError struct{ from, to state }

func (e outOfOrderError) Error() string {
	return fmt.Sprintf("State transition from %s to %s is not allowed", e.from, e.to)
}

// invocation is one event on its way through the runtime.
type invocation struct {
	id       string
	event    []byte
	deadline time.Time
	arn      string
	traceID  string

	complete chan struct{} // closed when answered and polled again

	// Guarded by the session's lock.
	handed   time.Time // zero until the runtime took the event
	answered time.Time // zero until the runtime answered
	payload  []byte
	failure  *FunctionError // nil when the function succeeded
}

// session is the life of one runtime process at the API. Every process gets a
// session of its own, so that a late call of one that was killed cannot take an
// event meant for its successor.
type session struct {
	offers  chan *invocation
	polled  chan struct{}   // closed at the first poll
	refused chan struct{}   // closed at an init error
	gone    <-chan struct{} // closed when the process has ended

	mu          sync.Mutex
	state       state
	current     *invocation // of the states Running, Responding and Responded
	firstPoll   time.Time
	initFailure *FunctionError
}

func newSession(gone <-chan struct{}) *session {
	return &session{
		offers:  make(chan *invocation),
		polled:  make(chan struct{}),
		refused: make(chan struct{}),
		gone:    gone,
		state:   stateStarted,
	}
}

// awaitReady returns when the runtime has polled for the first time: nil, or why
// it never will: a [FunctionError] for its own init error, errGone or the context's error.
func (s *session) awaitReady(ctx context.Context) error {
	select {
	case <-s.polled:
		return nil
	case <-s.refused:
		return s.initFailure
	case <-s.gone:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-s.refused: // reported, and exited before anyone looked
		return s.initFailure
	default:
		return errGone
	}
}

// invoke offers the event to the runtime and returns when the invocation is
// over: nil when it is complete, errGone or the context's error when not.
func (s *session) invoke(ctx context.Context, inv *invocation) error {
	select {
	case s.offers <- inv:
	case <-s.gone:
		return errGone
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-inv.complete:
		return nil
	case <-s.gone:
		return errGone
	case <-ctx.Done():
		return ctx.Err()
	}
}

// outcome is the answer and the time from hand-over to it, or till now when
// there is none yet; answered tells which. The failure is the function's own.
func (s *session) outcome(inv *invocation) (payload []byte, failure *FunctionError, took time.Duration, answered bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case inv.handed.IsZero():
		return nil, nil, 0, false
	case inv.answered.IsZero():
		return nil, nil, time.Since(inv.handed), false
	}
	return inv.payload, inv.failure, inv.answered.Sub(inv.handed), true
}

// next blocks until there is an event for the runtime. A runtime that asks again
// before it answered gets the same event again, as on Lambda.
func (s *session) next(ctx context.Context) (*invocation, error) {
	inv, err := s.poll()
	if inv != nil || err != nil {
		return inv, err
	}
	select {
	case inv := <-s.offers:
		s.mu.Lock()
		defer s.mu.Unlock()
		s.state, s.current, inv.handed = stateRunning, inv, time.Now()
		return inv, nil
	case <-s.gone:
		return nil, errGone
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// poll makes the runtime ready, which completes what it answered before; it
// returns the event that the runtime already has, if any.
func (s *session) poll() (*invocation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch s.state {
	case stateStarted:
		s.firstPoll = time.Now()
		close(s.polled)
	case stateResponded:
		close(s.current.complete)
		s.current = nil
	case stateReady:
	case stateRunning:
		return s.current, nil
	default:
		return nil, outOfOrderError{s.state, stateReady}
	}
	s.state = stateReady
	return nil, nil
}

// begin claims the answer of the invocation with this id: exactly one caller
// gets it, and must end it with finish.
func (s *session) begin(id string) (*invocation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil || s.current.id != id {
		return nil, errUnknownRequest
	}
	if s.state != stateRunning {
		return nil, outOfOrderError{s.state, stateResponding}
	}
	s.state = stateResponding
	return s.current, nil
}

// finish records the answer of an invocation that begin returned.
func (s *session) finish(inv *invocation, payload []byte, failure *FunctionError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	inv.payload, inv.failure, inv.answered = payload, failure, time.Now()
	s.state = stateResponded
}

// refuse records that the runtime could not initialise.
func (s *session) refuse(failure *FunctionError) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != stateStarted {
		return outOfOrderError{s.state, stateInitError}
	}
	s.state, s.initFailure = stateInitError, failure
	close(s.refused)
	return nil
}

// initDuration is the time from begun to the first poll, zero when there was none.
func (s *session) initDuration(begun time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.firstPoll.IsZero() {
		return 0
	}
	return s.firstPoll.Sub(begun)
}
