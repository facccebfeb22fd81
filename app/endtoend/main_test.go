package endtoend

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

// programs are what `make build` makes.
var programs = []string{"bootstrap", "engine", "failsafe", "lee"}

// built is where programs are built.
var built string

func TestMain(m *testing.M) {
	flag.Parse()
	_ = flag.Set("test.parallel", "8") // what is parallel here waits, and hardly computes
	var err error
	if built, err = os.MkdirTemp("", "lee-endtoend-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(status int) {
		_ = os.RemoveAll(built)
		os.Exit(status)
	}))
}

// dist returns the folder with the programs that most tests start: built the
// first time, with the race detector where the tests have it.
var dist = sync.OnceValues(func() (string, error) { return made(raceDetector) })

// released returns the folder with the programs as they are released, for tests
// that measure.
var released = sync.OnceValues(func() (string, error) {
	if !raceDetector {
		return dist()
	}
	return made(false)
})

// made returns a folder with the programs: new, unless LEE_DIST names one.
func made(race bool) (string, error) {
	if folder := os.Getenv("LEE_DIST"); folder != "" {
		return filepath.Abs(folder)
	}
	return build(fmt.Sprintf("race-%t", race), race)
}

// build builds the programs, with further arguments of go build, and returns the folder
// that they are in.
func build(name string, race bool, more ...string) (string, error) {
	folder := filepath.Join(built, name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	// As `make build` does it, so that what is built already is not built again.
	args, cgo := []string{"build", "-trimpath", "-buildvcs=false", "-tags", "lambda.norpc,nethttpomithttp2", "-ldflags", "-s -w -buildid="}, "CGO_ENABLED=0"
	if race {
		args, cgo = []string{"build", "-race", "-buildvcs=false", "-tags", "lambda.norpc,nethttpomithttp2"}, "CGO_ENABLED=1"
	}
	args = append(append(args, more...), "-o", folder+string(filepath.Separator))
	for _, program := range programs {
		args = append(args, "../../cmd/"+program)
	}
	build := exec.Command("go", args...)
	build.Env = append(os.Environ(), cgo)
	if out, err := build.CombinedOutput(); err != nil {
		return folder, fmt.Errorf("the programs cannot be built: %w\n%s", err, out)
	}
	return folder, nil
}

// program returns the path of one of the programs.
func program(t *testing.T, name string) string {
	t.Helper()
	folder, err := dist()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, name)
}
