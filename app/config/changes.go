package config

import (
	"context"
	"sync"
)

// Follower is called at each change of the settings, with the context of the call that caused
// it.
type Follower func(ctx context.Context, before, after Settings)

// Changes tells followers of each change of the settings. A Live calls Tell (its
// Options.Changed); it is made before the parts that follow it. The zero value is ready.
// Changes is safe for concurrent use.
type Changes struct {
	mu        sync.Mutex // guards followers, and is not held while they run
	followers []Follower
}

// Follow adds a follower. It is called at each later change, after the followers that were
// added before it.
func (c *Changes) Follow(f Follower) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.followers = append(c.followers, f)
}

// Tell calls all followers and returns when the last one has returned. A Live calls it for
// one change after the other, so each follower gets the changes in their order.
func (c *Changes) Tell(ctx context.Context, before, after Settings) {
	c.mu.Lock()
	followers := c.followers // Follow only appends
	c.mu.Unlock()
	for _, f := range followers {
		f(ctx, before, after)
	}
}
