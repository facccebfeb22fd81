package fault_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	own := errors.New("its own")
	if err := fault.Guard(func() error { return own }); !errors.Is(err, own) {
		t.Errorf("it returns %v in place of the function's error", err)
	}
	if err := fault.Guard(func() error { return nil }); err != nil {
		t.Errorf("it returns %v for a function without error", err)
	}
	for name, say := range map[string]any{
		"a text": "at the disco", "an error": errors.New("at the disco"), "a fault": fault.New(fault.TokenRejected, "at the disco"),
	} {
		err := fault.Guard(func() error { panic(say) })
		if !errors.Is(err, fault.ErrPanic) || fault.Of(err) != fault.Internal {
			t.Errorf("it returns %v for %s", err, name)
		}
		if log := err.Error(); strings.Contains(log, "at the disco") || !strings.Contains(log, "TestGuard") {
			t.Errorf("the log repeats what %s said, or does not say where it was: %s", name, log)
		}
		if text := fault.Text(err); text != "A part of LEE failed." {
			t.Errorf("people see %q of %s", text, name)
		}
	}
	if err := fault.Guard(func() error { panic(nil) }); !errors.Is(err, fault.ErrPanic) { //nolint:govet // that it is wrong is the point
		t.Errorf("it returns %v for nil", err)
	}
}

func TestCatch(t *testing.T) {
	t.Parallel()
	fails := func(panics bool) (err error) {
		defer fault.Catch(&err)
		if panics {
			panic("at the disco")
		}
		return errors.New("its own")
	}
	if err := fails(true); !errors.Is(err, fault.ErrPanic) {
		t.Errorf("it returns %v for a panic", err)
	}
	if err := fails(false); err == nil || errors.Is(err, fault.ErrPanic) {
		t.Errorf("it returns %v in place of the function's error", err)
	}
}
