package homeassistant

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"
)

// looking is a connection that looks before it writes. A home that has closed the
// connection does not read what is written to it, but whoever sent it cannot know
// that afterwards. Here it is known before: nothing has been written then, and
// net/http begins anew on a connection that it dials. Its own watch over idle
// connections comes too late when the end waits in the socket of a process that
// was frozen.
type looking struct {
	net.Conn
	raw syscall.RawConn
	// spoken says that the home speaks on it unasked, as on a WebSocket: what waits to
	// be read tells of no end then, and to wait for it to be read would take longer
	// than all that is written.
	spoken atomic.Bool
}

var errEnded = errors.New("the home has closed the connection")

// Write implements net.Conn.
func (c *looking) Write(b []byte) (int, error) {
	if !c.spoken.Load() && ended(c.raw) {
		return 0, errEnded
	}
	return c.Conn.Write(b)
}

// ended says whether the other side has closed the connection. What waits to be
// read may tell of it (with TLS the end is announced): it is given time to be.
func ended(raw syscall.RawConn) bool {
	const looks = 20
	for range looks {
		switch peek(raw) {
		case nothing:
			return false
		case end:
			return true
		case something:
			time.Sleep(glance / looks)
		}
	}
	return false
}

// waiting is what waits to be read.
type waiting int

const (
	nothing waiting = iota
	something
	end
)

// connect dials.
func connect(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if socket, ok := conn.(syscall.Conn); ok {
		if raw, err := socket.SyscallConn(); err == nil {
			return &looking{Conn: conn, raw: raw}, nil
		}
	}
	return conn, nil
}

// handshake sends the request that turns its connection into a WebSocket, on which both
// sides speak at any time.
type handshake struct {
	transport *transport
	body      turned
}

// RoundTrip implements http.RoundTripper.
func (h *handshake) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := h.transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if body, ok := response.Body.(*held); ok {
		h.body.held = body
		response.Body = &h.body
	}
	return response, nil
}

// speak lets the home speak, once it has agreed.
func (h *handshake) speak() {
	h.body.spoken.Store(true)
	if h.body.held == nil {
		return
	}
	used := h.body.conn
	if secure, ok := used.(*tls.Conn); ok {
		used = secure.NetConn()
	}
	if c, ok := used.(*looking); ok {
		c.spoken.Store(true)
	}
}

// turned is the body of the answer to a handshake. It is empty until the home has agreed:
// nobody waits for what follows a refusal, which may never end.
type turned struct {
	*held
	spoken atomic.Bool
}

var errReadOnly = errors.New("the connection was not turned over")

// Read implements io.Reader.
func (t *turned) Read(b []byte) (int, error) {
	if !t.spoken.Load() {
		return 0, io.EOF
	}
	return t.held.Read(b)
}

// Write implements io.Writer.
func (t *turned) Write(b []byte) (int, error) {
	to, ok := t.ReadCloser.(io.Writer)
	if !ok {
		return 0, errReadOnly
	}
	return to.Write(b)
}
