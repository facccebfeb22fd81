package telemetry

import (
	"slices"
	"sync"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Correlation knows which invocation is under way. Lambda hands a process one at
// a time, so whatever is logged meanwhile belongs to it, by whom ever it is logged:
// a port that is being loaded, a breaker that opens. The zero value is ready to
// use, and safe for concurrent use.
type Correlation struct {
	mu sync.Mutex
	// under are the invocations under way: with several, as there may be on one's
	// own machine, nobody can tell to which a line belongs.
	under []*invocation
}

// invocation is one that is under way.
type invocation struct {
	id     string
	crumbs zapcore.ArrayMarshaler
}

// Begin notes that the invocation known as id begins. crumbs are what it does, as
// far as it has come when they are asked for: they are told with every error. end
// notes that it is over; it must be called once.
func (c *Correlation) Begin(id string, crumbs zapcore.ArrayMarshaler) (end func()) {
	one := &invocation{id, crumbs}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.under = append(c.under, one)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if i := slices.Index(c.under, one); i >= 0 {
			c.under = slices.Delete(c.under, i, i+1)
		}
	}
}

// current returns the invocation under way, nil for none and for several.
func (c *Correlation) current() *invocation {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.under) != 1 {
		return nil
	}
	return c.under[0]
}

// correlated is a core whose lines tell to which invocation they belong, and those
// that tell of an error what it has done by then, unless they do that themselves.
type correlated struct {
	zapcore.Core
	of *Correlation
}

// With implements zapcore.Core.
func (c correlated) With(fields []zapcore.Field) zapcore.Core {
	return correlated{c.Core.With(fields), c.of}
}

// Check implements zapcore.Core.
func (c correlated) Check(entry zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if c.Enabled(entry.Level) {
		return checked.AddCore(entry, c)
	}
	return checked
}

// Write implements zapcore.Core.
func (c correlated) Write(entry zapcore.Entry, fields []zapcore.Field) error {
	one := c.of.current()
	if one == nil {
		return c.Core.Write(entry, fields)
	}
	given := len(fields)
	add := func(field zapcore.Field) {
		if !slices.ContainsFunc(fields[:given], func(f zapcore.Field) bool { return f.Key == field.Key }) {
			fields = append(slices.Clip(fields), field)
		}
	}
	add(zap.String("correlation", one.id))
	if one.crumbs != nil && ofError(entry, fields[:given]) {
		add(zap.Array("crumbs", one.crumbs))
	}
	return c.Core.Write(entry, fields)
}

// ofError says whether a line tells of an error: loudly, or as a warning that has one
// with it. What is tried again, or has failed for whoever will say so himself, is
// told at debug level and is none.
func ofError(entry zapcore.Entry, fields []zapcore.Field) bool {
	return entry.Level >= zapcore.ErrorLevel || entry.Level == zapcore.WarnLevel &&
		slices.ContainsFunc(fields, func(f zapcore.Field) bool { return f.Type == zapcore.ErrorType })
}
