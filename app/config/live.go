package config

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// ParameterTTL is how long parameters are kept. Amazon's own extension for Lambda
	// keeps them as long by default
	// (https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html).
	ParameterTTL = 300 * time.Second

	// refreshPatience bounds how long a request waits for new parameters when it could
	// use the old ones.
	refreshPatience = time.Second

	// After a failure LEE does not ask the Parameter Store: for firstPause when it has
	// never answered, for laterPause when it has.
	firstPause = 5 * time.Second
	laterPause = 30 * time.Second
)

// never is when the Parameter Store is due where it is not used.
var never = time.Unix(0, math.MaxInt64)

// Options are what a Live is made of.
type Options struct {
	// Environment is where variables and files come from, the process's own when
	// it is empty. It is read again at every reload.
	Environment setting.Environment
	// Parameters is the Parameter Store. It is asked only where
	// USE_PARAMETER_STORE is true, and not before the first call of Settings or
	// Reload. Nil is a store that cannot be reached.
	Parameters ports.Parameters
	// Clock tells how old a value is; nil means the wall clock.
	Clock ports.Clock
	// Log gets mistakes, changes and failures; nil for no log.
	Log *zap.Logger
	// Changed is called after another version has come into force, and before the
	// call that caused it returns; ctx is that call's. It is called for one change at a time, in the
	// order of the versions. Other calls do not wait for it and use the new settings. It
	// may call all of Live but Reload and Rollback, which would wait for it. Nil for
	// nothing.
	Changed func(ctx context.Context, before, after Settings)
}

// Live is the settings of a running function: the environment's and, from when
// they are first needed, those of the Parameter Store, which may change while
// the function runs. Make one with NewLive. It is safe for concurrent use.
//
// Every set of settings that was in force is a version. Version 0 is what the
// environment alone sets, while the Parameter Store has not answered yet.
type Live struct {
	environment setting.Environment
	parameters  ports.Parameters
	clock       ports.Clock
	log         *zap.Logger
	changed     func(ctx context.Context, before, after Settings)

	running atomic.Pointer[version]
	// kept counts how often the parameters were known already.
	kept kept
	// due is when the Parameter Store is to be read, in nanoseconds of Unix time,
	// and noted when that was decided: before that, the clock was put back.
	due, noted atomic.Int64
	// turn is a mutex that a caller can wait for with a context. A call holds it while it
	// reads the Parameter Store or changes the version.
	turn chan struct{}

	mu       sync.Mutex // guards what is below
	versions []*version
	changes  []Change
	// refused are the mistakes for which the last reading was not taken.
	refused setting.Mistakes
	// held is the version that was rolled back from, and is not to come back by
	// itself; nil for none.
	held *version
	// failure is why the Parameter Store could not be read the last time; nil
	// when it could. answered is when it last could.
	failure  error
	answered time.Time
	// unknown are names of parameters below the prefix that mean nothing to LEE.
	unknown []string
}

// NewLive returns live settings with what the environment says, which may hold
// mistakes: they are logged and in the Report.
func NewLive(o Options) *Live {
	l := &Live{
		environment: o.Environment, parameters: o.Parameters, clock: o.Clock, log: o.Log, changed: o.Changed,
		turn: make(chan struct{}, 1),
	}
	if l.environment.Lookup == nil {
		l.environment = Surroundings()
	}
	if l.clock == nil {
		l.clock = ports.WallClock{}
	}
	if l.log == nil {
		l.log = zap.NewNop()
	}
	r := read(setting.Sources{Environment: l.environment})
	first := &version{reading: r, at: l.clock.Now(), cause: "start"}
	if r.wantsParameters() {
		l.dueAt(l.clock.Now())
	} else {
		l.dueAt(never)
		first.number, first.content, first.settings.version = 1, 1, 1
		l.versions = append(l.versions, first)
	}
	l.running.Store(first)
	l.logMistakes(context.Background(), "a setting is wrong, and another value replaces it", r.Mistakes, nil)
	return l
}

// Current returns the settings that are in force, at once and without asking the
// Parameter Store: what it may say is missing as long as nobody has called
// Settings.
func (l *Live) Current() Settings { return l.running.Load().settings }

// Settings returns the settings that are in force, after the Parameter Store was
// asked where that is due. When it cannot be read, what it said last stays in
// force and the error is nil. Only when it never has been read the error says
// why, of the kinds of ports.Parameters; the settings are then the environment's.
func (l *Live) Settings(ctx context.Context) (Settings, error) {
	switch {
	case l.isDue():
		if err := l.refresh(ctx); err != nil && l.running.Load().number == 0 {
			return l.Current(), err
		}
	case l.due.Load() != never.UnixNano():
		l.kept.hits.Add(1)
	}
	v := l.running.Load()
	if v.number > 0 {
		return v.settings, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return v.settings, l.failure
}

// Mistaken says whether the value set for a variable is a mistake, so that another value
// replaces it.
func (l *Live) Mistaken(variable string) bool {
	return l.running.Load().Mistakes.Of(variable)
}

func (l *Live) isDue() bool {
	due := l.due.Load()
	if due == never.UnixNano() {
		return false
	}
	now := l.clock.Now().UnixNano()
	return now >= due || now < l.noted.Load()
}

func (l *Live) dueAt(t time.Time) {
	l.noted.Store(l.clock.Now().UnixNano())
	l.due.Store(t.UnixNano())
}

// refresh waits for this caller's turn and reads the Parameter Store if that is still due
// then. When the store has answered before, the caller does not wait for its turn, and not
// longer than refreshPatience for the store.
func (l *Live) refresh(ctx context.Context) error {
	if l.running.Load().number > 0 {
		select {
		case l.turn <- struct{}{}:
		default:
			return nil
		}
		bounded, cancel := context.WithTimeout(ctx, refreshPatience)
		defer cancel()
		defer l.done()
		return l.again(ctx, bounded)
	}
	if err := l.wait(ctx); err != nil {
		return err
	}
	defer l.done()
	return l.again(ctx, ctx)
}

// again reads the Parameter Store, within the time of bounded, if it is still
// due. A failure counts against the store unless it was the caller's time, ctx,
// that ran out.
func (l *Live) again(ctx, bounded context.Context) error {
	if !l.isDue() {
		return nil
	}
	if l.running.Load().number > 0 {
		l.kept.expired.Add(1)
	}
	r, err := l.consult(bounded)
	if err != nil {
		if ctx.Err() == nil {
			l.failed(ctx, err)
		}
		return err
	}
	_, err = l.take(ctx, r, "parameter store")
	return err
}

// wait waits for this caller's turn.
func (l *Live) wait(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fault.Wrap(fault.Deadline, "The time for this request ran out.", ctx.Err())
	}
}

func (l *Live) done() { <-l.turn }

// failed notes that the Parameter Store could not be read, and leaves it alone
// for a while.
func (l *Live) failed(ctx context.Context, err error) {
	pause := firstPause
	if l.running.Load().number > 0 {
		pause = laterPause
	}
	pause = max(pause, retryAfter(err))
	l.mu.Lock()
	l.failure = err
	l.mu.Unlock()
	l.dueAt(l.clock.Now().Add(pause)) // not before: see take
	l.log.Warn("the Parameter Store cannot be read; what is known stays in force",
		correlation.Failure(ctx, err), zap.Stringer("kind", fault.Of(err)), zap.Duration("again_in", pause))
}
