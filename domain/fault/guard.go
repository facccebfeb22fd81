package fault

import (
	"errors"
	"fmt"
)

// ErrPanic is in the chain of every error that Guard makes of a panic.
var ErrPanic = errors.New("panic")

// Guard calls f and returns its error, or an Internal error when f panics. Every
// goroutine of LEE's own calls its work through it: a panic in a goroutine ends the
// process, and with it every other request.
func Guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = Wrap(Internal, "A part of LEE failed.", fmt.Errorf("%w: %v", ErrPanic, p))
		}
	}()
	return f()
}
