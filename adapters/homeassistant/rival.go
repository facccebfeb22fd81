package homeassistant

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
)

// silentTime is how long a read waits on a connection that was used before. A router on
// the way may have forgotten the connection and say nothing.
const silentTime = time.Second

// rival is a second request for the same as a read. It is sent on a connection of its
// own where the first one stays without an answer on a connection that was used before.
// The answer that comes first is the read's. A command has no rival.
type rival struct {
	transport *transport
	ctx       context.Context //nolint:containedctx // the reader has both requests in it
	request   *http.Request
	yield     context.CancelFunc // ends the first request
	trace     httptrace.ClientTrace
	body      held // of the first request's answer

	mu     sync.Mutex
	conn   net.Conn           // the first request's
	timer  *time.Timer        // nil until the first request has a connection that was used before
	cancel context.CancelFunc // ends the rival; nil until it is sent
	won    *http.Response     // the rival's answer, when it came first
	over   bool               // an answer is chosen
	done   chan struct{}      // closed when the rival is over; nil until it is sent
}

// reading begins a read, and returns the context for its request, which must be sent by
// first.
func (t *transport) reading(ctx context.Context) (v *rival, traced context.Context) {
	v = &rival{transport: t, ctx: ctx}
	traced, v.yield = context.WithCancel(ctx)
	v.trace.GotConn = v.connected
	return v, httptrace.WithClientTrace(traced, &v.trace)
}

// first sends the first request, and returns the answer that comes first.
func (v *rival) first(r *http.Request) (*http.Response, error) {
	v.request = r
	response, err := v.transport.send(r)
	if other := v.settle(err); other != nil {
		if err == nil {
			_ = response.Body.Close()
		}
		v.yield()
		return other, nil
	}
	if err != nil {
		v.yield()
		return nil, err
	}
	v.body = held{response.Body, v.conn, v.yield}
	response.Body = &v.body
	return response, nil
}

// connected hears on which connection the first request goes out. net/http may choose
// another one later.
func (v *rival) connected(got httptrace.GotConnInfo) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.conn = got.Conn
	if v.timer != nil {
		v.timer.Stop()
		v.timer = nil
	}
	if got.Reused || v.transport.waited(got.Conn) {
		v.timer = time.AfterFunc(silentTime, v.compete)
	}
}

// settle ends the contest when the first request has an answer, or has failed with err.
// It returns the rival's answer where that counts, nil where the first request's does.
func (v *rival) settle(err error) *http.Response {
	v.mu.Lock()
	if v.timer != nil {
		v.timer.Stop()
	}
	if v.done != nil && err != nil { // the rival may still have one
		v.mu.Unlock()
		<-v.done
		v.mu.Lock()
	}
	defer v.mu.Unlock()
	if v.won == nil && v.cancel != nil {
		v.cancel()
	}
	v.over = true
	return v.won
}

// compete sends the rival. What else is idle is as old as the connection that is silent.
func (v *rival) compete() {
	v.mu.Lock()
	if v.over || v.done != nil {
		v.mu.Unlock()
		return
	}
	ctx, cancel := context.WithCancel(v.ctx)
	v.cancel, v.done = cancel, make(chan struct{})
	v.mu.Unlock()
	defer close(v.done)
	var response *http.Response
	var conn net.Conn
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) { conn = got.Conn }})
	err := fault.Guard(func() (err error) {
		v.transport.inner.CloseIdleConnections()
		response, err = v.transport.send(v.request.WithContext(ctx)) //nolint:bodyclose // the caller closes it
		return err
	})
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case err != nil:
		cancel()
	case v.over:
		_ = response.Body.Close()
		cancel()
	default:
		response.Body = &held{response.Body, conn, cancel}
		v.won, v.over = response, true
		v.yield()
	}
}

// held is a body whose request's context ends when it is closed, and the connection that
// it comes on.
type held struct {
	io.ReadCloser
	conn   net.Conn
	cancel context.CancelFunc
}

// Close implements io.Closer.
func (h *held) Close() error {
	defer h.cancel()
	return h.ReadCloser.Close()
}
