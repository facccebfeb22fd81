package homeassistant

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// idleTrust is how long a connection may have been idle, by the wall clock, and
// still be trusted with a command. Lambda freezes the process between
// invocations; what happened to the connection meanwhile (a router's table, a
// restarted home) shows only when a command has vanished into it.
const idleTrust = 30 * time.Second

// transport is net/http's transport with two additions: a connection dialled
// ahead of the first request is handed out once, and connections that were idle
// for too long are closed before a request would use them.
type transport struct {
	inner   *http.Transport
	clock   ports.Clock
	tls     *tls.Config
	address string
	secure  bool

	mu    sync.Mutex
	ready net.Conn // dialled ahead, not used yet; nil for none
	used  time.Time
}

func newTransport(config Config, base *url.URL) (*transport, error) {
	security, err := config.TLS.config(base.Hostname())
	if err != nil {
		return nil, err
	}
	t := &transport{clock: config.Clock, tls: security, secure: base.Scheme == "https", address: address(base)}
	t.inner = &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           t.dial,
		DialTLSContext:        t.dialTLS,
		MaxIdleConns:          4,
		MaxIdleConnsPerHost:   4,
		ResponseHeaderTimeout: 0, // the context's deadline decides
		DisableCompression:    true,
	}
	return t, nil
}

func address(base *url.URL) string {
	port := base.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[base.Scheme]
	}
	return net.JoinHostPort(base.Hostname(), port)
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.distrust()
	return t.inner.RoundTrip(r)
}

// distrust closes what has been idle for too long.
func (t *transport) distrust() {
	now := t.clock.Now()
	t.mu.Lock()
	stale := !t.used.IsZero() && now.Sub(t.used) > idleTrust
	t.used = now
	var old net.Conn
	if stale {
		old, t.ready = t.ready, nil
	}
	t.mu.Unlock()
	if stale {
		t.inner.CloseIdleConnections()
		closeConn(old)
	}
}

// open dials ahead. A second call replaces the connection that waits.
func (t *transport) open(ctx context.Context) error {
	var conn net.Conn
	var err error
	if t.secure {
		conn, err = t.shake(ctx, "tcp", t.address)
	} else {
		conn, err = dialer.DialContext(ctx, "tcp", t.address)
	}
	if err != nil {
		return fault.Wrap(fault.Unreachable, "The home cannot be reached.", err)
	}
	t.mu.Lock()
	old := t.ready
	t.ready, t.used = conn, t.clock.Now()
	t.mu.Unlock()
	closeConn(old)
	return nil
}

var dialer = &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}

func (t *transport) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if !t.secure {
		if conn := t.take(address); conn != nil {
			return conn, nil
		}
	}
	return dialer.DialContext(ctx, network, address)
}

func (t *transport) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	if conn := t.take(address); conn != nil {
		return conn, nil
	}
	return t.shake(ctx, network, address)
}

// shake dials and shakes hands.
func (t *transport) shake(ctx context.Context, network, address string) (net.Conn, error) {
	plain, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	conn := tls.Client(plain, t.tls)
	if err := conn.HandshakeContext(ctx); err != nil {
		closeConn(plain)
		return nil, err
	}
	return conn, nil
}

// take hands out the connection that was dialled ahead, once, if it still
// stands; nil otherwise.
func (t *transport) take(address string) net.Conn {
	t.mu.Lock()
	conn := t.ready
	t.ready = nil
	t.mu.Unlock()
	if conn == nil || address != t.address || !stands(conn) {
		closeConn(conn)
		return nil
	}
	return conn
}

// stands says whether the other side has kept the connection open: a read that
// may not wait finds nothing there yet, or it finds the end.
func stands(conn net.Conn) bool {
	if conn.SetReadDeadline(time.Now().Add(-time.Second)) != nil {
		return false
	}
	var b [1]byte
	n, err := conn.Read(b[:])
	return n == 0 && errors.Is(err, os.ErrDeadlineExceeded) && conn.SetReadDeadline(time.Time{}) == nil
}

func (t *transport) close() {
	t.mu.Lock()
	conn := t.ready
	t.ready = nil
	t.mu.Unlock()
	closeConn(conn)
	t.inner.CloseIdleConnections()
}

func closeConn(conn net.Conn) {
	if conn != nil {
		_ = conn.Close()
	}
}
