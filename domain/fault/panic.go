package fault

import (
	"errors"
	"fmt"
	"runtime"
)

// ErrPanic is in the chain of every error that stands for a panic.
var ErrPanic = errors.New("panic")

// longestStack bounds how much of a stack is kept, in bytes. Ten calls take about one
// kilobyte.
const longestStack = 4 << 10

// Panic returns the error that stands for a panic, given what recover returned. It is
// called by the function that recovers, and tells the panic's type and the stack. A
// panic's value is told only where it is the Go runtime's own: any other may hold a
// secret, or what somebody has said.
func Panic(value any) error {
	stack := make([]byte, longestStack)
	stack = stack[:runtime.Stack(stack, false)]
	if own, ok := value.(runtime.Error); ok {
		return fmt.Errorf("%w: %w\n%s", ErrPanic, own, stack)
	}
	return fmt.Errorf("%w: a value of type %T\n%s", ErrPanic, value, stack)
}
