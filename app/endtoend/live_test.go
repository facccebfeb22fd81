//go:build live

package endtoend

import (
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"slices"
	"sync/atomic"
	"testing"
)

// newReal returns the home that HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN
// name. The function reaches it through a proxy that counts.
func newReal(t *testing.T) *home {
	t.Helper()
	to, err := url.Parse(os.Getenv("HOME_ASSISTANT_URL"))
	token := os.Getenv("HOME_ASSISTANT_TOKEN")
	if err != nil || to.Host == "" || token == "" {
		t.Fatal("HOME_ASSISTANT_URL or HOME_ASSISTANT_TOKEN is not set: make live sets them")
	}
	var requests atomic.Int64
	transport := &http.Transport{MaxIdleConnsPerHost: 8}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			if r.In.Header.Get(beside) == "" {
				requests.Add(1)
			}
		},
		Transport: transport,
		ErrorLog:  log.New(io.Discard, "", 0), // of those who hang up
	}
	server := httptest.NewServer(proxy)
	h := &home{
		url: server.URL, token: token,
		requests: func() int { return int(requests.Load()) },
		client:   &http.Client{Transport: &http.Transport{}},
	}
	t.Cleanup(func() {
		h.client.CloseIdleConnections()
		server.Close()
		transport.CloseIdleConnections()
	})
	return h
}

// TestDirectivesLive has every directive carried out in a real Home Assistant,
// and reads back what it makes of it.
func TestDirectivesLive(t *testing.T) {
	h := newReal(t)
	f := start(t, h, nil)
	f.say(t, "Alexa.ReportState", "climate#hvac") // the house's units are known from then on
	all := cases(t)
	for _, file := range slices.Sorted(maps.Keys(all)) {
		t.Run(file, func(t *testing.T) {
			for _, c := range all[file] {
				t.Run(c.Name, func(t *testing.T) {
					if c.Only == "demo" {
						t.Skip("a case of the demo house alone")
					}
					c.run(t, f, h)
				})
			}
		})
	}
}

// TestReportsLive asks for the state of everything that discovery finds.
func TestReportsLive(t *testing.T) {
	checkReports(t, start(t, newReal(t), nil))
}
