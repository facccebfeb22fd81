package control

import (
	"context"
	"time"
)

// Patience says how long a command's effect is waited for. Times count from
// when the command was sent.
type Patience struct {
	// Soft is how long a device that reports late is waited for, and how long a
	// reply is waited for before the state is watched beside it.
	Soft time.Duration
	// Pauses are the pauses between looks at the state, the last one repeated.
	Pauses []time.Duration
	// Margin is what is left of the deadline for making the answer.
	Margin time.Duration
}

// DefaultPatience is what people do not notice: Alexa waits eight seconds, and
// a person wonders after two.
func DefaultPatience() Patience {
	return Patience{
		Soft:   1500 * time.Millisecond,
		Pauses: []time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond},
		Margin: 150 * time.Millisecond,
	}
}

// before returns a context that ends a margin before ctx does.
func (p Patience) before(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, deadline.Add(-p.Margin))
}

// pause returns how long to wait before the nth look, counted from 0.
func (p Patience) pause(n int) time.Duration {
	if len(p.Pauses) == 0 {
		return p.Soft
	}
	return p.Pauses[min(n, len(p.Pauses)-1)]
}
