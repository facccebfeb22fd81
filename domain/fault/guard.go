package fault

// Guard calls f and returns its error, or an Internal error when f panics. Every
// goroutine of LEE's own calls its work through it: a panic in a goroutine ends the
// process, and with it every other request. It does not return when f ends its
// goroutine.
func Guard(f func() error) (err error) {
	defer Catch(&err)
	return f()
}

// Catch is deferred by a function whose error is err, which must not be nil: it sets it
// to an Internal error when the function panics. The cause is that of Panic.
func Catch(err *error) { //nolint:gocritic // it sets the error of the function that defers it
	if p := recover(); p != nil {
		*err = Wrap(Internal, "A part of LEE failed.", Panic(p))
	}
}
