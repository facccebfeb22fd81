package fault

import (
	"errors"
	"fmt"
	"runtime"
)

// ErrPanic is in the chain of every error that Guard and Catch make of a panic.
var ErrPanic = errors.New("panic")

// Guard calls f and returns its error, or an Internal error when f panics. Every
// goroutine of LEE's own calls its work through it: a panic in a goroutine ends the
// process, and with it every other request. It does not return when f ends its
// goroutine.
func Guard(f func() error) (err error) {
	defer Catch(&err)
	return f()
}

// Catch is deferred by a function whose error is err, which must not be nil: it sets it
// to an Internal error when the function panics. The cause has what the panic said and
// where it was, for the log.
func Catch(err *error) {
	if p := recover(); p != nil {
		*err = Wrap(Internal, "A part of LEE failed.", fmt.Errorf("%w: %v\n%s", ErrPanic, p, stack()))
	}
}

// maxStack is how many bytes of a stack are kept. It begins where the panic was.
const maxStack = 4 << 10

func stack() []byte {
	buffer := make([]byte, maxStack)
	return buffer[:runtime.Stack(buffer, false)]
}
