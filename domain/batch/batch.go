// Package batch does with many entities at once what would otherwise take a
// round trip for each: it reads their states together, and it makes of many
// commands as few calls as the home's API takes them in.
package batch

import (
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// Most is how many items a batch may have. Home Assistant itself has no bound;
	// an invocation has a deadline.
	Most = 500
	// together is how many calls are under way at once. Home Assistant carries
	// services out on one event loop: more would only queue there.
	together = 4
)

// Service makes batches. It holds no state of its own and is safe for concurrent
// use.
type Service struct{ home ports.Home }

// New returns a Service.
func New(h ports.Home) *Service { return &Service{h} }

// Result is what became of one item of a batch.
type Result struct {
	// States are the states that the item is about as they are now: those of its
	// targets in their order or, for an area and for a call without a target, those
	// that changed. With an error they are what is known all the same, which may be
	// nothing.
	States []home.State
	// Err is why it was not done, or not read; nil when it was. It is a *fault.Error.
	Err error
}
