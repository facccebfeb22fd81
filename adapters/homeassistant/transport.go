package homeassistant

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

const (
	// idleTrust is how long a connection may have been idle, by the wall clock,
	// and still be trusted with a command. Lambda freezes the process between
	// invocations; what happened to the connection meanwhile (a router's table, a
	// restarted home) shows only when a command has vanished into it.
	idleTrust = 30 * time.Second
	// dialTime is how long a connection may take, its handshake included. A home
	// that takes longer is away.
	dialTime = 5 * time.Second
	// maxHeaderBytes limits the headers of an answer.
	maxHeaderBytes = 64 << 10
)

// transport is net/http's transport with four additions: a connection dialled
// ahead of the first request is handed out once, connections that were idle for
// too long are closed before a request would use them, none is written to
// that the home has closed (looking), and a read outlives a connection that is
// silently dead (rival).
type transport struct {
	inner   *http.Transport
	connect func(ctx context.Context, network, address string) (net.Conn, error)
	clock   ports.Clock
	tls     *tls.Config
	address string // the home's, host and port
	secure  bool
	proxied bool
	demand  home.Demand

	mu    sync.Mutex
	ahead *ahead    // nil for none, or when it was handed out
	used  time.Time // when a request began last, or ahead was dialled
	taken net.Conn  // what was dialled ahead and handed out last
}

// ahead is a connection dialled ahead. conn may be read when done is closed; it
// is nil when the dialling failed.
type ahead struct {
	cancel context.CancelFunc
	done   chan struct{}
	conn   net.Conn
}

func newTransport(config Config, base *url.URL) (*transport, error) {
	security, err := tlsConfig(config.Access, base.Hostname())
	if err != nil {
		return nil, err
	}
	proxy, _ := http.ProxyFromEnvironment(&http.Request{URL: base})
	t := &transport{clock: config.Clock, connect: connect, tls: security, secure: base.Scheme == "https", address: address(base), proxied: proxy != nil}
	t.demand.Watch(security)
	if config.Dial != nil {
		t.connect = config.Dial
	}
	t.inner = &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         t.dial,
		DialTLSContext:      t.dialTLS,
		TLSClientConfig:     security, // for a handshake through a proxy, which is not ours to make
		MaxIdleConns:        4,
		MaxIdleConnsPerHost: 4,
		DisableCompression:  true, // asked for where it is worth it

		MaxResponseHeaderBytes: maxHeaderBytes,
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
	if r.Method != http.MethodGet {
		return t.send(r)
	}
	v, ctx := t.reading(r.Context())
	return v.first(r.WithContext(ctx))
}

// send sends a request once.
func (t *transport) send(r *http.Request) (*http.Response, error) {
	if err := ports.InTime(r.Context(), t.clock); err != nil {
		return nil, err
	}
	t.distrust()
	ports.Requested(r.Context())
	response, err := t.inner.RoundTrip(r)
	if err == nil {
		t.demand.Answered()
	}
	return response, err
}

// distrust closes what has been idle for too long. A clock that was put back does not
// say for how long that was.
func (t *transport) distrust() {
	t.mu.Lock()
	now := t.clock.Now()
	idle := now.Sub(t.used)
	stale := !t.used.IsZero() && (idle < 0 || idle > idleTrust)
	t.used = now
	var old *ahead
	if stale {
		old, t.ahead = t.ahead, nil
	}
	t.mu.Unlock()
	if stale {
		t.inner.CloseIdleConnections()
		old.close()
	}
}

// open dials ahead and returns when that is done, with the dialler's error. It does nothing while a
// connection waits that was dialled before, or when a proxy stands between.
func (t *transport) open(ctx context.Context) error {
	if t.proxied {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a := &ahead{cancel: cancel, done: make(chan struct{})}
	t.mu.Lock()
	if t.ahead != nil {
		t.mu.Unlock()
		return nil
	}
	t.ahead = a
	t.mu.Unlock()

	conn, err := t.fresh(ctx)
	t.mu.Lock()
	t.used = t.clock.Now()
	if err != nil && t.ahead == a {
		t.ahead = nil
	}
	t.mu.Unlock()
	a.conn = conn
	close(a.done)
	return err
}

// fresh dials the home.
func (t *transport) fresh(ctx context.Context) (net.Conn, error) {
	if t.secure {
		return t.shake(ctx, "tcp", t.address)
	}
	return t.connect(ctx, "tcp", t.address)
}

var dialer = &net.Dialer{Timeout: dialTime, KeepAlive: 15 * time.Second}

// dial is how inner dials without TLS: the home, or a proxy.
func (t *transport) dial(ctx context.Context, network, address string) (net.Conn, error) {
	return t.obtain(ctx, network, address, !t.secure, t.connect)
}

// dialTLS is how inner dials with TLS: the home, or a proxy.
func (t *transport) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	return t.obtain(ctx, network, address, true, t.shake)
}

// obtain returns a connection for a request, when there is still time for that: the one
// that was dialled ahead where own says that it would do, or one by dial.
func (t *transport) obtain(
	ctx context.Context, network, address string, own bool, dial func(ctx context.Context, network, address string) (net.Conn, error),
) (conn net.Conn, err error) {
	if own && address == t.address {
		conn = t.take(ctx)
	}
	if conn == nil {
		if conn, err = dial(ctx, network, address); err != nil {
			return nil, err
		}
	}
	if err := ports.InTime(ctx, t.clock); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// shake dials and shakes hands.
func (t *transport) shake(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	config := t.tls
	if address != t.address {
		config = config.Clone()
		config.ServerName, _, _ = net.SplitHostPort(address)
	}
	plain, err := t.connect(ctx, network, address)
	if err != nil {
		return nil, err
	}
	conn := tls.Client(plain, config)
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = plain.Close()
		return nil, err
	}
	return conn, nil
}

// take hands out the connection that was dialled ahead, once, if it still
// stands; nil otherwise. While it is being dialled it is waited for: a second
// handshake beside the first would take longer than what is left of that one.
func (t *transport) take(ctx context.Context) net.Conn {
	t.mu.Lock()
	a := t.ahead
	t.mu.Unlock()
	if a == nil {
		return nil
	}
	select {
	case <-a.done:
	case <-ctx.Done():
		return nil // the next request uses it
	}
	t.mu.Lock()
	first := t.ahead == a
	if first {
		t.ahead, t.taken = nil, a.conn
	}
	t.mu.Unlock()
	if !first || a.conn == nil {
		return nil
	}
	if !stands(a.conn) {
		_ = a.conn.Close()
		return nil
	}
	return a.conn
}

// waited says whether a connection was dialled ahead: it may have waited for long.
func (t *transport) waited(conn net.Conn) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return conn != nil && conn == t.taken
}

func (t *transport) close() {
	t.mu.Lock()
	old := t.ahead
	t.ahead, t.taken = nil, nil
	t.mu.Unlock()
	old.close()
	t.inner.CloseIdleConnections()
}

// close ends the dialling or closes the connection. It may be called on nil.
func (a *ahead) close() {
	if a == nil {
		return
	}
	a.cancel()
	<-a.done
	if a.conn != nil {
		_ = a.conn.Close()
	}
}
