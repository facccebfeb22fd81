package lambdaapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

var (
	// ErrClosed is returned by calls on a function that was closed, also those that were under way.
	ErrClosed = errors.New("lambdaapi: the function is closed")

	// ErrEventTooLarge is returned for an event of more than [MaxEvent] bytes.
	ErrEventTooLarge = fmt.Errorf("lambdaapi: the event is larger than %d bytes", MaxEvent)
)

// Function is one execution environment: a Runtime API, at most one process at
// a time, and a queue before it. It is safe for concurrent use; events
// are worked off one by one in the order they came, as in one environment of Lambda.
//
// A Function must be closed with [Function.Close].
type Function struct {
	config  Config
	environ []string
	server  *server
	group   *group // nil when it is not confined; the worker's own
	temp    string // the folder for temporary files that Close removes, "" for none

	jobs    chan func()
	alive   context.Context //nolint:containedctx // it is the life of the function itself and ends with Close
	shut    context.CancelFunc
	stopped chan struct{} // closed when the worker has ended
	closing sync.Once
	closed  error // what Close returns

	process  atomic.Pointer[process] // the last one started, nil before
	launched int                     // processes so far; the worker's own
}

// Start opens the Runtime API for the configured function. The process itself
// starts with the first event, or with [Function.Init]. The error names every
// mistake in the configuration, or says why the address cannot be listened on, or
// why the process cannot be confined or have a folder; the function is nil then.
func Start(config Config) (*Function, error) {
	config, err := config.completed()
	if err != nil {
		return nil, err
	}
	f := &Function{config: config, jobs: make(chan func()), stopped: make(chan struct{})}
	if config.Confine {
		f.group, err = newGroup("lambdaapi-"+randomHex(4), int64(config.MemoryMB)<<20, config.share())
		if err != nil {
			return nil, err
		}
	}
	f.server, err = listen(config.Address, http.HandlerFunc(f.serveInvoke))
	if err != nil {
		return nil, errors.Join(err, f.group.remove())
	}
	if config.Env[tempDir] == "" {
		if f.temp, err = os.MkdirTemp("", "lambdaapi-"); err != nil {
			return nil, errors.Join(err, f.server.close(), f.group.remove())
		}
	}
	f.environ = config.environ(f.server.address, newLogStream(time.Now()), f.temp)
	f.alive, f.shut = context.WithCancel(context.Background())
	go f.work()
	return f, nil
}

// work does one job after the other: it alone starts, feeds and ends processes.
func (f *Function) work() {
	defer close(f.stopped)
	for {
		select {
		case job := <-f.jobs:
			job()
		case <-f.alive.Done():
			if p := f.process.Load(); p != nil {
				p.kill()
			}
			return
		}
	}
}

// Invoke hands the event to the function and returns how it ended, a failure of
// the function included. The error is non-nil, and the result empty, only when
// the caller is not told the end: [ErrEventTooLarge], [ErrClosed], or the
// context's error. An event whose caller stopped waiting in the queue is
// dropped; one that has begun runs to its end all the same, as on Lambda.
func (f *Function) Invoke(ctx context.Context, event []byte) (Result, error) {
	if len(event) > MaxEvent {
		return Result{}, ErrEventTooLarge
	}
	return queue(ctx, f, func() (Result, error) { return f.invoke(event) })
}

// Init starts the process ahead of the first event, as provisioned concurrency
// does, and returns the time from exec to first poll. With a process that
// already runs it does nothing but return that. The error is a [*FunctionError]
// when the function could not initialise within [Config.InitTimeout], else
// [ErrClosed] or the context's.
func (f *Function) Init(ctx context.Context) (time.Duration, error) {
	return queue(ctx, f, f.initialise)
}

// queue lets the worker do a job and returns what came of it, or the context's
// error or ErrClosed when that comes first.
func queue[T any](ctx context.Context, f *Function, job func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1) // the worker never waits for a caller who left
	run := func() {
		value, err := job()
		done <- outcome{value, err}
	}
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	select {
	case f.jobs <- run:
	case <-ctx.Done():
		return none, ctx.Err()
	case <-f.alive.Done():
		return none, ErrClosed
	}
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// InvokeURL is where any Lambda client can invoke the function: POST the event,
// read the answer. An error of the function comes with the header
// X-Amz-Function-Error and status 200, or 502 if its process ended with it.
func (f *Function) InvokeURL() string { return "http://" + f.server.address + invokePath }

// PID is the process id of the running process, 0 when there is none.
func (f *Function) PID() int {
	if p := f.process.Load(); p != nil && p.alive() {
		return p.command.Process.Pid
	}
	return 0
}

// Resources reads what the running process uses. It is false when there is no
// process or the operating system is not Linux.
func (f *Function) Resources() (Resources, bool) {
	if pid := f.PID(); pid != 0 {
		return readResources(pid)
	}
	return Resources{}, false
}

// Close kills the process, waits for its end and stops listening. Calls that are
// under way return [ErrClosed]. It returns when nothing of the function is left;
// closing again does nothing.
func (f *Function) Close() error {
	f.shut()
	<-f.stopped
	f.closing.Do(func() { f.closed = errors.Join(f.server.close(), f.group.remove(), os.RemoveAll(f.temp)) })
	return f.closed
}
