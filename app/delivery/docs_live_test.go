//go:build live

package delivery

import (
	"os/exec"
	"strings"
	"testing"
)

// TestDocumentationRuns carries out, in a copy of the source, one after the other,
// the commands of which the documentation says that they run anywhere.
func TestDocumentationRuns(t *testing.T) {
	clone := cloned(t)
	n := 0
	for _, b := range blocks(t) {
		if !b.run {
			continue
		}
		for _, command := range b.commands {
			n++
			shell := exec.CommandContext(t.Context(), "sh", "-e", "-c", command)
			shell.Dir = clone
			shell.Env = plainly()
			if out, err := shell.CombinedOutput(); err != nil {
				t.Fatalf("%s: %s: %v\n%s", b.file, command, err, out)
			} else if command == "make run" && !strings.Contains(string(out), "All of it worked.") {
				t.Errorf("%s: %s says\n%s", b.file, command, out)
			}
		}
	}
	if n < 3 {
		t.Errorf("%d commands were run", n)
	}
}
