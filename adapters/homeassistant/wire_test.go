package homeassistant

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// house is a server that counts: connections, requests, resumed sessions.
type house struct {
	*httptest.Server
	connections, commands, resumed atomic.Int64
}

// newHouse returns a house with or without TLS that answers everything with an
// empty list, commands after do where it is not nil.
func newHouse(t *testing.T, secure bool, do http.HandlerFunc) *house {
	t.Helper()
	h := unstarted(do)
	h.start(t, secure)
	return h
}

// unstarted returns a house that does not listen yet.
func unstarted(do http.HandlerFunc) *house {
	h := &house{}
	h.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS != nil && r.TLS.DidResume {
			h.resumed.Add(1)
		}
		if r.Method == http.MethodPost {
			h.commands.Add(1)
			if do != nil {
				do(w, r)
				return
			}
		}
		says(`[]`)(w, r)
	}))
	h.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			h.connections.Add(1)
		}
	}
	h.Config.ErrorLog = quiet
	return h
}

// start has a house listen until the test is over.
func (h *house) start(t *testing.T, secure bool) {
	t.Helper()
	if secure {
		h.StartTLS()
	} else {
		h.Start()
	}
	t.Cleanup(h.Close)
}

// trust lets a client trust a house.
func (h *house) trust(config *Config) {
	if cert := h.Certificate(); cert != nil {
		config.CA = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
	}
}

// middleman stands between a client and a house and passes on what comes, until
// it is told to swallow: what comes then on the connections that it has is lost
// and nobody is told.
type middleman struct {
	net.Listener
	house string
	// swallowed counts what was lost.
	swallowed atomic.Int64
	mu        sync.Mutex
	deaf      []*atomic.Bool
	conns     []net.Conn
	all       sync.WaitGroup
}

func newMiddleman(t *testing.T, house string) *middleman {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &middleman{Listener: l, house: house}
	m.all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			m.all.Go(func() { m.carry(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		m.mu.Lock()
		for _, conn := range m.conns {
			_ = conn.Close()
		}
		m.mu.Unlock()
		m.all.Wait()
	})
	return m
}

func (m *middleman) carry(conn net.Conn) {
	behind, err := net.Dial("tcp", m.house)
	if err != nil {
		_ = conn.Close()
		return
	}
	deaf := &atomic.Bool{}
	m.mu.Lock()
	m.deaf, m.conns = append(m.deaf, deaf), append(m.conns, conn, behind)
	m.mu.Unlock()
	pass := func(to, from net.Conn) {
		var b [4 << 10]byte
		for {
			n, err := from.Read(b[:])
			if err != nil {
				break
			}
			if deaf.Load() {
				m.swallowed.Add(1)
			} else {
				_, _ = to.Write(b[:n])
			}
		}
		if !deaf.Load() { // it does not even tell that the other side has gone
			_ = to.Close()
		}
	}
	m.all.Go(func() { pass(conn, behind) })
	pass(behind, conn)
}

func (m *middleman) swallow() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, deaf := range m.deaf {
		deaf.Store(true)
	}
}

// rawHouse answers each request on its connections with what handle writes, which
// says whether the connection stays open.
func rawHouse(t *testing.T, handle func(conn net.Conn, r *http.Request) (stay bool)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serveRaw(t, l, handle)
	return "http://" + l.Addr().String()
}

// serveRaw is rawHouse behind a listener.
func serveRaw(t *testing.T, l net.Listener, handle func(conn net.Conn, r *http.Request) (stay bool)) {
	t.Helper()
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer func() { _ = conn.Close() }()
				in := bufio.NewReader(conn)
				for {
					r, err := http.ReadRequest(in)
					if err != nil {
						return
					}
					_, _ = io.Copy(io.Discard, r.Body)
					if !handle(conn, r) {
						return
					}
				}
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		all.Wait()
	})
}

const good = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"

// authority issues certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	a := authority{}
	raw, key := a.issue(t, &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return authority{cert, key}
}

// issue returns a certificate by the authority, by itself when it has none yet.
func (a authority) issue(t *testing.T, template *x509.Certificate) ([]byte, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, by := template, key
	if a.cert != nil {
		parent, by = a.cert, a.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, by)
	if err != nil {
		t.Fatal(err)
	}
	return raw, key
}

func (a authority) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}))
}

// pair returns a certificate and its key in PEM, and as TLS takes them.
func (a authority) pair(t *testing.T, usage x509.ExtKeyUsage) (cert, key string, pair tls.Certificate) {
	t.Helper()
	raw, private := a.issue(t, &x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{usage}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}})
	der, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}))
	key = string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}))
	return cert, key, tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: private}
}
