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

func TestMain(m *testing.M) {
	flag.Parse()
	_ = flag.Set("test.parallel", "8") // what is parallel here waits, and hardly computes
	goleak.VerifyTestMain(m, goleak.Cleanup(func(status int) {
		if folder, err := dist(); err == nil && os.Getenv("LEE_DIST") == "" {
			_ = os.RemoveAll(folder)
		}
		os.Exit(status)
	}))
}

// dist returns the folder with the programs, and builds them the first time.
var dist = sync.OnceValues(func() (string, error) {
	if folder := os.Getenv("LEE_DIST"); folder != "" {
		return filepath.Abs(folder)
	}
	folder, err := os.MkdirTemp("", "lee-dist-")
	if err != nil {
		return "", err
	}
	args, cgo := []string{"build", "-buildvcs=false", "-tags", "lambda.norpc"}, "CGO_ENABLED=0"
	if raceDetector {
		args, cgo = append(args, "-race"), "CGO_ENABLED=1"
	}
	args = append(args, "-o", folder+string(filepath.Separator))
	for _, program := range programs {
		args = append(args, "../../cmd/"+program)
	}
	build := exec.Command("go", args...)
	build.Env = append(os.Environ(), cgo)
	if out, err := build.CombinedOutput(); err != nil {
		return folder, fmt.Errorf("the programs cannot be built: %w\n%s", err, out)
	}
	return folder, nil
})

// program returns the path of one of the programs.
func program(t *testing.T, name string) string {
	t.Helper()
	folder, err := dist()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, name)
}
