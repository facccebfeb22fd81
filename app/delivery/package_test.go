package delivery

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/lambdapackage"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// root is the folder of the whole, as tests see it.
const root = "../.."

func TestMain(m *testing.M) {
	runStandIn()
	flag.Parse()
	_ = flag.Set("test.parallel", "8") // what is parallel here waits, and hardly computes
	folder, err := os.MkdirTemp("", "lee-delivery-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	built = folder
	status := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(status)
}

// built is a folder for what the tests build.
var built string

// packed returns the folder in which `make package` has put LEE for this machine's
// architecture, and lee.
var packed = sync.OnceValues(func() (string, error) {
	if folder := os.Getenv("LEE_DIST"); folder != "" {
		return filepath.Abs(folder)
	}
	out, err := exec.Command("make", "-C", root, "package", "dist="+built, "processors="+runtime.GOARCH).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("make package: %w\n%s", err, out)
	}
	return built, err
})

// dist returns the path of something that `make package` makes.
func dist(t *testing.T, name string) string {
	t.Helper()
	folder, err := packed()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, name)
}

// packageFor returns the path of the package for one of Go's architectures.
func packageFor(t *testing.T, processor string) string {
	t.Helper()
	architecture, err := lambdapackage.Named(processor)
	if err != nil {
		t.Skipf("Lambda does not run on this machine's processor, %s", processor)
	}
	return dist(t, "lee-"+architecture.String()+".zip")
}

// unpacking is held while the package is unpacked.
var unpacking sync.Mutex

// unpacked returns a folder of the test's own with what the package for this machine
// holds. It is unpacked once, and linked from there: a file may be replaced, and must not
// be written to.
func unpacked(t *testing.T) string {
	t.Helper()
	file, from := packageFor(t, runtime.GOARCH), filepath.Join(built, "unpacked")
	unpacking.Lock()
	defer unpacking.Unlock()
	if _, err := os.Stat(from); err != nil {
		if err := errors.Join(os.Mkdir(from, 0o700), portstest.Alone(func() error { return lambdapackage.Unpack(file, from) })); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	for _, file := range files {
		if err := os.Link(filepath.Join(from, file.Name()), filepath.Join(to, file.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// plainly is the environment without what would lead LEE to somebody's home.
func plainly(more ...string) []string {
	var env []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "HOME_ASSISTANT_") && !strings.HasPrefix(variable, "AWS_") && !strings.HasPrefix(variable, "LAMBDA_") {
			env = append(env, variable)
		}
	}
	return append(env, more...)
}

// modes are what a package may be started as.
var modes = []string{"normal", "failsafe"}

// TestPackageRuns: the package for this machine, unpacked and started as Lambda
// does it, serves a discovery, a command and a state report in either mode.
func TestPackageRuns(t *testing.T) {
	file := packageFor(t, runtime.GOARCH)
	for _, mode := range modes {
		t.Run(mode, func(t *testing.T) {
			serves(t, mode, dist(t, "lee"), "run", "--logs", "--package", file)
		})
	}
}

// TestPackageOfABrokenEngine: who tries a package is told that the failsafe had to
// answer, which it does as well as ever.
func TestPackageOfABrokenEngine(t *testing.T) {
	whole, err := zip.OpenReader(packageFor(t, runtime.GOARCH))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = whole.Close() }()
	file := filepath.Join(t.TempDir(), "broken.zip")
	to, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	broken := zip.NewWriter(to)
	for _, f := range whole.File {
		if f.Name == "engine" {
			continue
		}
		if err := broken.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(broken.Close(), to.Close()); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), dist(t, "lee"), "run", "--package", file)
	c.Env = plainly()
	out, err := c.CombinedOutput()
	const want = "the failsafe answered, and not the engine: the engine does not work here: it cannot be started: no such file or directory"
	if err == nil || !strings.Contains(string(out), want) || !strings.Contains(string(out), "StateReport: powerState ON") {
		t.Errorf("%v\n%s", err, out)
	}
}

// serves runs `lee run` against the demo house, which ends well only when all
// three directives have been carried out.
func serves(t *testing.T, mode, program string, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := exec.CommandContext(t.Context(), program, args...)
	c.Env = plainly("LAMBDA_MODE=" + mode)
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		t.Fatalf("%v: %v\n%s%s", c, err, stdout.String(), stderr.String())
	}
	for _, want := range []string{"Discover.Response: ", "Response: powerState ON", "StateReport: powerState ON", "All of it worked."} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("%q is missing from:\n%s", want, stdout.String())
		}
	}
	if engine := strings.Contains(stderr.String(), `"message":"answered"`); engine != (mode == "normal") {
		t.Errorf("the engine answered: %t, in mode %s:\n%s", engine, mode, stderr.String())
	}
}

// TestPackageSize: a package stays small.
func TestPackageSize(t *testing.T) {
	info, err := os.Stat(packageFor(t, runtime.GOARCH))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %.2f MB", info.Name(), float64(info.Size())/1e6)
	if info.Size() > lambdapackage.MaxSize {
		t.Errorf("%d bytes are more than %d", info.Size(), lambdapackage.MaxSize)
	}
}
