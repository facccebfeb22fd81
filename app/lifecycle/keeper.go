package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// Keeper is LUGS: it knows all lazy ports and closes what is idle. It also loads
// ahead, where that is wanted. After each invocation, in this order, it is told
// to
//
//	CarryOut  close what an earlier invocation's Decide found idle and this
//	          invocation has not touched
//	Decide    find what is idle now, for the next invocation to close
//
// so that nothing is closed which the event that is answered was about to use, and an
// event that comes an hour later finds what it needs open. Make one with
// NewKeeper. It is safe for concurrent use.
type Keeper struct {
	o   Options
	log *zap.Logger

	// carrying is held while something is being closed.
	carrying sync.Mutex

	mu    sync.Mutex
	ports []Unloadable
	due   []due
	// held are what releases those ports that Hold holds.
	held map[string]func()
	// pressed says that Decide found the memory scarce.
	pressed     bool
	emergencies int64
	relief      Relief
}

// Options are what a Keeper goes by.
type Options struct {
	// Clock is the wall clock: while Lambda freezes the process no other goes on.
	Clock ports.Clock
	// Log is told of every load and unload at debug level, and of emergencies; nil
	// for nobody.
	Log *zap.Logger
	// Enabled turns unloading on (LUGS_ENABLED).
	Enabled bool
	// Minimum is how many ports stay loaded however idle: 1, 2 or 3 by tier.
	Minimum int
	// Threshold is from how many bytes in use memory is scarce
	// (LUGS_MEMORY_THRESHOLD); 0 for never.
	Threshold int64
	// Hot says whether a port is called often; nil means that none is.
	Hot func(port string) bool
	// Shrinkers are what gives memory back in an emergency.
	Shrinkers []Shrinker
	// Memory returns the bytes in use; nil means MemoryInUse.
	Memory func() int64
}

// Shrinker is something that can do with less memory.
type Shrinker interface {
	// Shrink gives up what it needs least and keeps about share of what it has,
	// 0 to 1. It returns how many bytes it has given up.
	Shrink(share float64) (bytes int64)
}

// due is a port that is to be closed unless it is used before.
type due struct {
	port Unloadable
	mark mark
}

// NewKeeper returns a Keeper that knows no ports yet.
func NewKeeper(o Options) *Keeper {
	if o.Log == nil {
		o.Log = zap.NewNop()
	}
	if o.Hot == nil {
		o.Hot = func(string) bool { return false }
	}
	if o.Memory == nil {
		o.Memory = MemoryInUse
	}
	return &Keeper{o: o, log: o.Log}
}

// Watch makes ports known. Their loads are logged from here on.
func (k *Keeper) Watch(ps ...Unloadable) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, p := range ps {
		p.logTo(k.log)
	}
	k.ports = append(k.ports, ps...)
}

// LoadAhead loads ports side by side before anybody needs them, all that are
// watched when none are named. A port that fails keeps no other from being
// loaded and is tried again when it is needed; the error names all that did.
func (k *Keeper) LoadAhead(ctx context.Context, ps ...Unloadable) error {
	if len(ps) == 0 {
		k.mu.Lock()
		ps = slices.Clone(k.ports)
		k.mu.Unlock()
	}
	errs := make([]error, len(ps))
	var wg sync.WaitGroup
	for i, p := range ps {
		wg.Go(func() {
			if err := fault.Guard(func() error { return p.loadAhead(ctx) }); err != nil {
				errs[i] = fmt.Errorf("%s: %w", p.Name(), err)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// patience is how long an unload may take before the invocation goes on without
// it. Closing a connection takes microseconds.
const patience = time.Second

var errHangs = errors.New("the unload has not come back in time")

// unload closes one port and waits for that, but not for ever.
func (k *Keeper) unload(ctx context.Context, p Unloadable, reason Reason) error {
	type result struct {
		done  bool
		given int64
		err   error
	}
	results := make(chan result, 1)
	go func() {
		var r result
		r.err = fault.Guard(func() (err error) {
			r.done, r.given, err = p.unloadFor(reason)
			return err
		})
		results <- r
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	var r result
	select {
	case r = <-results:
	case <-timer.C:
		r.err = errHangs
	case <-ctx.Done():
		r.err = fmt.Errorf("%w: %w", errHangs, ctx.Err())
	}
	if errors.Is(r.err, errHangs) {
		p.unloadFailed()
	}
	switch {
	case r.err != nil:
		k.log.Warn("[LUGS] unload failed", correlation.Failure(ctx, r.err), zap.String("port", p.Name()), zap.Stringer("reason", reason))
	case r.done:
		k.log.Debug("[LUGS] unloaded", correlation.Field(ctx), zap.String("port", p.Name()), zap.Stringer("reason", reason), zap.Int64("allocated", r.given))
	}
	return r.err
}
