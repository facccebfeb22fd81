//go:build bench

package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// quota gives the process pid a share of one CPU from now on, as Lambda does
// with a function of little memory. The error says why this machine cannot.
func quota(tb testing.TB, pid int, share float64) error {
	tb.Helper()
	const period = 20_000 // microseconds
	limit := int(share * period)
	name := fmt.Sprintf("lee-bench-%d", pid)
	type file struct{ name, content string }
	for _, c := range []struct {
		root  string
		files []file
	}{
		{"/sys/fs/cgroup/cpu", []file{{"cpu.cfs_period_us", strconv.Itoa(period)}, {"cpu.cfs_quota_us", strconv.Itoa(limit)}}},
		{"/sys/fs/cgroup", []file{{"cpu.max", fmt.Sprintf("%d %d", limit, period)}}},
	} {
		folder := filepath.Join(c.root, name)
		if os.Mkdir(folder, 0o755) != nil {
			continue
		}
		tb.Cleanup(func() { _ = os.Remove(folder) })
		done := true
		for _, f := range append(c.files, file{"cgroup.procs", strconv.Itoa(pid)}) {
			if err := os.WriteFile(filepath.Join(folder, f.name), []byte(f.content), 0o644); err != nil {
				done = false
				break
			}
		}
		if done {
			return nil
		}
	}
	return fmt.Errorf("no cgroup with a CPU quota can be made here (that takes root)")
}
