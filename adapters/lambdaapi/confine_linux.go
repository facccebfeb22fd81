package lambdaapi

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// group is the control group that holds a function's processes (cgroups(7)); a
// nil one holds nothing. It is the worker's own.
type group struct {
	// folders are the group's folders: one, or one for each controller.
	folders []string
	// quota is the file that bounds the CPU time, throttle what to write there.
	quota, throttle string
	throttled       bool
}

// period is that of the CPU quota in microseconds. Lambda's is said to be as
// short.
const period = 20_000

// newGroup makes a control group with that much memory, in bytes, and no bound on
// its CPU time yet.
func newGroup(name string, memory int64, share float64) (*group, error) {
	bytes, quota := strconv.FormatInt(memory, 10), strconv.Itoa(int(share*period))
	unified, err := newGroupIn([]controller{{"/sys/fs/cgroup", []setting{
		{"memory.max", bytes, false}, {"memory.swap.max", "0", true}, {"cpu.max", "max " + strconv.Itoa(period), false},
	}}}, name, "cpu.max", quota+" "+strconv.Itoa(period))
	if err == nil {
		return unified, nil
	}
	split, errSplit := newGroupIn([]controller{
		{"/sys/fs/cgroup/memory", []setting{{"memory.limit_in_bytes", bytes, false}, {"memory.memsw.limit_in_bytes", bytes, true}}},
		{"/sys/fs/cgroup/cpu", []setting{{"cpu.cfs_period_us", strconv.Itoa(period), false}}},
	}, name, "cpu.cfs_quota_us", quota)
	if errSplit == nil {
		return split, nil
	}
	return nil, fmt.Errorf("%w: %w", ErrNoConfinement, errors.Join(err, errSplit))
}

// controller is where groups are made, and what is written into a new one.
type controller struct {
	root     string
	settings []setting
}

// setting is a file's content; one that may be missing depends on how the kernel
// was built.
type setting struct {
	file, content string
	mayBeMissing  bool
}

// newGroupIn makes a group below one controller after the other. quota is a file
// of the last one. Nothing is left behind when it fails.
func newGroupIn(controllers []controller, name, quota, throttle string) (*group, error) {
	g := &group{throttle: throttle}
	for _, c := range controllers {
		folder := filepath.Join(c.root, name)
		if err := os.Mkdir(folder, 0o750); err != nil {
			return nil, errors.Join(err, g.remove())
		}
		g.folders = append(g.folders, folder)
		for _, s := range c.settings {
			if err := put(filepath.Join(folder, s.file), s.content); err != nil && !s.mayBeMissing {
				return nil, errors.Join(err, g.remove())
			}
		}
		g.quota = filepath.Join(folder, quota)
	}
	return g, nil
}

// put writes a file that must be there: creating one is not for us in this file
// system.
func put(file, content string) error {
	f, err := os.OpenFile(file, os.O_WRONLY, 0) //nolint:gosec // the files are named in this one
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	return errors.Join(err, f.Close())
}

// add puts a process into the group. What it has used before counts elsewhere.
func (g *group) add(pid int) error {
	if g == nil {
		return nil
	}
	for _, folder := range g.folders {
		if err := put(filepath.Join(folder, "cgroup.procs"), strconv.Itoa(pid)); err != nil {
			return err
		}
	}
	return nil
}

// slow leaves the group its share of a CPU from now on.
func (g *group) slow() error {
	if g == nil || g.throttled {
		return nil
	}
	g.throttled = true
	return put(g.quota, g.throttle)
}

// remove removes the group. The kernel takes a moment to let go of processes that
// have ended.
func (g *group) remove() error {
	if g == nil {
		return nil
	}
	var errs []error
	for _, folder := range g.folders {
		err := os.Remove(folder)
		for patience := time.Now().Add(time.Second); errors.Is(err, syscall.EBUSY) && time.Now().Before(patience); {
			time.Sleep(time.Millisecond)
			err = os.Remove(folder)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
