// Command bootstrap is the file that Lambda starts. It looks at LAMBDA_MODE and
// becomes the engine or, for "failsafe", the failsafe: the one that lies beside it. It
// also becomes the failsafe where the engine cannot be started, or has been started in
// this environment and does not work. It does next to nothing else, so that there is
// nothing in it to break.
package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	folder := "."
	if self, err := os.Executable(); err == nil {
		folder = filepath.Dir(self)
	}
	environment := withThreads(os.Environ())
	become := func(name string, told ...string) error {
		path := filepath.Join(folder, name)
		return syscall.Exec(path, append([]string{path}, told...), environment)
	}
	var told []string // nothing, for who has set LAMBDA_MODE knows
	if !strings.EqualFold(strings.TrimSpace(os.Getenv("LAMBDA_MODE")), "failsafe") {
		m := newMark(filepath.Join(folder, "engine"))
		waits := m.waits()
		why, since := engine(m, become)
		told = []string{why, since, waits}
	}
	say("the failsafe cannot be started: " + become("failsafe", told...).Error())
	os.Exit(1)
}

// engine becomes the engine. It returns why it does not, and since when.
func engine(m mark, become func(name string, told ...string) error) (why, since string) {
	if why, since = m.fared(); why != "" {
		return why, since
	}
	var told []string
	if err := m.start(); err == nil {
		told = []string{m.path}
	} else {
		say("an engine that does not work will be tried again: " + err.Error())
	}
	why = "it cannot be started: " + become("engine", told...).Error()
	_ = m.add(why) // else the next start finds out for itself
	return unfit + why, now()
}

// wholeCPU is the memory from which Lambda gives a function a whole CPU, in MB
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
const wholeCPU = 1769

// withThreads has Go compute with one thread where the function has a share of
// one CPU, though Lambda shows it two: handing work from thread to thread costs
// more than it wins then, a quarter of a command's CPU time. It is said here
// because a Go that knows it from its start spares itself the work of making room
// for more, a twentieth of the whole start. An operator who knows better sets
// GOMAXPROCS.
func withThreads(environment []string) []string {
	memory, err := strconv.Atoi(os.Getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"))
	if err != nil || memory >= wholeCPU || os.Getenv("GOMAXPROCS") != "" {
		return environment
	}
	return append(environment, "GOMAXPROCS=1")
}

// say writes a line to the log.
func say(what string) { _, _ = os.Stderr.WriteString("[BOOTSTRAP] " + what + "\n") }
