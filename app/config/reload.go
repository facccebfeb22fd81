package config

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// Reload reads everything again, whether that is due or not, and returns the
// number of the version that is in force then: another one if anything has
// changed. New mistakes keep the running version in force; the error is then a
// fault.Misconfigured that wraps the Mistakes. It is of the kinds of
// ports.Parameters when the Parameter Store cannot be read.
func (l *Live) Reload(ctx context.Context) (int, error) {
	if err := l.wait(ctx); err != nil {
		return l.running.Load().number, err
	}
	defer l.done()
	r, err := l.consult(ctx)
	if err != nil {
		if ctx.Err() == nil {
			l.failed(ctx, err)
		}
		return l.running.Load().number, err
	}
	l.mu.Lock()
	l.held = nil
	l.mu.Unlock()
	return l.take(ctx, r, "reload")
}

// Rollback puts an earlier version's settings into force again, as a version of
// its own, and returns its number. number is that of the version, 0 for the one
// before what is running. What was in force until now does not come back by
// itself, only by Reload or when the Parameter Store says something else again.
// Other Lambda environments are not touched.
//
// The error is a fault.Invalid when there is no such version, or a
// fault.Deadline.
func (l *Live) Rollback(ctx context.Context, number int) (int, error) {
	if err := l.wait(ctx); err != nil {
		return l.running.Load().number, err
	}
	defer l.done()
	running := l.running.Load()
	if number == 0 {
		number = running.content - 1
	}
	l.mu.Lock()
	i := slices.IndexFunc(l.versions, func(v *version) bool { return v.number == number })
	if i < 0 {
		l.mu.Unlock()
		if number < 1 {
			return running.number, fault.New(fault.Invalid, "There is no earlier version of the settings to go back to.")
		}
		return running.number, fault.Newf(fault.Invalid, "There is no version %d of the settings to go back to.", number)
	}
	back := l.versions[i]
	if back.same(&running.reading) {
		l.mu.Unlock()
		return running.number, nil
	}
	l.held = running
	l.mu.Unlock()
	return l.enforce(ctx, back.reading, back.content, "rollback"), nil
}

// consult reads the environment and, where it is wanted, the Parameter Store.
func (l *Live) consult(ctx context.Context) (reading, error) {
	r := read(setting.Sources{Environment: l.environment})
	if !r.wantsParameters() {
		return r, nil
	}
	if l.parameters == nil {
		return r, fault.New(fault.Misconfigured, "USE_PARAMETER_STORE is true, and there is no Parameter Store here.")
	}
	l.kept.misses.Add(1)
	prefix := r.settings.ParameterPrefix
	list, err := l.parameters.Below(ctx, prefix)
	if err != nil {
		return r, err
	}
	known, unknown := sortOut(list, prefix)
	l.kept.entries.Store(int64(len(known)))
	l.mu.Lock()
	l.failure, l.answered, l.unknown = nil, l.clock.Now(), unknown
	l.mu.Unlock()
	return read(setting.Sources{Environment: l.environment, Parameters: known, Store: setting.StoreRead}), nil
}

// sortOut returns the parameters by their path below the prefix, and the names of
// those that mean nothing to LEE.
func sortOut(list []ports.Parameter, prefix string) (known map[string]setting.Parameter, unknown []string) {
	known = make(map[string]setting.Parameter, len(list))
	for _, p := range list {
		path := strings.TrimPrefix(p.Name, prefix+"/")
		if slices.ContainsFunc(Variables(), func(v setting.Variable) bool { return v.Takes(path) }) {
			known[path] = setting.Parameter{Value: p.Value, Type: p.Type.String()}
		} else {
			unknown = append(unknown, p.Name)
		}
	}
	return known, unknown
}

// take puts a reading into force unless there is a reason not to, decides when the
// next one is due, and returns the number of the version that is in force then.
func (l *Live) take(ctx context.Context, r reading, cause string) (int, error) {
	number, err := l.consider(ctx, r, cause)
	// Not before: a caller that finds nothing due uses the settings in force.
	if r.wantsParameters() {
		l.dueAt(l.clock.Now().Add(ParameterTTL))
	} else {
		l.dueAt(never)
	}
	return number, err
}

// consider puts a reading into force unless there is a reason not to.
func (l *Live) consider(ctx context.Context, r reading, cause string) (int, error) {
	running := l.running.Load()
	if running.number == 0 {
		l.logMistakes(ctx, "a setting is wrong, and another value replaces it", r.Mistakes, running.Mistakes)
		return l.enforce(ctx, r, 1, cause), nil
	}
	if fresh := r.Mistakes.Without(running.Mistakes); len(fresh) > 0 {
		l.mu.Lock()
		before := l.refused
		l.refused = fresh
		l.mu.Unlock()
		l.logMistakes(ctx, "a setting is wrong, and the running version stays in force", fresh, before)
		return running.number, fault.Wrap(fault.Misconfigured, "The new settings hold mistakes; those that were in force stay.", fresh)
	}
	l.mu.Lock()
	l.refused = nil
	held := l.held
	l.mu.Unlock()
	switch {
	case r.same(&running.reading):
		l.amend(running, r)
		return running.number, nil
	case held != nil && r.same(&held.reading):
		return running.number, nil
	}
	return l.enforce(ctx, r, running.number+1, cause), nil
}

// amend gives the running version a reading of the same settings: their sources
// or the mistakes may be others.
func (l *Live) amend(running *version, r reading) {
	amended := *running
	amended.reading = r
	amended.settings.version = running.number
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.versions, running); i >= 0 {
		l.versions[i] = &amended
	}
	l.running.Store(&amended)
}

// versionsKept is how many versions can be gone back to.
const versionsKept = 10

// enforce puts a reading into force as a new version, and returns its number.
// content is the number of the version that first held these settings.
func (l *Live) enforce(ctx context.Context, r reading, content int, cause string) int {
	before := l.running.Load()
	after := &version{reading: r, number: before.number + 1, content: content, at: l.clock.Now(), cause: cause}
	after.settings.version = after.number
	changes := changesBetween(before, after)
	l.mu.Lock()
	l.versions = keepLast(append(l.versions, after), versionsKept)
	l.changes = keepLast(append(l.changes, changes...), changesKept)
	if cause != "rollback" {
		l.held = nil
	}
	l.mu.Unlock()
	l.running.Store(after)
	for _, c := range changes {
		l.log.Info("a setting has changed", correlation.Field(ctx), zap.Int("version", c.Version), zap.String("cause", c.Cause),
			zap.String("variable", c.Variable), zap.String("before", c.Before), zap.String("after", c.After),
			zap.Stringer("from", c.From), zap.Stringer("to", c.To))
	}
	if l.changed != nil {
		l.changed(ctx, before.settings, after.settings)
	}
	return after.number
}

// keepLast returns the last n of a list.
func keepLast[T any](list []T, n int) []T {
	return list[max(len(list)-n, 0):]
}

// logMistakes logs mistakes, except those that were logged before.
func (l *Live) logMistakes(ctx context.Context, message string, mistakes, before setting.Mistakes) {
	for _, m := range mistakes.Without(before) {
		l.log.Warn(message, correlation.Field(ctx), zap.String("variable", m.Variable), zap.String("mistake", m.String()))
	}
}

// retryAfter returns how long the other side asked to be left alone.
func retryAfter(err error) time.Duration {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}
