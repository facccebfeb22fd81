package homeassistant

import (
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is the token in all tests here: it must turn up nowhere else.
const canary = "canary-3f9d1c"

// nobody is the URL of a port on which nothing listens. One that was free a moment ago may
// be another test's by now.
const nobody = "http://127.0.0.1:9"

// client returns a client with LEE's own token, of what answers at url. It is
// closed when the test is over.
func client(t *testing.T, url string, change ...func(*Config)) *Client {
	t.Helper()
	config := Config{Access: home.Access{URL: url, Token: secret.New(canary)}}
	for _, f := range change {
		f(&config)
	}
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// reached has a client reach the house as access says, and its URL and token stay.
func reached(access home.Access) func(*Config) {
	return func(config *Config) {
		access.URL, access.Token = config.URL, config.Token
		config.Access = access
	}
}

// serve answers with handler until the test is over.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

// within returns a client, as client does, of what answers with handler on a network
// within the process: in a bubble of testing/synctest its deadlines are virtual.
func within(t *testing.T, handler http.Handler, change ...func(*Config)) *Client {
	t.Helper()
	network := portstest.NewNetwork()
	s := &http.Server{Handler: handler, ErrorLog: quiet}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = s.Serve(network)
	}()
	t.Cleanup(func() {
		_ = s.Close()
		<-served
	})
	return on(t, network, change...)
}

// on returns a client, as client does, on a network within the process.
func on(t *testing.T, network *portstest.Network, change ...func(*Config)) *Client {
	t.Helper()
	c := client(t, "http://127.0.0.1:8123", change...)
	c.transport.connect = network.Dial
	return c
}

// hang takes a request and never answers it.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // net/http notices only then that the client has gone
	<-r.Context().Done()
	panic(http.ErrAbortHandler) // to return would answer with a 200
}

// says answers every request with body as JSON.
func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body))
	}
}

const lamp = `{"entity_id":"light.lamp","state":"on","attributes":{"brightness":180,"friendly_name":"Lamp"},` +
	`"last_changed":"2026-11-23T03:15:14.123456+00:00","last_updated":"2026-11-23T03:15:15+00:00"}`

// quiet takes what servers log of clients that go away.
var quiet = log.New(io.Discard, "", 0)

// pool returns the certificates in a text.
func pool(t *testing.T, certs string) *x509.CertPool {
	t.Helper()
	p := x509.NewCertPool()
	if !p.AppendCertsFromPEM([]byte(certs)) {
		t.Fatal("no certificate")
	}
	return p
}
