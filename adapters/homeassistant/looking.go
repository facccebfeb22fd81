package homeassistant

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http/httptrace"
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

// upgraded returns a context for a request that turns its connection into one on which
// both sides speak at any time, and what is to be called when it has.
func upgraded(ctx context.Context) (context.Context, func()) {
	var used net.Conn
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) { used = got.Conn }})
	return traced, func() {
		if secure, ok := used.(*tls.Conn); ok {
			used = secure.NetConn()
		}
		if c, ok := used.(*looking); ok {
			c.spoken.Store(true)
		}
	}
}
