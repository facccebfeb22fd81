package lambdaapi

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

func TestFreeze(t *testing.T) {
	f := start(t, func(config *Config) { config.Freeze = true })
	if _, err := f.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	frozen := func() bool { return processState(t, f.PID()) == 'T' }
	eventually(t, "frozen after the initialisation", frozen)
	for n := range 3 {
		result := invoke(t, f, order{Do: "echo", Text: "lamp"})
		if string(result.Payload) != `"lamp"` || result.Process != 1 || result.Cold != (n == 0) {
			t.Errorf("invocation %d: %+v", n, result)
		}
		eventually(t, "frozen after the invocation", frozen)
	}
	invoke(t, f, order{Do: "exit"})
	if result := invoke(t, f, order{Do: "echo", Text: "again"}); string(result.Payload) != `"again"` || result.Process != 2 {
		t.Errorf("after an exit: %+v", result)
	}
	eventually(t, "frozen after the restart", frozen)
	// The clean-up closes the function while it is frozen.
}

func TestNoFreezeUnlessAsked(t *testing.T) {
	f := start(t, nil)
	invoke(t, f, order{Do: "echo"})
	invoke(t, f, order{Do: "echo"})
	if state := processState(t, f.PID()); state == 'T' {
		t.Error("the process is stopped")
	}
}

// processState is the letter of proc_pid_stat(5): T for stopped.
func processState(t *testing.T, pid int) byte {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	return stat[bytes.LastIndexByte(stat, ')')+2]
}

func TestResources(t *testing.T) {
	f := start(t, nil)
	if r, ok := f.Resources(); ok {
		t.Errorf("resources of no process: %+v", r)
	}
	invoke(t, f, order{Do: "echo"})
	before, ok := f.Resources()
	if !ok || before.Resident < 1<<20 || before.PeakResident < before.Resident || before.CPU <= 0 {
		t.Fatalf("before: %+v, %t", before, ok)
	}
	invoke(t, f, order{Do: "compute"})
	if after, ok := f.Resources(); !ok || after.CPU <= before.CPU {
		t.Errorf("after: %+v, %t; before: %+v", after, ok, before)
	}
}

func TestKilobytes(t *testing.T) {
	status := []byte("Name:\tVmRSS: 7 kB\nVmPeak:\t 9 kB\nVmRSS:\t    1772 kB\nThreads:\t1\nVmHWM:\t many kB\n")
	cases := map[string]struct {
		bytes int64
		ok    bool
	}{"VmRSS": {1772 << 10, true}, "VmPeak": {9 << 10, true}, "Threads": {0, false}, "VmHWM": {0, false}, "VmSwap": {0, false}}
	for field, want := range cases {
		if bytes, ok := kilobytes(status, field); ok != want.ok || (ok && bytes != want.bytes) {
			t.Errorf("%s: %d, %t", field, bytes, ok)
		}
	}
}
