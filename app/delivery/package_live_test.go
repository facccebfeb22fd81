//go:build live

package delivery

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
)

// cloned returns a copy of the source in another place.
func cloned(t *testing.T) string {
	t.Helper()
	elsewhere := filepath.Join(t.TempDir(), "another", "place")
	if err := os.MkdirAll(elsewhere, 0o750); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Makefile", "go.mod", "go.sum", "adapters", "app", "cmd", "deploy", "domain", "ports"} {
		from, to := filepath.Join(root, part), filepath.Join(elsewhere, part)
		info, err := os.Stat(from)
		if err != nil {
			t.Fatal(err)
		}
		if info.IsDir() {
			err = os.CopyFS(to, os.DirFS(from))
		} else if raw, failed := os.ReadFile(from); failed != nil {
			err = failed
		} else {
			err = os.WriteFile(to, raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return elsewhere
}

// TestSameSourceSamePackages builds all again from a copy of the source elsewhere,
// the one for arm64 without anything that was compiled before.
func TestSameSourceSamePackages(t *testing.T) {
	elsewhere := cloned(t)
	lee, err := os.ReadFile(dist(t, "lee"))
	if err == nil {
		err = errors.Join(os.Mkdir(filepath.Join(elsewhere, "dist"), 0o750), os.WriteFile(filepath.Join(elsewhere, "dist", "lee"), lee, 0o755))
	}
	if err != nil {
		t.Fatal(err)
	}
	// To compile everything twice for both would be half a minute for little more.
	for processor, env := range map[string][]string{"arm64": {"GOCACHE=" + t.TempDir()}, "amd64": nil} {
		build := exec.CommandContext(t.Context(), "make", "-C", elsewhere, "-o", "build", "package", "processors="+processor)
		build.Env = append(append(os.Environ(), "TZ=Pacific/Auckland"), env...)
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", build, err, out)
		}
	}
	for _, architecture := range lambdapackage.Architectures() {
		file := "lee-" + architecture.String() + ".zip"
		here, err := os.ReadFile(dist(t, file))
		if err != nil {
			t.Fatal(err)
		}
		there, err := os.ReadFile(filepath.Join(elsewhere, "dist", file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(here, there) {
			t.Errorf("%s: the same source gives %d and %d bytes that differ", file, len(here), len(there))
		}
		t.Logf("%s: %.2f MB", file, float64(len(here))/1e6)
	}
}

// TestOnARM starts the programs of the package for arm64, most often in an emulator.
// That runs one program and cannot start another in its place, so it is told which.
func TestOnARM(t *testing.T) {
	emulator := os.Getenv("LEE_ARM64")
	if emulator == "" {
		t.Fatal("LEE_ARM64 is not set: make live sets it")
	}
	task := t.TempDir()
	if err := lambdapackage.Unpack(packageFor(t, "arm64"), task); err != nil {
		t.Fatal(err)
	}

	t.Run("bootstrap", func(t *testing.T) {
		c := exec.CommandContext(t.Context(), emulator, filepath.Join(task, "bootstrap"))
		c.Env = []string{"LAMBDA_MODE=failsafe"}
		out, _ := c.CombinedOutput()
		// Where the kernel does know the emulator, the failsafe starts and misses Lambda.
		if !strings.Contains(string(out), "failsafe") && !strings.Contains(string(out), "AWS_LAMBDA_RUNTIME_API") {
			t.Errorf("it printed %q", out)
		}
	})

	lee, err := os.ReadFile(dist(t, "lee"))
	if err != nil {
		t.Fatal(err)
	}
	program := map[string]string{"normal": "engine", "failsafe": "failsafe"}
	for _, mode := range modes {
		t.Run(mode, func(t *testing.T) {
			folder := t.TempDir()
			script := "#!/bin/sh\nexec '" + emulator + "' '" + filepath.Join(task, program[mode]) + "'\n"
			for name, content := range map[string][]byte{"bootstrap": []byte(script), "lee": lee} {
				if err := os.WriteFile(filepath.Join(folder, name), content, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			serves(t, mode, filepath.Join(folder, "lee"), "run", "--logs")
		})
	}
}
