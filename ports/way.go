package ports

import (
	"context"
	"time"
)

// Way is the way to the home, for whoever looks for what is wrong with it.
type Way interface {
	// Walk goes to the home as a request would, on a connection of its own, and
	// tells how far it got. It shows no token, has no effect and may be repeated.
	// How the walk ends is told in its steps; the error is a fault.Misconfigured
	// when there is no way to be walked.
	Walk(ctx context.Context) (Walk, error)
}

// Walk is what was met on the way to the home.
type Walk struct {
	// Steps are the steps in their order. Only the last may have failed.
	Steps []Step
	// Skew is by how much the home's clock, or that of what stands in front of it,
	// is ahead of ours, to the second that HTTP tells; Clocked says whether it was
	// told.
	Skew    time.Duration
	Clocked bool
}

// Step is one step of a walk.
type Step struct {
	// Name is "name", "connection", "encryption" or "answer".
	Name string
	Took time.Duration
	// Found says in a few words what was found, Failure in a sentence why it went no
	// further, "" when it did.
	Found, Failure string
}
