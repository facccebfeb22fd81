package demohome

import "time"

// A task is something that the house does with its lock held, and that may
// wait in between: while it waits, others go on. It is what a coroutine is in
// Home Assistant, and keeps its order: nothing happens between two waits.
type task struct {
	house *House
	// baton is not nil in a task that was started by another one and has not
	// waited yet: the lock is still that one's, and closing the baton gives it
	// back.
	baton chan struct{}
}

// await lets others go on until done is closed or the house is.
func (t *task) await(done <-chan struct{}) {
	if t.baton != nil {
		close(t.baton)
		t.baton = nil
	} else {
		t.house.unlock()
	}
	select {
	case <-done:
	case <-t.house.closing:
	}
	t.house.mu.Lock()
}

// pause lets others go on for d.
func (t *task) pause(d time.Duration) {
	if d <= 0 {
		return
	}
	done := make(chan struct{})
	timer := time.AfterFunc(d, func() { close(done) })
	defer timer.Stop()
	t.await(done)
}

// start begins another task and returns when that one waits or has ended. The
// channel is closed when it has ended.
func (t *task) start(do func(*task)) <-chan struct{} {
	child := &task{house: t.house, baton: make(chan struct{})}
	baton, done := child.baton, make(chan struct{})
	t.house.busy.Add(1)
	go func() {
		defer t.house.busy.Done()
		do(child)
		close(done)
		if child.baton != nil {
			close(child.baton)
		} else {
			t.house.unlock()
		}
	}()
	<-baton
	return done
}

// join waits for a task that was started.
func (t *task) join(done <-chan struct{}) {
	select {
	case <-done:
	default:
		t.await(done)
	}
}

// A timer does something later, with the house locked, unless it is stopped.
type timer struct{ clock *time.Timer }

func (h *House) after(d time.Duration, do func()) *timer {
	t := &timer{}
	if h.closed {
		return t
	}
	h.busy.Add(1)
	h.timers[t] = struct{}{}
	t.clock = time.AfterFunc(d, func() {
		h.mu.Lock()
		if _, waiting := h.timers[t]; !waiting { // stopped while it waited for the lock
			h.mu.Unlock()
			return
		}
		delete(h.timers, t)
		do()
		h.unlock()
		h.busy.Done()
	})
	return t
}

// stop keeps a timer from doing anything. Stopping it again is harmless.
func (h *House) stop(t *timer) {
	if _, waiting := h.timers[t]; waiting {
		t.clock.Stop()
		delete(h.timers, t)
		h.busy.Done()
	}
}
