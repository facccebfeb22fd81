// Package breaker is the circuit breaker: sony/gobreaker behind the port, with
// two things added. While nothing is wrong a call costs one atomic read and no
// allocation. And the wall clock says how long the breaker stays open, because
// Lambda freezes the process between invocations and the clock that gobreaker
// uses stands still meanwhile.
package breaker

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Settings say when a breaker opens and for how long.
type Settings struct {
	// Failures is how many outages in a row open it.
	Failures uint32
	// Open is how long it stays open before it lets one call through to see.
	Open time.Duration
}

// Breaker is a circuit breaker. Make one with New.
type Breaker struct {
	settings Settings
	clock    ports.Clock
	// calm is true while the breaker is closed and no failure is being counted:
	// then there is nothing to ask and nothing to tell.
	calm atomic.Bool

	mu sync.Mutex
	// inner counts, and lets one call through when it is half open, which it is as soon
	// as it is asked after it opened. So nobody asks it before the wall clock says so.
	inner *gobreaker.TwoStepCircuitBreaker[struct{}]
	// opened is when it opened last, by the wall clock; zero while it is closed.
	opened time.Time
}

var _ ports.Breaker = (*Breaker)(nil)

// New returns a closed breaker.
func New(settings Settings, clock ports.Clock) *Breaker {
	b := &Breaker{settings: settings, clock: clock}
	b.inner = gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Timeout:     1, // a nanosecond; 0 would be a minute
		ReadyToTrip: func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= settings.Failures },
		OnStateChange: func(_ string, _, to gobreaker.State) { // mu is held
			switch to {
			case gobreaker.StateOpen:
				b.opened = clock.Now()
			case gobreaker.StateClosed:
				b.opened = time.Time{}
			case gobreaker.StateHalfOpen: // the wall clock says when
			}
		},
	})
	b.calm.Store(true)
	return b
}

// Allow implements ports.Breaker.
func (b *Breaker) Allow() (ports.Ticket, error) {
	if b.calm.Load() {
		return ports.Ticket{}, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	state := b.state()
	if state == ports.BreakerOpen {
		return ports.Ticket{}, refusal(gobreaker.ErrOpenState)
	}
	done, err := b.inner.Allow()
	if err != nil {
		return ports.Ticket{}, refusal(err)
	}
	ticket := ports.Ticket{Report: func(outage bool) { report(done, outage) }}
	if state == ports.BreakerHalfOpen {
		ticket.Turn = ports.Turn{From: ports.BreakerOpen, To: state}
	}
	return ticket, nil
}

// Done implements ports.Breaker.
func (b *Breaker) Done(t ports.Ticket, outage bool) ports.Turn {
	if t.Report == nil && !outage {
		return ports.Turn{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	before, opened := b.state(), b.opened
	switch {
	case t.Report != nil:
		t.Report(outage)
	case before == ports.BreakerClosed:
		// The call was let through while all was calm: it is counted now. An open
		// breaker has no use for what is left of before it opened.
		if done, err := b.inner.Allow(); err == nil {
			report(done, outage)
		}
	}
	b.calm.Store(b.opened.IsZero() && b.inner.Counts().ConsecutiveFailures == 0)
	if b.opened.Equal(opened) {
		return ports.Turn{}
	}
	return ports.Turn{From: before, To: b.state()}
}

// State implements ports.Breaker.
func (b *Breaker) State() ports.BreakerState {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state()
}

// state is State with mu held. A clock that was put back counts as long enough: nobody
// knows how long it would take to catch up.
func (b *Breaker) state() ports.BreakerState {
	if b.opened.IsZero() {
		return ports.BreakerClosed
	}
	if since := b.clock.Now().Sub(b.opened); since >= 0 && since < b.settings.Open {
		return ports.BreakerOpen
	}
	return ports.BreakerHalfOpen
}

var errOutage = errors.New("outage")

// report tells inner how a call went.
func report(done func(error), outage bool) {
	if outage {
		done(errOutage)
	} else {
		done(nil)
	}
}

func refusal(cause error) error {
	return fault.Wrap(fault.Open, "The home has not answered lately and is left alone for a moment.", cause)
}
