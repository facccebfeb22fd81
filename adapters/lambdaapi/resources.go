package lambdaapi

import "time"

// Resources is what a process uses, as its kernel counts it.
type Resources struct {
	// Resident is the memory in use now, in bytes, shared pages included (VmRSS
	// of proc_pid_status(5); exact to some hundred KiB, as the kernel batches it).
	Resident int64

	// PeakResident is the most there ever was, in bytes (VmHWM).
	PeakResident int64

	// CPU is the time spent computing since exec, user and system, of all
	// threads, to the nanosecond.
	CPU time.Duration
}
