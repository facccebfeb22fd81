package lambdaapi

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// server listens for the runtime and for those who invoke the function.
type server struct {
	http    *http.Server
	address string
	current atomic.Pointer[session]
	served  chan struct{} // closed when nothing is accepted any more
}

// listen opens the address and serves the Runtime API and, at invokePath, invoke.
func listen(address string, invoke http.Handler) (*server, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("lambdaapi: address %s: %w", address, err)
	}
	mux := http.NewServeMux()
	runtimeRoutes(mux)
	mux.Handle("POST "+invokePath, invoke)

	s := &server{address: listener.Addr().String(), served: make(chan struct{})}
	s.http = &http.Server{
		Handler:           ownOnly(mux),
		ReadHeaderTimeout: 10 * time.Second,
		// A process that is killed leaves half a request behind: no news.
		ErrorLog: log.New(io.Discard, "", 0),
		// The session is the connection's, not the request's: what a killed
		// process left in its socket is not taken for a call of the next one.
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, sessionKey{}, s.current.Load())
		},
	}
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // always ends with ErrServerClosed, by close
	}()
	return s, nil
}

// open makes current the session of every connection from now on.
func (s *server) open(current *session) { s.current.Store(current) }

// close stops listening and returns when no handler is left. Those that wait
// for a runtime must have been let go before.
func (s *server) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = s.http.Close()
	}
	<-s.served
	return err
}

type sessionKey struct{}

func sessionOf(ctx context.Context) *session {
	s, _ := ctx.Value(sessionKey{}).(*session)
	return s
}
