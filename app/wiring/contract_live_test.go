//go:build live

package wiring_test

import (
	"io"
	stdlog "log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestHomeContractLive runs the contract against the Home Assistant that
// HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN name. It must have the demo
// integration. What goes wrong with it goes wrong in front of it.
func TestHomeContractLive(t *testing.T) {
	e := env{}
	for _, name := range []string{"HOME_ASSISTANT_URL", "HOME_ASSISTANT_TOKEN"} {
		if e[name] = os.Getenv(name); e[name] == "" {
			t.Fatal(name + " is not set")
		}
	}
	for name, open := range ways {
		t.Run(name, func(t *testing.T) {
			portstest.Home(t, func(t *testing.T) (ports.Home, portstest.HomeSetup) {
				t.Helper()
				s := setup
				front := inFrontOf(t, e, &s)
				s.Rejecting, _ = open(t, front.and(env{"HOME_ASSISTANT_TOKEN": "wrong"}))
				h, _ := open(t, front)
				return h, s
			})
			portstest.House(t, func(t *testing.T) (ports.House, portstest.HouseSetup) {
				t.Helper()
				s := setup
				_, house := open(t, inFrontOf(t, e, &s))
				return house, portstest.HouseSetup{Away: s.Away}
			})
		})
	}
}

// inFrontOf puts a proxy in front of a house, and into s what can be done with it.
func inFrontOf(t *testing.T, e env, s *portstest.HomeSetup) env {
	t.Helper()
	house, err := url.Parse(e["HOME_ASSISTANT_URL"])
	if err != nil {
		t.Fatal(err)
	}
	var hang, lose atomic.Bool
	behind := &http.Transport{}
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(house) }, // Home Assistant wants no word of a proxy
		Transport: behind,
		ErrorLog:  stdlog.New(io.Discard, "", 0),
		ModifyResponse: func(r *http.Response) error {
			if r.Request.Method == http.MethodPost && lose.CompareAndSwap(true, false) {
				panic(http.ErrAbortHandler)
			}
			return nil
		},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hang.CompareAndSwap(true, false) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
			panic(http.ErrAbortHandler) // to return would answer with a 200
		}
		proxy.ServeHTTP(w, r)
	}))
	down := func() {
		server.CloseClientConnections()
		server.Close()
		behind.CloseIdleConnections()
	}
	t.Cleanup(down)
	s.Away, s.Lose = down, func() { lose.Store(true) }
	s.Hang = func() func() bool {
		hang.Store(true)
		return func() bool { return !hang.Load() }
	}
	return e.and(env{"HOME_ASSISTANT_URL": server.URL})
}
