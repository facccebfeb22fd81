// Package breaker is the circuit breaker: sony/gobreaker behind the port, with
// two things added. While nothing is wrong a call costs one atomic read and no
// allocation. And the wall clock ends the open state, because Lambda freezes the
// process between invocations and the clock that gobreaker uses stands still
// meanwhile.
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
	// Name is that of the endpoint and class of operation, for logs.
	Name string
	// Failures is how many outages in a row open it.
	Failures uint32
	// Open is how long it stays open before it lets one call through to see.
	Open time.Duration
	// Changed is told of every change of state; it may be nil. It must not call
	// the breaker.
	Changed func(name string, from, to ports.BreakerState)
}

// Breaker is a circuit breaker. Make one with New.
type Breaker struct {
	settings Settings
	clock    ports.Clock
	// calm is true while the breaker is closed and no failure is being counted:
	// then there is nothing to ask and nothing to tell.
	calm atomic.Bool

	mu sync.Mutex
	// inner counts; it is replaced when the wall clock ends the open state.
	inner *gobreaker.TwoStepCircuitBreaker[struct{}]
	// probation makes a replaced inner one open again at its first failure.
	probation bool
	// opened is when it opened, by the wall clock.
	opened time.Time
}

var _ ports.Breaker = (*Breaker)(nil)

// New returns a closed breaker.
func New(settings Settings, clock ports.Clock) *Breaker {
	b := &Breaker{settings: settings, clock: clock}
	b.inner = b.fresh()
	b.calm.Store(true)
	return b
}

var errOutage = errors.New("outage")

func (b *Breaker) fresh() *gobreaker.TwoStepCircuitBreaker[struct{}] {
	return gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Name:    b.settings.Name,
		Timeout: b.settings.Open,
		ReadyToTrip: func(counts gobreaker.Counts) bool {
			return b.probation || counts.ConsecutiveFailures >= b.settings.Failures
		},
		OnStateChange: func(_ string, from, to gobreaker.State) {
			if to == gobreaker.StateOpen {
				b.opened = b.clock.Now()
			}
			b.changed(state(from), state(to))
		},
	})
}

func (b *Breaker) changed(from, to ports.BreakerState) {
	if b.settings.Changed != nil {
		b.settings.Changed(b.settings.Name, from, to)
	}
}

// Allow implements ports.Breaker.
func (b *Breaker) Allow() (ports.Ticket, error) {
	if b.calm.Load() {
		return ports.Ticket{}, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.thaw()
	done, err := b.inner.Allow()
	if err != nil {
		return ports.Ticket{}, fault.Wrap(fault.Open, "The home has not answered lately and is left alone for a moment.", err)
	}
	return ports.Ticket{Report: func(outage bool) {
		if outage {
			done(errOutage)
		} else {
			done(nil)
		}
	}}, nil
}

// thaw ends an open state whose time is up by the wall clock.
func (b *Breaker) thaw() {
	if b.inner.State() == gobreaker.StateOpen && b.clock.Now().Sub(b.opened) >= b.settings.Open {
		b.changed(ports.BreakerOpen, ports.BreakerHalfOpen)
		b.inner, b.probation = b.fresh(), true
	}
}

// Done implements ports.Breaker.
func (b *Breaker) Done(t ports.Ticket, outage bool) {
	if t.Report == nil && !outage {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if t.Report == nil {
		// The call was let through while all was calm: count it now.
		if done, err := b.inner.Allow(); err == nil {
			done(errOutage)
		}
	} else {
		t.Report(outage)
	}
	b.probation = b.probation && outage
	b.calm.Store(b.inner.State() == gobreaker.StateClosed && b.inner.Counts().ConsecutiveFailures == 0)
}

// State implements ports.Breaker.
func (b *Breaker) State() ports.BreakerState {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch s := state(b.inner.State()); {
	case s == ports.BreakerOpen && b.clock.Now().Sub(b.opened) >= b.settings.Open, s == ports.BreakerClosed && b.probation:
		return ports.BreakerHalfOpen
	default:
		return s
	}
}

func state(s gobreaker.State) ports.BreakerState {
	switch s {
	case gobreaker.StateClosed:
		return ports.BreakerClosed
	case gobreaker.StateHalfOpen:
		return ports.BreakerHalfOpen
	default:
		return ports.BreakerOpen
	}
}
