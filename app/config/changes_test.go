package config

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// TestChanges: followers are told in the order in which they were added, without the
// lock, and one may add another.
func TestChanges(t *testing.T) {
	c := &Changes{}
	var told []string
	in := func(locale string) Settings {
		return Settings{Home: setting.Home{Terms: offer.Terms{House: capability.House{Locale: locale}}}}
	}
	note := func(name string) Follower {
		return func(_ context.Context, before, after Settings) {
			if !c.mu.TryLock() {
				t.Errorf("%s runs under the lock", name)
			} else {
				c.mu.Unlock()
			}
			told = append(told, fmt.Sprint(name, before.Terms.House.Locale, after.Terms.House.Locale))
		}
	}
	c.Follow(note("a"))
	c.Follow(func(ctx context.Context, before, after Settings) {
		note("b")(ctx, before, after)
		if !t.Failed() {
			c.Follow(note("c"))
		}
	})
	c.Follow(note("d"))
	c.Tell(t.Context(), in("1"), in("2"))
	c.Tell(t.Context(), in("2"), in("3"))
	if want := []string{"a12", "b12", "d12", "a23", "b23", "d23", "c23"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}
