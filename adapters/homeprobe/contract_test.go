package homeprobe_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestContract(t *testing.T) {
	portstest.Probe(t, func(t *testing.T) (ports.Probe, portstest.ProbeSetup) {
		t.Helper()
		var requests, tokens atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			if r.Header.Get("Authorization") != "" {
				tokens.Add(1)
			}
			running(w, r)
		}))
		t.Cleanup(server.Close)
		token := secret.New("canary-token")
		probe, err := homeprobe.New(homeprobe.Config{Access: home.Access{URL: server.URL, Token: token}})
		if err != nil {
			t.Fatal(err)
		}
		return probe, portstest.ProbeSetup{Token: token, Requests: requests.Load, Tokens: tokens.Load, Away: server.Close}
	})
}
