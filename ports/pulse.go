package ports

import "context"

// Pulse tells whether the home is alive.
type Pulse interface {
	// Beat returns nil when the home answers. What it says may be some seconds old.
	// It fails as Home does, has no effect and may be repeated.
	Beat(ctx context.Context) error
}
