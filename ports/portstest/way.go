package portstest

import (
	"context"
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/ports"
)

// WaySetup says how to upset the home under test.
type WaySetup struct {
	// Away makes the home unreachable; nil when that cannot be done.
	Away func()
}

// Way is the contract of ports.Way. open returns the way to a home that is there; it is
// called once for every test.
func Way(t *testing.T, open func(t *testing.T) (ports.Way, WaySetup)) {
	t.Run("leads to the home", func(t *testing.T) {
		way, _ := open(t)
		for range 2 {
			walk := walked(t, way)
			if last := walk.Steps[len(walk.Steps)-1]; last.Failure != "" || last.Name != "answer" {
				t.Errorf("it ends with %+v, want an answer", last)
			}
		}
	})
	t.Run("away", func(t *testing.T) {
		way, setup := open(t)
		if setup.Away == nil {
			t.Skip("this home cannot be made unreachable")
		}
		setup.Away()
		walk := walked(t, way)
		if last := walk.Steps[len(walk.Steps)-1]; last.Failure == "" {
			t.Errorf("it ends with %+v, want a failure", last)
		}
	})
	t.Run("counts its requests", func(t *testing.T) {
		way, _ := open(t)
		counted(t, "Walk", func(ctx context.Context) (want int64, err error) {
			_, err = way.Walk(ctx)
			return 1, err
		})
	})
}

// walked walks, and wants a walk as it must be.
func walked(t *testing.T, way ports.Way) ports.Walk {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	walk, err := way.Walk(ctx)
	if err != nil || len(walk.Steps) == 0 {
		t.Fatalf("Walk: %+v, %v", walk, err)
	}
	order := []string{"name", "connection", "encryption", "answer"}
	before := -1
	for i, step := range walk.Steps {
		at := slices.Index(order, step.Name)
		if at <= before {
			t.Errorf("step %d is %q, want %q in this order", i, step.Name, order)
		}
		before = at
		if step.Took < 0 || (step.Failure == "") == (step.Found == "") {
			t.Errorf("step %d is %+v, want what was found or why it failed", i, step)
		}
		if step.Failure != "" && i < len(walk.Steps)-1 {
			t.Errorf("step %d failed and is not the last: %+v", i, walk.Steps)
		}
	}
	return walk
}
