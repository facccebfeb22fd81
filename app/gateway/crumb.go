package gateway

import (
	"time"

	"go.uber.org/zap/zapcore"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// Crumb is one crossing, or one Span, of an invocation.
type Crumb struct {
	// Number counts the trace's crumbs from 0 in the order in which they began;
	// Parent is the number of the one that it lies within, -1 for none. The parent
	// may be one that the trace has not kept.
	Number, Parent int
	// Name is the operation, "home.call light.turn_on", or the span's name.
	Name string
	// Timed says whether there are times: on the short way and from the cache
	// there are none. Start is when it began, from the trace's beginning; Took is
	// how long it was, 0 while it is Open.
	Timed       bool
	Start, Took time.Duration
	// Open says that it is not over.
	Open bool
	// Failed says that it ended with an error, of kind Kind.
	Failed bool
	Kind   fault.Kind
	// Attempts is how often the call was made: 0 when it was not, because the
	// breaker was open or the port did not load in time, and for spans.
	Attempts int
	// Cached says that the answer came from the cache, or from somebody else's
	// call for the same.
	Cached bool
}

// Outcome returns "done", "under way", or the name of the kind of failure.
func (c Crumb) Outcome() string {
	switch {
	case c.Failed:
		return c.Kind.String()
	case c.Open:
		return "under way"
	default:
		return "done"
	}
}

var _ zapcore.ObjectMarshaler = Crumb{}

// MarshalLogObject implements zapcore.ObjectMarshaler. What says nothing is left
// out.
func (c Crumb) MarshalLogObject(out zapcore.ObjectEncoder) error {
	out.AddString("name", c.Name)
	out.AddString("outcome", c.Outcome())
	if c.Timed {
		out.AddDuration("start", c.Start)
		out.AddDuration("took", c.Took)
	}
	if c.Parent != noParent {
		out.AddInt("number", c.Number)
		out.AddInt("within", c.Parent)
	}
	if c.Attempts > 1 {
		out.AddInt("attempts", c.Attempts)
	}
	if c.Cached {
		out.AddBool("cached", true)
	}
	return nil
}
