//go:build linux || darwin

package homeassistant

import (
	"errors"
	"syscall"
)

// peek looks at what waits to be read and leaves it there.
func peek(raw syscall.RawConn) (found waiting) {
	err := raw.Control(func(fd uintptr) {
		var b [1]byte
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK) // Go's sockets never block
		switch {
		case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
			found = nothing
		case err != nil || n == 0:
			found = end
		default:
			found = something
		}
	})
	if err != nil {
		return end // the connection is closed on this side
	}
	return found
}
