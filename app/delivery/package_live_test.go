//go:build live

package delivery

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestFreshClone: in a copy of the source the commands run of which the documentation
// says that they run anywhere. Another copy, elsewhere, gives packages of the same
// bytes; the one for arm64 without anything that was compiled before.
func TestFreshClone(t *testing.T) {
	one := copied(t, root, "one")
	two := copied(t, one, filepath.Join("another", "place"))

	n := 0
	for page, blocks := range blocks(t) {
		for _, b := range blocks {
			if !b.run {
				continue
			}
			n++
			out := in(t, one, nil, "sh", "-e", "-c", b.script)
			if strings.Contains(b.script, "make run") && !strings.Contains(out, "All of it worked.") {
				t.Errorf("%s: %s says\n%s", page, b.script, out)
			}
		}
	}
	if n < 3 {
		t.Fatalf("%d blocks of commands were run", n)
	}

	if err := os.CopyFS(filepath.Join(two, "dist"), os.DirFS(filepath.Join(one, "dist"))); err != nil {
		t.Fatal(err) // lee itself is not compared, and need not be built again
	}
	for processor, env := range map[string][]string{"arm64": {"GOCACHE=" + t.TempDir()}, "amd64": nil} {
		in(t, two, append(env, "TZ=Pacific/Auckland"), "rm", "-r", filepath.Join("dist", processor))
		in(t, two, append(env, "TZ=Pacific/Auckland"), "make", "-o", "build", "package", "processors="+processor)
	}
	for _, architecture := range lambdapackage.Architectures() {
		file := filepath.Join("dist", "lee-"+architecture.String()+".zip")
		here, there := read(t, filepath.Join(one, file)), read(t, filepath.Join(two, file))
		if here != there {
			t.Errorf("%s: the same source gives %d and %d bytes that differ", file, len(here), len(there))
		}
		t.Logf("%s: %.2f MB", file, float64(len(here))/1e6)
	}
}

// copied returns the folder, of a name below a new one, that the source is copied to.
func copied(t *testing.T, from, name string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(to, 0o750); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Makefile", "go.mod", "go.sum"} {
		if err := os.WriteFile(filepath.Join(to, part), []byte(read(t, filepath.Join(from, part))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range []string{"adapters", "app", "cmd", "deploy", "domain", "ports"} {
		if err := os.CopyFS(filepath.Join(to, part), os.DirFS(filepath.Join(from, part))); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// in runs a command in a folder and returns what it prints.
func in(t *testing.T, folder string, env []string, name string, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir, c.Env = folder, plainly(env...)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", c, err, out)
	}
	return string(out)
}

// TestOnARM starts the programs of the package for arm64, most often in an emulator.
// That runs one program and cannot start another in its place, so it is told which.
func TestOnARM(t *testing.T) {
	emulator := os.Getenv("LEE_ARM64")
	if emulator == "" {
		t.Fatal("LEE_ARM64 is not set: make live sets it")
	}
	task := t.TempDir()
	file := packageFor(t, "arm64")
	if err := portstest.Alone(func() error { return lambdapackage.Unpack(file, task) }); err != nil {
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
				if err := portstest.WriteProgram(filepath.Join(folder, name), content); err != nil {
					t.Fatal(err)
				}
			}
			serves(t, mode, filepath.Join(folder, "lee"), "run", "--logs")
		})
	}
}
