package assistant

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// telling says what came of something, to the person who asks for it.
type telling func(*turn) (reply, error)

// errand is something that the home was asked to do and that may take longer than
// an answer.
type errand struct {
	owner owner
	// tell is nil until the errand is finished. The mutex of later guards it until then.
	tell   telling
	at     time.Time // when it began
	cancel context.CancelFunc
}

// owner is who may fetch what came of an errand: the Echo that asked for it. Another
// Echo of the same account has errands of its own.
type owner struct{ account, device string }

// later keeps errands that are under way, and what came of those that were not told
// yet. It is safe for concurrent use.
type later struct {
	clock ports.Clock

	mu      sync.Mutex
	errands []*errand // the oldest first
	// changed is closed, and replaced, when an errand is finished.
	changed chan struct{}
	closed  bool
	running sync.WaitGroup
}

// maxErrands is how many errands are kept in all, and maxErrandsOfEcho how many for one
// Echo. The oldest are dropped first.
const (
	maxErrands       = 16
	maxErrandsOfEcho = 3
)

func newLater(clock ports.Clock) *later { return &later{clock: clock, changed: make(chan struct{})} }

// begin begins an errand. It goes on when ctx ends, but not for longer than the patience
// says.
func (l *later) begin(ctx context.Context, who owner, patience Patience, work func(context.Context) telling) *errand {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tidy(who, patience)
	e := &errand{owner: who, at: l.clock.Now()}
	if l.closed {
		e.tell = failed(fault.New(fault.Deadline, "LEE is ending."))
		return e
	}
	ctx, e.cancel = context.WithTimeout(context.WithoutCancel(ctx), patience.Longest)
	l.errands = append(l.errands, e)
	l.running.Go(func() {
		defer e.cancel()
		var tell telling
		err := fault.Guard(func() error {
			tell = work(ctx)
			return nil
		})
		if err != nil {
			tell = failed(err)
		}
		l.finish(e, tell)
	})
	return e
}

func failed(err error) telling { return func(*turn) (reply, error) { return reply{}, err } }

// finish notes what came of an errand, and wakes those that wait for one.
func (l *later) finish(e *errand, tell telling) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.tell = tell
	close(l.changed)
	l.changed = make(chan struct{})
}

// changes returns a channel that is closed when the next errand is finished.
func (l *later) changes() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.changed
}

// tidy makes room for one more errand: it drops those that were not asked for in a while
// and, where there are too many, the oldest.
func (l *later) tidy(who owner, patience Patience) {
	now := l.clock.Now()
	l.drop(func(e *errand) bool { return now.Sub(e.at) > patience.Longest+patience.Kept })
	l.dropOldest(maxErrandsOfEcho-1, func(e *errand) bool { return e.owner == who })
	l.dropOldest(maxErrands-1, func(*errand) bool { return true })
}

// dropOldest forgets the oldest of some errands, until no more than most of them are left.
func (l *later) dropOldest(most int, of func(*errand) bool) {
	surplus := l.count(of) - most
	l.drop(func(e *errand) bool {
		if surplus <= 0 || !of(e) {
			return false
		}
		surplus--
		return true
	})
}

// drop forgets errands. The home goes on with them.
func (l *later) drop(which func(*errand) bool) {
	l.errands = slices.DeleteFunc(l.errands, func(e *errand) bool {
		if !which(e) {
			return false
		}
		e.cancel()
		return true
	})
}

func (l *later) count(of func(*errand) bool) int {
	n := 0
	for _, e := range l.errands {
		if of(e) {
			n++
		}
	}
	return n
}

// waiting returns how many errands of somebody are kept.
func (l *later) waiting(who owner) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count(func(e *errand) bool { return e.owner == who })
}

// finished says whether it is known what came of an errand.
func (l *later) finished(e *errand) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return e.tell != nil
}

// ready returns the oldest errand of somebody that is finished; nil when none is.
func (l *later) ready(who owner) *errand {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.errands, func(e *errand) bool { return e.owner == who && e.tell != nil })
	if i < 0 {
		return nil
	}
	return l.errands[i]
}

// told forgets an errand whose outcome was told.
func (l *later) told(e *errand) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.errands = slices.DeleteFunc(l.errands, func(other *errand) bool { return other == e })
}

// close ends all errands and waits until they have.
func (l *later) close() {
	l.mu.Lock()
	l.closed = true
	l.drop(func(*errand) bool { return true })
	l.mu.Unlock()
	l.running.Wait()
}
