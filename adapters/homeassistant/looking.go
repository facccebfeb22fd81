package homeassistant

import (
	"context"
	"errors"
	"net"
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
}

var errEnded = errors.New("the home has closed the connection")

// Write implements net.Conn.
func (c looking) Write(b []byte) (int, error) {
	if ended(c.raw) {
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
			return looking{conn, raw}, nil
		}
	}
	return conn, nil
}
