package lambdaapi

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"
	"unsafe"
)

// readResources is false for a process that is gone.
func readResources(pid int) (Resources, bool) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return Resources{}, false
	}
	var r Resources
	var resident, peak, cpu bool
	r.Resident, resident = kilobytes(status, "VmRSS")
	r.PeakResident, peak = kilobytes(status, "VmHWM")
	r.CPU, cpu = cpuTime(pid)
	if !resident || !peak || !cpu {
		return Resources{}, false
	}
	return r, true
}

// kilobytes reads a line such as "VmRSS:     1772 kB" and returns it in bytes. A
// zombie has no such line.
func kilobytes(status []byte, field string) (int64, bool) {
	lines := bufio.NewScanner(bytes.NewReader(status))
	for lines.Scan() {
		words := bytes.Fields(lines.Bytes())
		if len(words) == 3 && string(words[0]) == field+":" && string(words[2]) == "kB" {
			n, err := strconv.ParseInt(string(words[1]), 10, 64)
			return n << 10, err == nil
		}
	}
	return 0, false
}

// cpuTime reads the process's own CPU clock: what clock_getcpuclockid(3) finds
// for a process id. /proc/<pid>/stat counts in hundredths of a second, too
// coarse for a directive that takes a fraction of a millisecond.
func cpuTime(pid int) (time.Duration, bool) {
	const schedulerClock = 2 // CPUCLOCK_SCHED of linux/posix-timers.h: user and system time
	clock := ^pid<<3 | schedulerClock
	var now syscall.Timespec
	_, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, uintptr(clock), uintptr(unsafe.Pointer(&now)), 0) //nolint:gosec // the kernel fills it in
	return time.Duration(now.Nano()), errno == 0
}
