package lambdaapi

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// What Lambda gives a function whose configuration says nothing else; see
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
const (
	DefaultTimeout     = 3 * time.Second
	DefaultInitTimeout = 10 * time.Second
	DefaultMemoryMB    = 128
)

// MaxTimeout is the longest time Lambda allows an invocation.
const MaxTimeout = 15 * time.Minute

// Config describes a function. Executable is required; the zero value of every
// other field means its default.
type Config struct {
	// Executable is the file that Lambda would start, such as dist/bootstrap.
	// A relative path is taken from the current folder.
	Executable string

	// TaskRoot is the function's working folder and its LAMBDA_TASK_ROOT.
	// Default: the folder of Executable.
	TaskRoot string

	// Env holds the function's own variables. The process sees these and
	// Lambda's, nothing of the caller's environment. Names that Lambda reserves
	// for itself are refused, except the AWS credentials, which here come from
	// nowhere else.
	Env map[string]string

	// Output receives what the process prints on stdout and stderr, in order and
	// never from two goroutines at once. Nil discards it.
	Output io.Writer

	// Address is where the Runtime API and the invoke address listen.
	// Default: a free port on 127.0.0.1. There is no authentication, so it must be on
	// the loopback interface.
	Address string

	// Name is the function's name. Default: "function".
	Name string

	// Handler is the function's _HANDLER. Default: "bootstrap".
	Handler string

	// Region is the AWS region the function is told. Default: "us-east-1".
	Region string

	// MemoryMB is the memory size the function is told, in MB.
	// Default: [DefaultMemoryMB].
	MemoryMB int

	// Confine holds the process to what Lambda gives a function of that size: so
	// much memory, beyond which the kernel kills it, and once it has initialised
	// for the first time MemoryMB/1769 of a CPU. Where the machine cannot do that
	// (see [ErrNoConfinement]) the function does not start.
	Confine bool

	// Timeout bounds an invocation, from the event's hand-over to the next poll.
	// Default: [DefaultTimeout]; at most [MaxTimeout].
	Timeout time.Duration

	// InitTimeout bounds the first initialisation, from exec to first poll; that of
	// a restart is bounded by Timeout. Default: [DefaultInitTimeout].
	InitTimeout time.Duration

	// Grace is for how much longer than Timeout and InitTimeout the process is waited
	// for, which it is not told. Lambda gives none: it is for tests, whose machine may
	// be too busy to run the process in time. Default: 0.
	Grace time.Duration

	// Freeze stops the process between invocations (SIGSTOP, SIGCONT), as Lambda
	// freezes it: clocks go on, connections age, nothing runs.
	Freeze bool
}

// completed returns the configuration with its defaults filled in and its paths
// absolute, or an error that names every mistake.
func (c Config) completed() (Config, error) {
	var mistakes []error
	mistake := func(format string, args ...any) {
		mistakes = append(mistakes, fmt.Errorf(format, args...))
	}

	if c.Executable == "" {
		mistake("no executable is given")
	} else if path, err := executable(c.Executable); err != nil {
		mistakes = append(mistakes, err)
	} else {
		c.Executable = path
	}

	if c.TaskRoot == "" {
		c.TaskRoot = filepath.Dir(c.Executable)
	}
	if root, err := filepath.Abs(c.TaskRoot); err != nil {
		mistake("task root %s: %w", c.TaskRoot, err)
	} else if info, err := os.Stat(root); err != nil {
		mistake("task root: %w", err)
	} else if !info.IsDir() {
		mistake("task root %s is not a folder", root)
	} else {
		c.TaskRoot = root
	}

	for _, name := range slices.Sorted(maps.Keys(c.Env)) {
		if reserved(name) {
			mistake("environment variable %s is set by Lambda itself and cannot be given", name)
		}
	}

	c.Address = cmp.Or(c.Address, "127.0.0.1:0")
	if !isLoopback(c.Address) {
		mistake("address %s can be reached from other machines; use one on the loopback interface, 127.0.0.1:9000", c.Address)
	}
	c.Name = cmp.Or(c.Name, "function")
	c.Handler = cmp.Or(c.Handler, "bootstrap")
	c.Region = cmp.Or(c.Region, "us-east-1")
	c.MemoryMB = cmp.Or(c.MemoryMB, DefaultMemoryMB)
	c.Timeout = cmp.Or(c.Timeout, DefaultTimeout)
	c.InitTimeout = cmp.Or(c.InitTimeout, DefaultInitTimeout)

	if c.MemoryMB < 0 {
		mistake("memory size %d MB is negative", c.MemoryMB)
	}
	if c.Timeout < 0 || c.Timeout > MaxTimeout {
		mistake("time-out %v is not within 0 and %v", c.Timeout, MaxTimeout)
	}
	if c.InitTimeout < 0 {
		mistake("initialisation time-out %v is negative", c.InitTimeout)
	}
	if len(mistakes) > 0 {
		return Config{}, fmt.Errorf("lambdaapi: %w", errors.Join(mistakes...))
	}
	return c, nil
}

// executable returns the absolute path of a file that can be started. Found out
// here, a forgotten build is a clear error and not a failed invocation.
func executable(path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("executable %s: %w", path, err)
	}
	info, err := os.Stat(absolute)
	if err != nil {
		return "", fmt.Errorf("executable: %w", err)
	}
	if !info.Mode().IsRegular() || info.Mode().Perm()&0o111 == 0 {
		return "", fmt.Errorf("executable %s is not an executable file", absolute)
	}
	return absolute, nil
}
