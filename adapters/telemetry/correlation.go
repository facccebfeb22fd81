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
	// under are the ids of the invocations under way: with several, as there may be
	// on one's own machine, nobody can tell to which a line belongs.
	under []string
}

// Begin notes that the invocation known as id begins. end notes that it is over;
// it must be called once.
func (c *Correlation) Begin(id string) (end func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.under = append(c.under, id)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if i := slices.Index(c.under, id); i >= 0 {
			c.under = slices.Delete(c.under, i, i+1)
		}
	}
}

// current returns the id of the invocation under way, "" for none and for
// several.
func (c *Correlation) current() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.under) != 1 {
		return ""
	}
	return c.under[0]
}

// correlated is a core whose lines tell to which invocation they belong, unless
// they do that themselves.
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
	const key = "correlation"
	id := c.of.current()
	if id == "" || slices.ContainsFunc(fields, func(f zapcore.Field) bool { return f.Key == key }) {
		return c.Core.Write(entry, fields)
	}
	return c.Core.Write(entry, append(slices.Clip(fields), zap.String(key, id)))
}
