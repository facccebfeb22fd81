package homeassistant

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// looking is a connection that looks before it writes. A home that has closed the
// connection does not read what is written to it, but the sender cannot know
// that afterwards. Here it is known before: nothing has been written then, and
// net/http begins again on a connection that it dials. Its own watch over idle
// connections comes too late when the end waits in the socket of a process that
// was frozen.
type looking struct {
	net.Conn
	raw syscall.RawConn
	// spoken says that the home speaks on it unasked, as on a WebSocket: what waits to
	// be read reports no end then, and to wait for it to be read would take longer
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

// ended says whether the other side has closed the connection. With TLS the
// other side announces the end, and that may still wait to be read: it is given time,
// 50 ms at most. A process with a share of a CPU may take so long to run the reader.
func ended(raw syscall.RawConn) bool {
	const first, last = 50 * time.Microsecond, 25 * time.Millisecond
	for pause := first; pause <= last; pause *= 2 {
		switch peek(raw) {
		case nothing:
			return false
		case end:
			return true
		case something:
			time.Sleep(pause)
		}
	}
	return peek(raw) == end
}

// glance is how long stands looks for at first.
const glance = time.Millisecond

// stands says whether the other side has kept the connection open: a read finds
// nothing there yet, or it finds the end. With TLS it also takes in the tickets
// that come after the handshake. Where the time for the read was over before anything
// was read, something may still wait, and it looks again.
func stands(conn net.Conn) bool {
	const longest = 50 * glance
	for look := glance; look <= longest; look *= 2 {
		if conn.SetReadDeadline(time.Now().Add(look)) != nil {
			return false
		}
		var b [1]byte
		if n, err := conn.Read(b[:]); n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			return false
		}
		if l := under(conn); l == nil || peek(l.raw) == nothing {
			return conn.SetReadDeadline(time.Time{}) == nil
		}
	}
	return false
}

// under returns the connection that looks, with TLS or without; nil for another.
func under(conn net.Conn) *looking {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	l, _ := conn.(*looking)
	return l
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
	if l := under(h.body.conn); l != nil {
		l.spoken.Store(true)
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
