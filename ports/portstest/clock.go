package portstest

import (
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/ports"
)

// Clock is a wall clock that a test sets: it stands still until it is moved, and
// jumps as the clock of a process does that was frozen meanwhile. The zero value
// shows the zero time. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

var _ ports.Clock = (*Clock)(nil)

// NewClock returns a clock that shows some day of no importance.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)} }

// Now implements ports.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock by d, which may be negative: wall clocks are put right
// now and then.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
