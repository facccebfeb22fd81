package portstest

import (
	"context"
	"errors"
	"net"
	"sync"
)

// Network is a network within the process. A server serves it as a net.Listener and a
// client dials it; deadlines on its connections follow the clock of a testing/synctest
// bubble. It takes any address and leads to the one server. It is safe for concurrent use.
type Network struct {
	conns  chan net.Conn
	closed chan struct{}
	close  func()
}

var _ net.Listener = (*Network)(nil)

// NewNetwork returns a network on which nobody serves yet. Make it inside the bubble.
func NewNetwork() *Network {
	closed := make(chan struct{})
	return &Network{conns: make(chan net.Conn), closed: closed, close: sync.OnceFunc(func() { close(closed) })}
}

var errNobody = errors.New("connection refused: the network is closed")

// Dial connects to the server, as net.Dialer.DialContext does. It waits until the server
// accepts, and fails when ctx ends before or the network is closed.
func (n *Network) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	ours, theirs := connected()
	var err error
	select {
	case n.conns <- theirs:
		return ours, nil
	case <-n.closed:
		err = errNobody
	case <-ctx.Done():
		err = ctx.Err()
	}
	_ = ours.Close()
	_ = theirs.Close()
	return nil, &net.OpError{Op: "dial", Net: network, Addr: n.Addr(), Err: err}
}

// Accept implements net.Listener.
func (n *Network) Accept() (net.Conn, error) {
	select {
	case conn := <-n.conns:
		return conn, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener. Connections stay. It never fails.
func (n *Network) Close() error {
	n.close()
	return nil
}

// Addr implements net.Listener. The address is one of this machine's that nobody can
// listen on.
func (n *Network) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// connected returns the two ends of a connection. Other than with a net.Pipe alone, one
// may write before the other reads.
func connected() (ours, theirs net.Conn) {
	ours, near := net.Pipe()
	far, theirs := net.Pipe()
	go carry(far, near)
	go carry(near, far)
	return ours, theirs
}

// carry passes on what is written to from until either end is closed.
func carry(to, from net.Conn) {
	const waiting = 64 // how many writes wait to be read
	written := make(chan []byte, waiting)
	go func() {
		defer close(written)
		for {
			b := make([]byte, 4<<10)
			n, err := from.Read(b)
			if err != nil {
				return
			}
			written <- b[:n]
		}
	}()
	for b := range written {
		if _, err := to.Write(b); err != nil {
			_ = from.Close()
		}
	}
	_ = to.Close()
}
