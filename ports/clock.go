package ports

import (
	"context"
	"time"
)

// Clock tells the time. Lambda freezes a process between invocations: the wall
// clock goes on then and timers do not, so code that compares times across
// invocations asks a Clock and strips the monotonic reading (time.Time.Round(0)).
type Clock interface {
	Now() time.Time
}

// WallClock is the Clock of the machine, without a monotonic reading. The zero
// value is ready to use.
type WallClock struct{}

// Now returns the wall clock's time.
func (WallClock) Now() time.Time { return time.Now().Round(0) }

var _ Clock = WallClock{}

// Sleep waits for d, by a timer; it returns false when the context ended first. What
// waits across invocations must not: a frozen process has no timers.
func Sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
