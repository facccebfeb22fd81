//go:build bench

package bench

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// programs are what is measured: LEE's package, the floor, and that of discovery.
type programs struct{ lee, floor, everything string }

// build builds both as `make build` builds LEE.
func build(tb testing.TB) programs {
	tb.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		tb.Fatal(err)
	}
	dist := tb.TempDir()
	compile := func(out string, packages ...string) {
		args := append([]string{"build", "-trimpath", "-buildvcs=false", "-tags", "lambda.norpc,nethttpomithttp2", "-ldflags", "-s -w -buildid=", "-o", out}, packages...)
		command := exec.Command("go", args...)
		command.Dir = root
		command.Env = append(os.Environ(), "CGO_ENABLED=0")
		if output, err := command.CombinedOutput(); err != nil {
			tb.Fatalf("go %v: %v\n%s", args, err, output)
		}
	}
	compile(dist+"/", "./cmd/bootstrap", "./cmd/engine", "./cmd/failsafe")
	compile(dist+"/", "./app/bench/testdata/floor", "./app/bench/testdata/everything")
	return programs{filepath.Join(dist, "bootstrap"), filepath.Join(dist, "floor"), filepath.Join(dist, "everything")}
}

// start starts a program as Lambda would and waits for its first poll.
func start(tb testing.TB, program string, env map[string]string) (*lambdaapi.Function, time.Duration) {
	tb.Helper()
	return startAs(tb, lambdaapi.Config{Executable: program, Env: env})
}

// startConfined is start with no more than Lambda gives a function of 128 MB,
// where this machine can hold it to that.
func startConfined(tb testing.TB, program string, env map[string]string) (*lambdaapi.Function, time.Duration) {
	tb.Helper()
	config := lambdaapi.Config{Executable: program, Env: env, MemoryMB: 128, Confine: true}
	tried, err := lambdaapi.Start(config) // no process yet
	if errors.Is(err, lambdaapi.ErrNoConfinement) {
		tb.Log("with a whole CPU: ", err)
		config.Confine = false
	}
	if err == nil {
		_ = tried.Close()
	}
	return startAs(tb, config)
}

func startAs(tb testing.TB, config lambdaapi.Config) (*lambdaapi.Function, time.Duration) {
	tb.Helper()
	config.Timeout = 20 * time.Second
	f, err := lambdaapi.Start(config)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	took, err := f.Init(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return f, took
}

// invoke sends an event and returns how long the answer took.
func invoke(tb testing.TB, f *lambdaapi.Function, event []byte) lambdaapi.Result {
	tb.Helper()
	result, err := f.Invoke(context.Background(), event)
	if err != nil {
		tb.Fatal(err)
	}
	if result.Error != nil {
		tb.Fatal(result.Error)
	}
	return result
}

// median returns the middle of some durations.
func median(durations []time.Duration) time.Duration {
	slices.Sort(durations)
	return durations[len(durations)/2]
}
