package demohome

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is a house that listens.
type Server struct {
	// URL is where it does, "http://127.0.0.1:40123".
	URL string
	// CA is the certificate of the authority that the server's comes from, in
	// PEM; nil without TLS.
	CA []byte
	// ClientCert and ClientKey are what a client that the server trusts shows,
	// in PEM; nil unless the server demands it.
	ClientCert, ClientKey []byte

	server *http.Server
	cancel context.CancelFunc // of every request's context
	done   chan struct{}
	busy   sync.WaitGroup // requests that are being answered
	mu     sync.Mutex
	open   map[net.Conn]struct{}
}

// idle is how long a connection without requests stays open; aiohttp's default.
const idle = 3630 * time.Second

// Listen lets the house answer on an address such as "127.0.0.1:0" until the
// server or, for good, the house is closed.
func (h *House) Listen(addr string) (*Server, error) {
	return h.listen(addr, "http", nil, &Server{})
}

// ListenTLS is Listen with TLS, by an authority of its own that nobody trusts
// (Server.CA). With demandClient it takes only clients that show a certificate
// of that authority (Server.ClientCert).
func (h *House) ListenTLS(addr string, demandClient bool) (*Server, error) {
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	cert, err := authority.issue("Demo House", x509.ExtKeyUsageServerAuth)
	if err != nil {
		return nil, err
	}
	s := &Server{CA: authority.pem()}
	config := &tls.Config{Certificates: []tls.Certificate{cert.pair}, MinVersion: tls.VersionTLS12}
	if demandClient {
		client, err := authority.issue("LEE", x509.ExtKeyUsageClientAuth)
		if err != nil {
			return nil, err
		}
		s.ClientCert, s.ClientKey = client.cert, client.key
		config.ClientAuth = tls.RequireAndVerifyClientCert
		config.ClientCAs = x509.NewCertPool()
		config.ClientCAs.AppendCertsFromPEM(s.CA)
	}
	return h.listen(addr, "https", config, s)
}

func (h *House) listen(addr, scheme string, secure *tls.Config, s *Server) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s.URL = scheme + "://" + listener.Addr().String()
	s.done = make(chan struct{})
	s.open = map[net.Conn]struct{}{}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.server = &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.busy.Add(1)
			defer s.busy.Done()
			h.ServeHTTP(w, r)
		}),
		IdleTimeout: idle, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnState:   s.follow,
		ErrorLog:    log.New(io.Discard, "", 0), // of connections that a fault drops
	}
	if secure != nil {
		listener = tls.NewListener(listener, secure)
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(listener) // ends with ErrServerClosed
	}()
	return s, nil
}

// follow keeps count of the connections, those of WebSockets too, which the
// server no longer knows.
func (s *Server) follow(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch state {
	case http.StateNew:
		s.open[c] = struct{}{}
	case http.StateClosed:
		delete(s.open, c)
	case http.StateActive, http.StateIdle, http.StateHijacked:
	}
}

// Close stops listening, closes every connection and returns when all requests
// have ended. The house itself goes on.
func (s *Server) Close() error {
	s.cancel()
	err := s.server.Close()
	s.mu.Lock()
	for c := range s.open {
		_ = c.Close() // closed already, most of them
	}
	s.mu.Unlock()
	<-s.done
	s.busy.Wait()
	return err
}
