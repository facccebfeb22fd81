package portstest

import (
	"os"
	"syscall"
)

// Alone runs a function that writes programs while this process starts none. A child would
// inherit the open file until it becomes another program, and what is open for writing
// cannot be started: "text file busy" (https://go.dev/issue/22315).
func Alone(write func() error) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return write()
}

// WriteProgram writes a file that can be started, alone.
func WriteProgram(path string, content []byte) error {
	return Alone(func() error { return os.WriteFile(path, content, 0o755) }) //nolint:gosec // a program
}
