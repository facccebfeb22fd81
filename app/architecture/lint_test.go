//go:build check

package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"path"
	"strings"
	"testing"
)

// findings are what go-arch-lint has to say of a tree.
type findings struct {
	// ExecutionWarnings are mistakes in .go-arch-lint.yml. With any, nothing
	// else is looked for.
	ExecutionWarnings []struct{ Text string }
	// ArchWarningsDeps are imports that are not allowed. With any, the deep scan
	// is left out.
	ArchWarningsDeps []struct{ FileRelativePath, ResolvedImportName string }
	// ArchWarningsNotMatched are files of packages that it does not know.
	ArchWarningsNotMatched []struct{ FileRelativePath string }
	// ArchWarningsDeepScan are values handed to packages that must not know
	// their types.
	ArchWarningsDeepScan []struct {
		Gate       struct{ ComponentName, MethodName string }
		Dependency struct{ ComponentName string }
	}
}

// lint runs go-arch-lint as `make arch` does.
func lint(t *testing.T, root string) findings {
	t.Helper()
	tool := exec.CommandContext(t.Context(), "go", "tool", "-modfile=tools/go.mod", "go-arch-lint", "check",
		"--project-path", ".", "--max-warnings", "10000", "--json")
	tool.Dir = root
	var stderr bytes.Buffer
	tool.Stderr = &stderr
	out, err := tool.Output()
	var red *exec.ExitError
	if err != nil && !errors.As(err, &red) {
		t.Fatalf("%v: %v", tool, err)
	}
	var result struct{ Payload *findings }
	if err := json.Unmarshal(out, &result); err != nil || result.Payload == nil {
		t.Fatalf("%v: %v\n%s%s", tool, err, out, stderr.String())
	}
	return *result.Payload
}

// lintSound does as lint, for a tree that .go-arch-lint.yml is right about: it
// knows all packages but those in the given folder.
func lintSound(t *testing.T, root, newcomer string) findings {
	t.Helper()
	found := lint(t, root)
	for _, w := range found.ExecutionWarnings {
		t.Fatalf(".go-arch-lint.yml: %s", w.Text)
	}
	for _, w := range found.ArchWarningsNotMatched {
		if folder := strings.Trim(path.Dir(w.FileRelativePath), "/"); folder != newcomer {
			t.Fatalf(".go-arch-lint.yml has no component for %s", folder)
		}
	}
	return found
}
