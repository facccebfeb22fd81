package homeassistant

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// counted counts how often somebody looks at a connection.
type counted struct {
	syscall.RawConn
	looks int
}

func (c *counted) Control(f func(fd uintptr)) error {
	c.looks++
	return c.RawConn.Control(f)
}

// TestLooks: before something is written to a connection it is looked at, until the
// home speaks on it unasked.
func TestLooks(t *testing.T) {
	for _, c := range []struct {
		name   string
		spoken bool
		looked bool
	}{
		{"requests", false, true},
		{"a WebSocket", true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, func(http.ResponseWriter, *http.Request) {})
			conn, err := connect(t.Context(), "tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			l, ok := conn.(*looking)
			if !ok {
				t.Skipf("connections cannot be looked at here: %T", conn)
			}
			raw := &counted{RawConn: l.raw}
			l.raw = raw
			l.spoken.Store(c.spoken)
			if _, err := l.Write([]byte("GET / HTTP/1.1\r\n")); err != nil {
				t.Fatal(err)
			}
			if (raw.looks > 0) != c.looked {
				t.Errorf("it was looked at %d times", raw.looks)
			}
		})
	}
}

// TestSocketIsSpoken: after the handshake the home speaks unasked, with TLS and without.
func TestSocketIsSpoken(t *testing.T) {
	for _, secure := range []bool{false, true} {
		talk := &talker{results: map[string]any{}}
		talk.Server = httptest.NewUnstartedServer(talk)
		talk.Config.ErrorLog = quiet
		if secure {
			talk.StartTLS()
		} else {
			talk.Start()
		}
		t.Cleanup(talk.Close)
		c, err := New(Config{Access: home.Access{URL: talk.URL, Token: secret.New("token"), Unverified: true}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		var conns []net.Conn
		dial := c.transport.inner.DialContext
		if secure {
			dial = c.transport.inner.DialTLSContext
		}
		remember := func(conn net.Conn, err error) (net.Conn, error) {
			conns = append(conns, conn)
			return conn, err
		}
		c.transport.inner.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			return remember(dial(ctx, network, address))
		}
		c.transport.inner.DialTLSContext = c.transport.inner.DialContext
		s, err := c.openSocket(t.Context(), secret.New("token"), true)
		if err != nil {
			t.Fatal(err)
		}
		s.close()
		if len(conns) != 1 {
			t.Fatalf("it dialled %d times", len(conns))
		}
		if wrapped, ok := conns[0].(interface{ NetConn() net.Conn }); ok {
			conns[0] = wrapped.NetConn()
		}
		if l, ok := conns[0].(*looking); !ok || !l.spoken.Load() {
			t.Errorf("with TLS %v: what was dialled is a %T, or still looks", secure, conns[0])
		}
	}
}
