package homeassistant

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

var turnOn = home.CallOn("light.lamp", "light", "turn_on")

// command sends a command that must succeed.
func command(t *testing.T, c *Client) {
	t.Helper()
	if _, err := c.Call(t.Context(), turnOn); err != nil {
		t.Fatalf("Call: %v", err)
	}
}

func (h *house) saw(t *testing.T, connections, commands int64) {
	t.Helper()
	if h.connections.Load() != connections || h.commands.Load() != commands {
		t.Errorf("the house saw %d connections and %d commands, want %d and %d",
			h.connections.Load(), h.commands.Load(), connections, commands)
	}
}

// houses returns a house with TLS and one without.
func houses(t *testing.T) map[string]*house {
	t.Helper()
	return map[string]*house{"http": newHouse(t, false, nil), "https": newHouse(t, true, nil)}
}

func TestOpenedAheadIsUsedOnce(t *testing.T) {
	for name, h := range houses(t) {
		t.Run(name, func(t *testing.T) {
			c := client(t, h.URL, h.trust)
			for range 2 {
				if err := c.Open(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			command(t, c)
			command(t, c)
			h.saw(t, 1, 2)
			h.CloseClientConnections()
			command(t, c)
			h.saw(t, 2, 3)
		})
	}
}

// TestOpenedAheadAndDead is of a home that has closed the connection that waits.
func TestOpenedAheadAndDead(t *testing.T) {
	for name, h := range houses(t) {
		t.Run(name, func(t *testing.T) {
			c := client(t, h.URL, h.trust)
			if err := c.Open(t.Context()); err != nil {
				t.Fatal(err)
			}
			for h.connections.Load() == 0 {
				time.Sleep(time.Millisecond) // until the server has it
			}
			h.CloseClientConnections()
			command(t, c)
			h.saw(t, 2, 1)
		})
	}
}

// TestRequestWaitsForOpen wants a request that comes while the connection is
// being opened to dial none of its own.
func TestRequestWaitsForOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, network := unstarted(nil), portstest.NewNetwork()
		_ = h.Listener.Close()
		h.Listener = network
		shake := make(chan struct{})
		h.TLS = &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
			<-shake
			return nil, nil
		}}
		h.start(t, true)
		c := client(t, "https://127.0.0.1:8123", h.trust)
		c.transport.connect = network.Dial
		var all sync.WaitGroup
		all.Go(func() {
			if err := c.Open(t.Context()); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait() // both sides stand in the middle of the handshake
		all.Go(func() {
			if _, err := c.Call(t.Context(), turnOn); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait() // the request waits
		h.saw(t, 1, 0)
		close(shake)
		all.Wait()
		h.saw(t, 1, 1)
	})
}

func TestOpenFails(t *testing.T) {
	h := newHouse(t, true, nil)
	refusing := true
	h.TLS.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) {
		if refusing {
			refusing = false
			return nil, errors.New("not now")
		}
		return nil, nil
	}
	c := client(t, h.URL, h.trust)
	want(t, "Open", c.Open(t.Context()), fault.Unreachable, false)
	command(t, c)
	h.saw(t, 2, 1)
}

// TestCloseEndsOpen wants nothing to be left of a connection that is being opened
// when the client is closed, or that waits.
func TestCloseEndsOpen(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and shakes no hands
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	c := client(t, "https://"+l.Addr().String())
	opened := make(chan error, 1)
	go func() { opened <- c.Open(t.Context()) }()
	conn, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	want(t, "Open", <-opened, fault.Unreachable, false)
	isClosed(t, conn)

	c = client(t, "http://"+l.Addr().String())
	if err := c.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if conn, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	isClosed(t, conn)
}

// isClosed wants the other side to have closed a connection.
func isClosed(t *testing.T, conn net.Conn) {
	t.Helper()
	defer func() { _ = conn.Close() }()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the connection is still open")
	}
}

// TestIdleConnection is of connections that were idle while the process was
// frozen: within the time that they are trusted they are used, after it no more.
func TestIdleConnection(t *testing.T) {
	for name, test := range map[string]struct {
		idle        time.Duration
		connections int64
		resumed     int64
	}{
		"for a moment":            {idleTrust, 1, 0},
		"for too long":            {idleTrust + time.Millisecond, 2, 1},
		"for a day":               {24 * time.Hour, 2, 1},
		"with the clock put back": {-time.Hour, 2, 1},
		"with it put back a bit":  {-time.Millisecond, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h, clock := newHouse(t, true, nil), portstest.NewClock()
			c := client(t, h.URL, h.trust, func(config *Config) { config.Clock = clock })
			command(t, c)
			clock.Advance(test.idle)
			command(t, c)
			h.saw(t, test.connections, 2)
			if n := h.resumed.Load(); n != test.resumed {
				t.Errorf("%d sessions were resumed, want %d", n, test.resumed)
			}
		})
	}
	t.Run("opened ahead and never used", func(t *testing.T) {
		h, clock := newHouse(t, true, nil), portstest.NewClock()
		c := client(t, h.URL, h.trust, func(config *Config) { config.Clock = clock })
		if err := c.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Minute)
		command(t, c)
		h.saw(t, 2, 1)
	})
}

