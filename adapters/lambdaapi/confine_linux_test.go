package lambdaapi

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// confined starts the test function with that much memory, or skips the test.
func confined(t *testing.T, memoryMB int) *Function {
	t.Helper()
	config := Config{
		Executable: os.Args[0], TaskRoot: t.TempDir(), Env: map[string]string{childVariable: "", "GORACE": "atexit_sleep_ms=0"},
		MemoryMB: memoryMB, Confine: true, Timeout: MaxTimeout, InitTimeout: MaxTimeout,
	}
	f, err := Start(config)
	if errors.Is(err, ErrNoConfinement) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestConfinedMemory: what fits is given, what does not is the end of the
// process, and the next one is confined as well.
func TestConfinedMemory(t *testing.T) {
	t.Parallel()
	const memoryMB = 192 // under the race detector everything takes several times as much
	f := confined(t, memoryMB)
	for process := 1; process <= 2; process++ {
		if result := invoke(t, f, order{Do: "use memory", Size: 4 << 20}); result.Error != nil || result.Process != process {
			t.Fatalf("a little: %+v", result)
		}
		result := invoke(t, f, order{Do: "use memory", Size: 2 * memoryMB << 20})
		if result.Error == nil || result.Error.Type != TypeExit || result.Exit != "signal: killed" {
			t.Fatalf("too much: %+v", result)
		}
	}
}

// TestConfinedShare: the whole CPU until it has initialised, its share after that,
// and nothing left behind.
func TestConfinedShare(t *testing.T) {
	f := confined(t, 1769)
	if _, err := f.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	groups, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", f.PID()))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range f.group.folders {
		if name := filepath.Base(folder); !strings.Contains(string(groups), "/"+name+"\n") {
			t.Errorf("the process is not in %s:\n%s", name, groups)
		}
	}
	if quota, err := os.ReadFile(f.group.quota); err != nil || !strings.HasPrefix(string(quota), "20000") {
		t.Errorf("of %d µs it may compute %s (%v)", period, quota, err)
	}
	if result := invoke(t, f, order{Do: "exit"}); result.Exit == "" {
		t.Errorf("%+v", result)
	}
	if result := invoke(t, f, order{Do: "echo", Text: "again"}); string(result.Payload) != `"again"` || result.Process != 2 {
		t.Errorf("after an exit: %+v", result)
	}
	for range 2 {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, folder := range f.group.folders {
		if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left behind (%v)", folder, err)
		}
	}
}

// TestNoConfinement: what cannot be done is said, and leaves nothing behind.
func TestNoConfinement(t *testing.T) {
	root := t.TempDir() // no control groups, so none of their files
	_, err := newGroupIn([]controller{{root, []setting{{"memory.max", "1", true}, {"cpu.max", "1", false}}}}, "group", "cpu.max", "1")
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(root); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
