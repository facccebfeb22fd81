package breaker_test

import (
	"sync"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/breaker"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestContract(t *testing.T) {
	portstest.Breaker(t, func(_ *testing.T, setup portstest.BreakerSetup) ports.Breaker {
		return breaker.New(breaker.Settings{Failures: uint32(setup.Failures), Open: setup.Open}, setup.Clock)
	})
}

// TestOneProbeAmongMany wants exactly one of many callers let through when the
// breaker is half open.
func TestOneProbeAmongMany(t *testing.T) {
	clock := portstest.NewClock()
	b := breaker.New(breaker.Settings{Failures: 1, Open: time.Minute}, clock)
	b.Done(ports.Ticket{}, true)
	clock.Advance(time.Minute)
	var all sync.WaitGroup
	tickets := make(chan ports.Ticket, 32)
	for range cap(tickets) {
		all.Go(func() {
			if ticket, err := b.Allow(); err == nil {
				tickets <- ticket
			}
		})
	}
	all.Wait()
	if len(tickets) != 1 {
		t.Errorf("%d were let through, want 1", len(tickets))
	}
}

// passing is a clock that moves on at every reading.
type passing struct {
	*portstest.Clock
	step time.Duration
}

func (p *passing) Now() time.Time {
	defer p.Advance(p.step)
	return p.Clock.Now()
}

// TestTimeIsNoTurn: news of a call from before the breaker opened change nothing, though
// the breaker's time is up meanwhile.
func TestTimeIsNoTurn(t *testing.T) {
	clock := &passing{Clock: portstest.NewClock()}
	b := breaker.New(breaker.Settings{Failures: 2, Open: time.Minute}, clock)
	b.Done(ports.Ticket{}, true)
	late, err := b.Allow()
	if err != nil || late.Report == nil {
		t.Fatalf("got %+v, %v", late, err)
	}
	if turn := b.Done(ports.Ticket{}, true); turn.To != ports.BreakerOpen {
		t.Fatalf("it turned %+v", turn)
	}
	clock.Advance(time.Minute - 1)
	clock.step = 1
	if turn := b.Done(late, true); turn.From != turn.To {
		t.Errorf("it turned from %s to %s", turn.From, turn.To)
	}
}

// TestCalmAllocates wants the way of a call that goes well to cost no memory.
func TestCalmAllocates(t *testing.T) {
	b := breaker.New(breaker.Settings{Failures: 3, Open: time.Minute}, portstest.NewClock())
	if n := testing.AllocsPerRun(100, func() {
		ticket, _ := b.Allow()
		b.Done(ticket, false)
	}); n != 0 {
		t.Errorf("a calm call allocates %v times", n)
	}
}

func BenchmarkCalm(b *testing.B) {
	brk := breaker.New(breaker.Settings{Failures: 3, Open: time.Minute}, ports.WallClock{})
	b.ReportAllocs()
	for b.Loop() {
		ticket, _ := brk.Allow()
		brk.Done(ticket, false)
	}
}

func BenchmarkCounting(b *testing.B) {
	brk := breaker.New(breaker.Settings{Failures: 1 << 30, Open: time.Minute}, ports.WallClock{})
	brk.Done(ports.Ticket{}, true)
	b.ReportAllocs()
	for b.Loop() {
		ticket, _ := brk.Allow()
		brk.Done(ticket, true)
	}
}
