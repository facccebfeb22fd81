//go:build !linux && !darwin

package homeassistant

import "syscall"

// peek sees nothing here: net/http's own watch must do.
func peek(syscall.RawConn) waiting { return nothing }
