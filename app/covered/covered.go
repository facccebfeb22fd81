//go:build covered

package covered

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/coverage"
	"time"
)

// folder is where the counters go; the linker sets it. Lambda's environment is not the
// caller's, so a variable would not reach the program.
var folder string

// every is how often they are written: a frozen process writes nothing.
const every = 25 * time.Millisecond

// Importing the package is all that a program does.
var _ = begin()

// begin has Go write what the counters count, which it does as soon as main begins, and
// goes on writing the counters themselves.
func begin() error {
	if err := os.Setenv("GOCOVERDIR", folder); err != nil {
		return err
	}
	go func() {
		for range time.Tick(every) {
			write()
		}
	}()
	return nil
}

// write writes the counters, and removes what it wrote before.
func write() {
	mine := filepath.Join(folder, fmt.Sprintf("covcounters.*.%d.*", os.Getpid()))
	before, err := filepath.Glob(mine)
	if err != nil || coverage.WriteCountersDir(folder) != nil {
		return
	}
	for _, file := range before {
		_ = os.Remove(file) // what stays is counted as well
	}
}
