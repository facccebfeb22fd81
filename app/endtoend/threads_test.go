package endtoend

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/lambdaapi"
)

// TestThreads: where Lambda gives a share of one CPU, Go computes with one thread,
// unless the operator says something else.
func TestThreads(t *testing.T) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("this machine does not show a process's environment: ", err)
	}
	for _, mode := range []string{"normal", "failsafe"} {
		for _, c := range []struct {
			memoryMB  int
			own, want string
		}{
			{128, "", "1"},
			{1768, "", "1"},
			{1769, "", ""},
			{128, "2", "2"},
		} {
			env := map[string]string{"LAMBDA_MODE": mode}
			if c.own != "" {
				env["GOMAXPROCS"] = c.own
			}
			f := start(t, nil, env, func(config *lambdaapi.Config) { config.MemoryMB = c.memoryMB })
			f.invoke(t, ping)
			raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", f.PID()))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for variable := range strings.SplitSeq(string(raw), "\x00") {
				if value, ok := strings.CutPrefix(variable, "GOMAXPROCS="); ok {
					got = append(got, value)
				}
			}
			if want := strings.Fields(c.want); !slices.Equal(got, want) {
				t.Errorf("%s with %d MB and %q: GOMAXPROCS is %q, want %q", mode, c.memoryMB, c.own, got, want)
			}
		}
	}
}
