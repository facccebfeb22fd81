package lifecycle_test

import (
	"runtime/debug"
	"sync"
	"testing"

	"github.com/lambda-execution-engine/lee/app/lifecycle"
)

// percent returns what Go collects by.
func percent() int {
	was := debug.SetGCPercent(100)
	debug.SetGCPercent(was)
	return was
}

// TestRoom wants room for as long as somebody needs it, and never less than there
// was.
func TestRoom(t *testing.T) {
	was := percent()
	t.Cleanup(func() { debug.SetGCPercent(was) })
	for set, within := range map[int]int{100: 300, 50: 300, 400: 400, -1: -1} {
		debug.SetGCPercent(set)
		var r lifecycle.Room
		first, second := r.Take(), r.Take()
		if got := percent(); got != within {
			t.Errorf("of %d there are %d within", set, got)
		}
		first()
		if got := percent(); got != within {
			t.Errorf("of %d there are %d when the first of two has left", set, got)
		}
		second()
		if got := percent(); got != set {
			t.Errorf("of %d there are %d afterwards", set, got)
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { r.Take()() })
		}
		all.Wait()
		if got := percent(); got != set {
			t.Errorf("of %d there are %d after many", set, got)
		}
	}
}
