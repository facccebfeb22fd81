// Command bootstrap is the file that Lambda starts. It looks at LAMBDA_MODE and
// becomes the engine or, for "failsafe", the failsafe: whichever lies beside it.
// It does nothing else, so that there is nothing in it to break.
package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	folder := "."
	if self, err := os.Executable(); err == nil {
		folder = filepath.Dir(self)
	}
	become := func(name string) error {
		path := filepath.Join(folder, name)
		return syscall.Exec(path, []string{path}, os.Environ())
	}
	if !strings.EqualFold(strings.TrimSpace(os.Getenv("LAMBDA_MODE")), "failsafe") {
		say("the engine cannot be started, taking the failsafe: ", become("engine"))
	}
	say("the failsafe cannot be started: ", become("failsafe"))
	os.Exit(1)
}

// say writes a line to the log. Only a failed exec returns, so err is never nil.
func say(what string, err error) {
	_, _ = os.Stderr.WriteString("[BOOTSTRAP] " + what + err.Error() + "\n")
}
