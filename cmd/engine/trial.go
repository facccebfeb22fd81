package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// trial is the time from a process's start to its first answer. How it goes is added to
// the mark that bootstrap has left (cmd/bootstrap says what that is for): an engine that
// does not pass is not started again in this environment.
type trial struct {
	// mark is the mark, open from the start: the first event has less of a CPU for it.
	// It is nil where there is none.
	mark *os.File
	hung *time.Timer
	// began is when the process began.
	began time.Time
	// waits says that the engine waits for its first event.
	waits atomic.Bool
}

// longestStart is how long an engine may take until it asks for an event. It takes
// some milliseconds; with the little of a CPU that Lambda gives the second try, a
// tenth of a second. A second later the failsafe can have answered, and Alexa still
// waits; Lambda itself would let it hang for ten seconds.
const longestStart = 4 * time.Second

// begin begins the trial of a process that was started with these arguments.
func begin(args []string) *trial {
	t := &trial{began: time.Now()}
	if len(args) < 2 { // not started by bootstrap, or there is no place for a mark
		return t
	}
	var err error
	if t.mark, err = os.OpenFile(args[1], os.O_WRONLY|os.O_APPEND|syscall.O_NONBLOCK, 0); err != nil { //nolint:gosec // bootstrap names it
		return &trial{began: t.began} // the next start tries the engine again
	}
	t.hung = time.AfterFunc(longestStart, func() {
		_ = fault.Guard(func() error {
			t.fail(fmt.Sprintf("it was not ready %v after its start", longestStart), nil)
			return nil
		})
	})
	ends := make(chan os.Signal, 1)
	signal.Notify(ends, syscall.SIGTERM)
	go func() {
		_ = fault.Guard(func() error {
			<-ends
			if !t.waits.Load() {
				return nil
			}
			return os.Remove(t.mark.Name()) // it did not fail, it was not needed
		})
		os.Exit(0)
	}()
	return t
}

// ready notes that the engine waits for its first event.
func (t *trial) ready() {
	if t.hung != nil {
		t.hung.Stop()
	}
	t.waits.Store(true)
}

// fail notes why the engine cannot start, and becomes the failsafe, as bootstrap would the
// next time: the event that waits need not find out. It does not return.
func (t *trial) fail(why string, err error) {
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "LEE cannot start: %s: %v\n", why, err)
		for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
			err = cause // the mark has the cause, the log also the way to it
		}
		why += ": " + err.Error()
	} else {
		_, _ = fmt.Fprintf(os.Stderr, "LEE cannot start: %s\n", why)
	}
	t.add(why)
	path := filepath.Join(filepath.Dir(os.Args[0]), "failsafe")
	why = fmt.Sprintf("the engine does not work here: %.*s", longestWhy, why)
	told := []string{path, why, strconv.FormatInt(time.Now().Unix(), 10), strconv.FormatInt(t.began.UnixMilli(), 10)}
	err = syscall.Exec(path, told, os.Environ()) //nolint:gosec // it lies beside this program
	_, _ = fmt.Fprintf(os.Stderr, "the failsafe cannot be started: %v\n", err)
	os.Exit(1)
}

// starts has a panic while the engine starts be a failure to start. It is deferred.
func (t *trial) starts() {
	if p := recover(); p != nil {
		_, _ = os.Stderr.Write(debug.Stack())
		t.fail(fmt.Sprintf("it panicked: %v", p), nil)
	}
}

// answers notes a panic, which goes on: the event may have been carried out, and
// nobody must do it again. It is deferred.
func (t *trial) answers() {
	if p := recover(); p != nil {
		t.add(fmt.Sprintf("it panicked: %v", p))
		panic(p)
	}
}

// longestWhy is how much of a reason is kept.
const longestWhy = 300

// add adds something that has happened to the mark.
func (t *trial) add(what string) {
	if t.mark != nil {
		_, _ = fmt.Fprintf(t.mark, "%d %.*s\n", time.Now().Unix(), longestWhy, strings.ReplaceAll(what, "\n", " "))
	}
}

// tried is the engine's handler, whose first event ends the trial.
type tried struct {
	lambda.Handler
	trial *trial
	over  atomic.Bool
}

// Invoke implements lambda.Handler.
func (h *tried) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	if h.over.Load() {
		return h.Handler.Invoke(ctx, event)
	}
	h.trial.waits.Store(false)
	h.trial.add("event")
	defer h.trial.answers()
	answer, err := h.Handler.Invoke(ctx, event)
	h.trial.add("answer")
	_ = h.trial.mark.Close() // of none it does nothing
	h.over.Store(true)
	return answer, err
}
