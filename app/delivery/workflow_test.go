package delivery

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestWorkflow: contributors' CI runs what everybody runs.
func TestWorkflow(t *testing.T) {
	for file, want := range map[string][]string{
		".github/workflows/ci.yml": {"bash .ci/run\n"},
		".ci/run":                  {"make --no-print-directory check\n", "make --no-print-directory live\n"},
	} {
		for _, line := range want {
			if !strings.Contains(read(t, filepath.Join(root, filepath.FromSlash(file))), line) {
				t.Errorf("%s does not run %q", file, line)
			}
		}
	}
}

// TestActionsArePinned: a tag can be moved to other code, a commit cannot. The tag
// stands beside it for people.
func TestActionsArePinned(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %d workflows", err, len(files))
	}
	uses := regexp.MustCompile(`(?m)^.*\buses:.*$`)
	pinned := regexp.MustCompile(`\buses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	actions := 0
	for _, file := range files {
		for _, line := range uses.FindAllString(read(t, file), -1) {
			actions++
			if !pinned.MatchString(line) {
				t.Errorf("%s: %q is not pinned: write owner/action@COMMIT # vX.Y.Z, with all 40 digits", filepath.Base(file), strings.TrimSpace(line))
			}
		}
	}
	if actions == 0 {
		t.Error("no workflow uses an action")
	}
}
