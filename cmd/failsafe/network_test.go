package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// network is a network in memory with one server in it. Within a bubble of synctest its
// time is the bubble's.
type network struct{ *portstest.Network }

// serve starts a server in a network of its own until the test ends.
func serve(t *testing.T, handler http.Handler) network {
	t.Helper()
	n := network{portstest.NewNetwork()}
	server := &http.Server{Handler: handler}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(n)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return n
}

// at returns the failsafe of a home in the network.
func (n network) at(t *testing.T, env map[string]string) *function {
	t.Helper()
	all := map[string]string{"HOME_ASSISTANT_URL": "http://home", "HOME_ASSISTANT_TOKEN": "t"}
	for name, value := range env {
		all[name] = value
	}
	f := by(all)
	if home := f.service(t.Context()).home; home != nil {
		home.transport.DialContext = n.Dial
		t.Cleanup(home.transport.CloseIdleConnections)
	}
	return f
}

// asJSON has a handler answer in JSON where it does not say otherwise.
func asJSON(handler http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		handler(w, r)
	})
}

// newHome starts a server that answers in JSON, and returns its URL.
func newHome(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(asJSON(handler))
	t.Cleanup(server.Close)
	return server.URL
}

// says answers with a status and a text.
func says(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
	}
}

// unknown is what Home Assistant says of an entity that it does not have.
var unknown = says(http.StatusNotFound, `{"message":"Entity not found."}`)
