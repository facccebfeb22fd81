package assistant

import (
	"context"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// telling says what came of something, to whoever asks for it.
type telling func(*turn) (reply, error)

// errand is something that the home was asked to do and that may take longer than
// an answer.
type errand struct {
	done   chan struct{} // closed when tell is set
	tell   telling
	at     time.Time // when it began
	cancel context.CancelFunc
}

// later keeps errands that are under way, and what came of those that nobody has
// heard of yet: one a person, and not more than mostErrands. It is safe for
// concurrent use.
type later struct {
	clock ports.Clock

	mu      sync.Mutex
	errands map[string]*errand
	closed  bool
	running sync.WaitGroup
}

// mostErrands is how many people's errands are kept. Few have more than one
// account that talks to one home.
const mostErrands = 16

func newLater(clock ports.Clock) *later { return &later{clock: clock, errands: map[string]*errand{}} }

// begin begins an errand for somebody, for whom no other is kept any more. It goes
// on when ctx ends, but not for longer than the patience says.
func (l *later) begin(ctx context.Context, owner string, patience Patience, work func(context.Context) telling) *errand {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tidy(patience)
	l.drop(owner)
	e := &errand{done: make(chan struct{}), at: l.clock.Now()}
	if l.closed {
		e.tell = failed(fault.New(fault.Deadline, "LEE is ending."))
		e.cancel = func() {}
		close(e.done)
		return e
	}
	ctx, e.cancel = context.WithTimeout(context.WithoutCancel(ctx), patience.Longest)
	l.errands[owner] = e
	l.running.Go(func() {
		defer close(e.done)
		defer e.cancel()
		defer func() {
			if p := recover(); p != nil { // in a goroutine of ours it would end the process
				e.tell = failed(fault.Wrap(fault.Internal, "A part of LEE failed.", fault.Panic(p)))
			}
		}()
		e.tell = work(ctx)
	})
	return e
}

func failed(err error) telling { return func(*turn) (reply, error) { return reply{}, err } }

// tidy forgets what nobody has asked for in a while and, where there are too many,
// the oldest.
func (l *later) tidy(patience Patience) {
	now := l.clock.Now()
	for owner, e := range l.errands {
		if now.Sub(e.at) > patience.Longest+patience.Kept {
			l.drop(owner)
		}
	}
	for len(l.errands) >= mostErrands {
		var oldest string
		for owner, e := range l.errands {
			if first, ok := l.errands[oldest]; !ok || e.at.Before(first.at) {
				oldest = owner
			}
		}
		l.drop(oldest)
	}
}

// drop forgets somebody's errand. The home goes on with it.
func (l *later) drop(owner string) {
	if e := l.errands[owner]; e != nil {
		e.cancel()
		delete(l.errands, owner)
	}
}

// of returns somebody's errand, nil when there is none.
func (l *later) of(owner string) *errand {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.errands[owner]
}

func (l *later) has(owner string) bool { return l.of(owner) != nil }

// heard forgets an errand that somebody has been told of.
func (l *later) heard(owner string, e *errand) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.errands[owner] == e {
		delete(l.errands, owner)
	}
}

// close ends all errands and waits until they have.
func (l *later) close() {
	l.mu.Lock()
	l.closed = true
	for owner := range l.errands {
		l.drop(owner)
	}
	l.mu.Unlock()
	l.running.Wait()
}
