package fault_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

const canary = "canary-words"

// canaryError prints a canary however it is asked.
type canaryError struct{ text string }

func (e canaryError) Error() string    { return e.text }
func (e canaryError) String() string   { return e.text }
func (e canaryError) GoString() string { return e.text }

// TestPanic wants a panic to say where it was and of which type, and what it says only
// where the Go runtime says it.
func TestPanic(t *testing.T) {
	var (
		list    = []string{canary}
		past    = 1
		nowhere map[string]string
		other   any = canary
	)
	for name, c := range map[string]struct {
		panics func()
		says   string
	}{
		"a text":            {func() { panic(canary) }, "of type string"},
		"an error":          {func() { panic(errors.New(canary)) }, "of type *errors.errorString"},
		"a fault":           {func() { panic(fault.New(fault.Failed, canary)) }, "of type *fault.Error"},
		"one that prints":   {func() { panic(canaryError{canary}) }, "of type fault_test.canaryError"},
		"an index":          {func() { _ = list[past] }, "index out of range [1] with length 1"},
		"a nil map":         {func() { nowhere[canary] = canary }, "assignment to entry in nil map"},
		"another type":      {func() { _ = other.(int) }, "interface {} is string, not int"}, //nolint:errcheck,forcetypeassert // that it panics is the point
		"a wrapped runtime": {func() { panic(fmt.Errorf("%s: %w", canary, &runtime.TypeAssertionError{})) }, "of type *fmt.wrapError"},
		"nil":               {func() { panic(nil) }, "panic called with nil argument"}, //nolint:govet // that it is wrong is the point
	} {
		err := recovering(c.panics)
		if !errors.Is(err, fault.ErrPanic) {
			t.Errorf("%s is no ErrPanic", name)
		}
		if text := fmt.Sprintf("%v %+v %s %q", err, err, err, err); !strings.Contains(text, c.says) || !strings.Contains(text, "panic_test.go") || strings.Contains(text, canary) {
			t.Errorf("%s is told as %s, want %q", name, text, c.says)
		}
	}
}

func recovering(panics func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Panic(p)
		}
	}()
	panics()
	return nil
}
