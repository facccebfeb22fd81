package fault_test

import (
	"errors"
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
	err := fault.Guard(func() error { panic("at the disco") })
	if !errors.Is(err, fault.ErrPanic) || fault.Of(err) != fault.Internal {
		t.Errorf("it returns %v for a panic", err)
	}
}
