//go:build check

package architecture

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// copied returns a copy of what the checks look at.
func copied(t *testing.T) string {
	t.Helper()
	from, to := root(t), t.TempDir()
	for _, part := range []string{"go.mod", "go.sum", ".go-arch-lint.yml", "tools", "adapters", "app", "cmd", "domain", "ports"} {
		err := filepath.WalkDir(filepath.Join(from, part), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() {
				if entry.Name() == "testdata" {
					return filepath.SkipDir
				}
				return nil
			}
			below, err := filepath.Rel(from, path)
			if err != nil {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return write(filepath.Join(to, below), content)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}
