package portstest

import (
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// BreakerSetup is what a breaker under test is made with.
type BreakerSetup struct {
	// Failures is how many outages in a row open it: at least 2.
	Failures int
	// Open is how long it stays open.
	Open time.Duration
	// Clock is the clock that it goes by.
	Clock ports.Clock
}

// Breaker is the contract of ports.Breaker. open returns a closed breaker that
// is made as setup says.
func Breaker(t *testing.T, open func(t *testing.T, setup BreakerSetup) ports.Breaker) {
	for name, test := range map[string]func(*breakerTest, *testing.T){
		"closed at first":                  (*breakerTest).closedAtFirst,
		"opens at so many in a row":        (*breakerTest).opens,
		"a success begins the count again": (*breakerTest).forgives,
		"only an outage counts":            (*breakerTest).ignoresOthers,
		"the zero ticket counts":           (*breakerTest).zeroTicket,
		"half-open lets one through":       (*breakerTest).probes,
		"closes when that one is well":     (*breakerTest).closes,
		"opens when that one is not":       (*breakerTest).opensAgain,
		"late news of before is no news":   (*breakerTest).lateNews,
		"a clock put back":                 (*breakerTest).clockBack,
		"each turn is told once":           (*breakerTest).turns,
		"many at once":                     (*breakerTest).manyAtOnce,
	} {
		t.Run(name, func(t *testing.T) {
			clock := NewClock()
			b := &breakerTest{BreakerSetup: BreakerSetup{3, 20 * time.Second, clock}, clock: clock}
			b.Breaker = open(t, b.BreakerSetup)
			test(b, t)
		})
	}
}

// breakerTest is a breaker under test and what it was made with.
type breakerTest struct {
	BreakerSetup
	ports.Breaker
	clock *Clock
}

// ask makes one call that is an outage or is not.
func (b *breakerTest) ask(t *testing.T, outage bool) {
	t.Helper()
	ticket, err := b.Allow()
	if err != nil {
		t.Fatalf("Allow: %v", err)
	}
	b.Done(ticket, outage)
}

// trip opens the breaker.
func (b *breakerTest) trip(t *testing.T) {
	t.Helper()
	for range b.Failures {
		b.ask(t, true)
	}
	b.is(t, ports.BreakerOpen)
}

func (b *breakerTest) is(t *testing.T, want ports.BreakerState) {
	t.Helper()
	if got := b.State(); got != want {
		t.Fatalf("the breaker is %v, want %v", got, want)
	}
}

// refuses wants Allow to fail at once with fault.Open, and a text for people.
func (b *breakerTest) refuses(t *testing.T) {
	t.Helper()
	_, err := b.Allow()
	if err == nil {
		t.Fatal("Allow gave leave, want a fault.Open")
	}
	if fault.Of(err) != fault.Open || fault.Text(err) == "" {
		t.Fatalf("Allow: %v, want a fault.Open with a text", err)
	}
}

func (b *breakerTest) closedAtFirst(t *testing.T) {
	b.is(t, ports.BreakerClosed)
	for range 3 * b.Failures {
		b.ask(t, false)
	}
	b.is(t, ports.BreakerClosed)
}

func (b *breakerTest) opens(t *testing.T) {
	for range b.Failures - 1 {
		b.ask(t, true)
		b.is(t, ports.BreakerClosed)
	}
	b.ask(t, true)
	b.is(t, ports.BreakerOpen)
	b.refuses(t)
	b.clock.Advance(b.Open - time.Millisecond)
	b.is(t, ports.BreakerOpen)
	b.refuses(t)
}

func (b *breakerTest) forgives(t *testing.T) {
	for range 3 {
		for range b.Failures - 1 {
			b.ask(t, true)
		}
		b.ask(t, false)
	}
	b.is(t, ports.BreakerClosed)
}

func (b *breakerTest) ignoresOthers(t *testing.T) {
	for range 3 * b.Failures {
		b.ask(t, false)
	}
	b.is(t, ports.BreakerClosed)
	b.trip(t)
	b.Done(ports.Ticket{}, false)
	b.is(t, ports.BreakerOpen)
	b.refuses(t)
}

func (b *breakerTest) zeroTicket(t *testing.T) {
	for range b.Failures {
		b.Done(ports.Ticket{}, true)
	}
	b.is(t, ports.BreakerOpen)
	b.refuses(t)
}

func (b *breakerTest) probes(t *testing.T) {
	b.trip(t)
	b.clock.Advance(b.Open)
	b.is(t, ports.BreakerHalfOpen)
	ticket, err := b.Allow()
	if err != nil {
		t.Fatalf("Allow when half open: %v", err)
	}
	b.is(t, ports.BreakerHalfOpen)
	b.refuses(t)
	b.Done(ticket, false)
}

func (b *breakerTest) closes(t *testing.T) {
	b.trip(t)
	b.clock.Advance(24 * time.Hour) // frozen for a day
	b.ask(t, false)
	b.is(t, ports.BreakerClosed)
	for range b.Failures - 1 {
		b.ask(t, true)
	}
	b.is(t, ports.BreakerClosed)
}

func (b *breakerTest) opensAgain(t *testing.T) {
	b.trip(t)
	b.clock.Advance(b.Open)
	b.ask(t, true)
	b.is(t, ports.BreakerOpen)
	b.clock.Advance(b.Open - time.Millisecond)
	b.refuses(t)
	b.clock.Advance(time.Millisecond)
	b.is(t, ports.BreakerHalfOpen)
	b.ask(t, false)
	b.is(t, ports.BreakerClosed)
}

// lateNews is of calls that were let through before the breaker opened and that
// end when it has, or after it has closed again.
func (b *breakerTest) lateNews(t *testing.T) {
	b.ask(t, true)
	early, err := b.Allow()
	if err != nil {
		t.Fatalf("Allow: %v", err)
	}
	for range b.Failures - 1 {
		b.ask(t, true)
	}
	b.Done(early, false)
	b.is(t, ports.BreakerOpen)
	b.refuses(t)
}

func (b *breakerTest) clockBack(t *testing.T) {
	b.trip(t)
	b.clock.Advance(-time.Hour)
	b.clock.Advance(b.Open)
	b.is(t, ports.BreakerHalfOpen)
	b.ask(t, false)
	b.is(t, ports.BreakerClosed)
}

// turns is of all changes of state: each is told by the call that brought it about, and
// by no other.
func (b *breakerTest) turns(t *testing.T) {
	const closed, half, open = ports.BreakerClosed, ports.BreakerHalfOpen, ports.BreakerOpen
	for i, c := range []struct {
		outage           bool
		after            time.Duration // how long after the call before
		allowed, finally ports.Turn
	}{
		{true, 0, ports.Turn{}, ports.Turn{From: closed, To: closed}},
		{true, 0, ports.Turn{}, ports.Turn{From: closed, To: closed}},
		{true, 0, ports.Turn{}, ports.Turn{From: closed, To: open}},
		{true, b.Open, ports.Turn{From: open, To: half}, ports.Turn{From: half, To: open}},
		{false, b.Open, ports.Turn{From: open, To: half}, ports.Turn{From: half, To: closed}},
		{false, 0, ports.Turn{}, ports.Turn{From: closed, To: closed}},
	} {
		b.clock.Advance(c.after)
		_ = b.State() // looking changes nothing
		ticket, err := b.Allow()
		if err != nil {
			t.Fatalf("call %d: %v", i, err)
		}
		if done := b.Done(ticket, c.outage); ticket.Turn != c.allowed || done != c.finally {
			t.Errorf("call %d tells %v and %v, want %v and %v", i, ticket.Turn, done, c.allowed, c.finally)
		}
	}
}

func (b *breakerTest) manyAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 200 {
				if ticket, err := b.Allow(); err == nil {
					b.Done(ticket, (i+worker)%2 == 0)
				}
				if i%50 == 0 {
					b.clock.Advance(b.Open / 2)
				}
				_ = b.State()
			}
		})
	}
	all.Wait()
	b.clock.Advance(b.Open)
	b.ask(t, false) // it has not lost its way
	b.is(t, ports.BreakerClosed)
	b.trip(t)
}
