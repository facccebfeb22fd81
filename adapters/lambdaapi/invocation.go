package lambdaapi

import (
	"context"
	"errors"
	"time"
)

// lastWords is the time a process gets to exit by itself after an init error.
const lastWords = time.Second

// invoke takes one event through the environment: it finds or starts a process,
// feeds it and freezes it again. Only the worker calls it.
func (f *Function) invoke(event []byte) (Result, error) {
	begun := time.Now()
	inv := &invocation{
		id:       newRequestID(),
		event:    event,
		arn:      f.config.arn(),
		traceID:  newTraceID(begun),
		complete: make(chan struct{}),
	}
	first := f.launched == 0
	limit := f.config.Timeout
	if first {
		limit = f.config.InitTimeout
	}

	result := Result{RequestID: inv.id}
	p, err := f.ready(inv.id, limit)
	if _, ok := errors.AsType[*FunctionError](err); ok && first && p != nil {
		// It is tried once more, in the invocation's own time.
		begun, first = time.Now(), false
		p, err = f.retry(inv.id)
	}
	if p != nil {
		result.Process, result.Cold = p.number, !p.served
	}
	if err == nil {
		// The first initialisation has had a time of its own, a later one was
		// paid from the invocation's.
		if first {
			begun = time.Now()
		}
		inv.deadline = begun.Add(f.config.Timeout)
		result.Payload, err = f.feed(p, inv)
		_, _, result.Duration, _ = p.session.outcome(inv)
	}
	if p != nil {
		result.Exit = p.exited()
		if result.Cold {
			result.InitDuration = p.session.initDuration(p.begun)
		}
	}
	if failure, ok := errors.AsType[*FunctionError](err); ok {
		result.Payload, result.Error, err = failure.payload, failure, nil
	}
	if err != nil {
		return Result{}, err
	}
	return result, nil
}

// initialise makes sure that there is a process waiting for an event. Only the worker
// calls it.
func (f *Function) initialise() (time.Duration, error) {
	p, err := f.ready(newRequestID(), f.config.InitTimeout)
	if err != nil {
		return 0, err
	}
	f.freeze(p)
	return p.session.initDuration(p.begun), nil
}

// ready returns the process that lives, or starts one and waits for its first
// poll. The process is nil when none could be started; the error is
// a [FunctionError] or ErrClosed.
func (f *Function) ready(requestID string, limit time.Duration) (*process, error) {
	if p := f.process.Load(); p != nil && p.alive() {
		return p, nil
	}
	p, err := launch(f.config, f.environ, f.launched+1, f.group, f.server.open)
	if err != nil {
		return nil, broke(TypeInvalidEntrypoint, requestID, "%v", err)
	}
	f.launched++
	f.process.Store(p)

	ctx, cancel := context.WithTimeout(f.alive, limit+f.config.Grace)
	defer cancel()
	if err := p.session.awaitReady(ctx); err != nil {
		return p, f.verdict(p, requestID, limit, err)
	}
	if err := f.group.slow(); err != nil {
		return p, failed(TypeUnknown, err.Error())
	}
	return p, nil
}

// retry initialises a second time, with no more of a CPU than an invocation has.
// It returns what ready does.
func (f *Function) retry(requestID string) (*process, error) {
	if err := f.group.slow(); err != nil {
		return nil, failed(TypeUnknown, err.Error())
	}
	return f.ready(requestID, f.config.Timeout)
}

// feed gives the event to a process that is ready and returns the answer. The
// error is a [FunctionError] or ErrClosed.
func (f *Function) feed(p *process, inv *invocation) ([]byte, error) {
	p.served = true
	f.thaw(p)
	ctx, cancel := context.WithDeadline(f.alive, inv.deadline.Add(f.config.Grace))
	defer cancel()
	err := p.session.invoke(ctx, inv)

	payload, failure, _, answered := p.session.outcome(inv)
	switch {
	case err == nil:
		f.freeze(p)
	case errors.Is(err, errGone) && answered: // it said its piece before it went
	default:
		return nil, f.verdict(p, inv.id, f.config.Timeout, err)
	}
	if failure != nil {
		return nil, failure
	}
	return payload, nil
}

// verdict ends a process that did not do what it was waited for, and says why.
func (f *Function) verdict(p *process, requestID string, limit time.Duration, err error) error {
	if _, ok := errors.AsType[*FunctionError](err); ok {
		p.end(lastWords)
		return err
	}
	switch {
	case f.alive.Err() != nil:
		return ErrClosed // the worker ends the process
	case !errors.Is(err, errGone):
		p.kill()
		return broke(TypeTimedOut, requestID, "Task timed out after %.2f seconds", limit.Seconds())
	case p.command.ProcessState.Success():
		return broke(TypeExit, requestID, "Runtime exited without providing a reason")
	default:
		return broke(TypeExit, requestID, "Runtime exited with error: %s", p.exit)
	}
}

// freeze stops a process that waits for an event, if the function is to be frozen.
func (f *Function) freeze(p *process) {
	if f.config.Freeze {
		p.signal(freezeSignal)
	}
}

func (f *Function) thaw(p *process) {
	if f.config.Freeze {
		p.signal(thawSignal)
	}
}