// TestSilentMiddleman is of something on the way that has forgotten the
// connection and says nothing: what is sent on it vanishes.
func TestSilentMiddleman(t *testing.T) {
	h, clock := newHouse(t, false, nil), portstest.NewClock()
	m := newMiddleman(t, h.Listener.Addr().String())
	c := client(t, "http://"+m.Addr().String(), func(config *Config) { config.Clock = clock })
	command(t, c)
	m.swallow()
	clock.Advance(idleTrust + time.Second)
	command(t, c) // on a new connection
	h.saw(t, 2, 2)

	// Within the time of trust it vanishes, and that is all: it is not repeated.
	m.swallow()
	_, err := c.Call(portstest.Expiring(t, func() bool { return m.swallowed.Load() > 0 }), turnOn)
	want(t, "Call", err, fault.Unanswered, true)
	h.saw(t, 2, 2)
}

func TestPrivateAuthority(t *testing.T) {
	ours, theirs := newAuthority(t), newAuthority(t)
	_, _, server := ours.pair(t, x509.ExtKeyUsageServerAuth)
	h := httptest.NewUnstartedServer(says(`[]`))
	h.TLS = &tls.Config{Certificates: []tls.Certificate{server}}
	h.Config.ErrorLog = quiet
	h.StartTLS()
	t.Cleanup(h.Close)
	for name, test := range map[string]struct {
		access home.Access
		want   fault.Kind
	}{
		"known":        {home.Access{CA: ours.pem()}, 0},
		"among others": {home.Access{CA: theirs.pem() + ours.pem()}, 0},
		"not checked":  {home.Access{Unverified: true}, 0},
		"unknown":      {home.Access{}, fault.Unreachable},
		"another":      {home.Access{CA: theirs.pem()}, fault.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			c := client(t, h.URL, reached(test.access))
			_, err := c.Call(t.Context(), turnOn)
			if test.want != 0 {
				want(t, "Call", err, test.want, false)
			} else if err != nil {
				t.Errorf("Call: %v", err)
			}
		})
	}
}

// TestClientCertificate is of a home that demands a certificate. One that is not shown what
// it takes has read no request: that is known at once, of commands too.
func TestClientCertificate(t *testing.T) {
	a, other := newAuthority(t), newAuthority(t)
	_, _, server := a.pair(t, x509.ExtKeyUsageServerAuth)
	cert, key, _ := a.pair(t, x509.ExtKeyUsageClientAuth)
	wrongCert, wrongKey, _ := other.pair(t, x509.ExtKeyUsageClientAuth)
	for name, version := range map[string]uint16{"TLS 1.2": tls.VersionTLS12, "TLS 1.3": tls.VersionTLS13} {
		var requests atomic.Int64
		h := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			says(`[]`)(w, r)
		}))
		h.TLS = &tls.Config{
			Certificates: []tls.Certificate{server}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool(t, a.pem()), MaxVersion: version,
		}
		h.Config.ErrorLog = quiet
		h.StartTLS()
		t.Cleanup(h.Close)
		for shows, access := range map[string]home.Access{
			"what it takes": {CA: a.pem(), ClientCert: cert, ClientKey: secret.New(key)},
			"none":          {CA: a.pem()},
			"another":       {CA: a.pem(), ClientCert: wrongCert, ClientKey: secret.New(wrongKey)},
		} {
			for ahead, open := range map[string]bool{"": false, ", opened ahead": true} {
				t.Run(name+"/"+shows+ahead, func(t *testing.T) {
					c := client(t, h.URL, reached(access))
					if open {
						_ = c.Open(t.Context())
					}
					before := requests.Load()
					_, commanded := c.Call(t.Context(), turnOn)
					_, read := c.States(t.Context())
					if shows == "what it takes" {
						if commanded != nil || read != nil {
							t.Errorf("it answers %v and %v", commanded, read)
						}
						return
					}
					for what, err := range map[string]error{"Call": commanded, "States": read} {
						var e *fault.Error
						if !errors.As(err, &e) || e.Kind != fault.Unreachable {
							t.Errorf("%s: %v", what, err)
						}
					}
					if n := requests.Load() - before; n != 0 {
						t.Errorf("the home saw %d requests", n)
					}
				})
			}
		}
	}
}

// TestCertificateIsAskedForAndNotNeeded: a home that asks for a certificate and does without
// is a home like others. A command that it breaks off may have been carried out.
func TestCertificateIsAskedForAndNotNeeded(t *testing.T) {
	var requests atomic.Int64
	h := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) > 1 {
			panic(http.ErrAbortHandler)
		}
		says(`[]`)(w, r)
	}))
	h.TLS = &tls.Config{ClientAuth: tls.RequestClientCert}
	h.Config.ErrorLog = quiet
	h.StartTLS()
	t.Cleanup(h.Close)
	c := client(t, h.URL, func(config *Config) { config.Unverified = true })
	command(t, c)
	_, err := c.Call(t.Context(), turnOn)
	want(t, "Call", err, fault.Unanswered, true)
}
