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
	// inner counts, and lets one call through when it is half open. It is half
	// open as soon as it is asked after it opened: how long that takes is for the
	// wall clock to say, so nobody asks it before.
	inner *gobreaker.TwoStepCircuitBreaker[struct{}]
	state ports.BreakerState
	// opened is when it opened last, by the wall clock.
	opened time.Time
}

var _ ports.Breaker = (*Breaker)(nil)

// New returns a closed breaker.
func New(settings Settings, clock ports.Clock) *Breaker {
	b := &Breaker{settings: settings, clock: clock}
	b.inner = gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Timeout:       1, // a nanosecond; 0 would be a minute
		ReadyToTrip:   func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= settings.Failures },
		OnStateChange: b.innerChanged,
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
	before := b.state
	if b.state == ports.BreakerOpen {
		if !b.elapsed() {
			return ports.Ticket{}, refusal(gobreaker.ErrOpenState)
		}
		b.state = ports.BreakerHalfOpen
	}
	done, err := b.inner.Allow()
	if err != nil {
		return ports.Ticket{}, refusal(err)
	}
	return ports.Ticket{Report: func(outage bool) { report(done, outage) }, Turn: ports.Turn{From: before, To: b.state}}, nil
}

// Done implements ports.Breaker.
func (b *Breaker) Done(t ports.Ticket, outage bool) ports.Turn {
	if t.Report == nil && !outage {
		return ports.Turn{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.state
	switch {
	case t.Report != nil:
		t.Report(outage)
	case b.state == ports.BreakerClosed:
		// The call was let through while all was calm: it is counted now. An open
		// breaker has no use for what is left of before it opened.
		if done, err := b.inner.Allow(); err == nil {
			report(done, outage)
		}
	}
	b.calm.Store(b.state == ports.BreakerClosed && b.inner.Counts().ConsecutiveFailures == 0)
	return ports.Turn{From: before, To: b.state}
}

// State implements ports.Breaker.
func (b *Breaker) State() ports.BreakerState {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state == ports.BreakerOpen && b.elapsed() {
		return ports.BreakerHalfOpen
	}
	return b.state
}

// elapsed says whether it has been open for long enough. A clock that was put
// back says so too: nobody knows how long it would take to catch up.
func (b *Breaker) elapsed() bool {
	since := b.clock.Now().Sub(b.opened)
	return since < 0 || since >= b.settings.Open
}

// innerChanged hears of inner's changes of state, with the lock held. That it is
// half open is said when a call is let through, not as soon as it could be.
func (b *Breaker) innerChanged(_ string, _, to gobreaker.State) {
	switch to {
	case gobreaker.StateOpen:
		b.opened = b.clock.Now()
		b.state = ports.BreakerOpen
	case gobreaker.StateClosed:
		b.state = ports.BreakerClosed
	case gobreaker.StateHalfOpen:
	}
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
