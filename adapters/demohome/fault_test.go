package demohome_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// post switches the coffee machine on over the network.
func post(ctx context.Context, client *http.Client, url string) (int, string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/services/switch/turn_on", strings.NewReader(`{"entity_id":"switch.coffee_machine"}`))
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Authorization", "Bearer "+demohome.DefaultToken)
	answer, err := client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body), err
}

// badGateway is the answer of a proxy whose Home Assistant is down.
var badGateway = &demohome.Answer{Status: http.StatusBadGateway, Body: "502 Bad Gateway"}

func TestFaults(t *testing.T) {
	const calls = "/api/services/"
	for _, c := range []struct {
		name    string
		fault   *demohome.Fault
		status  int // 0: no answer
		hangs   bool
		applied bool
	}{
		{"hangs before", &demohome.Fault{On: calls, Hang: demohome.Before}, 0, true, false},
		{"hangs after", &demohome.Fault{On: calls, Hang: demohome.After}, 0, true, true},
		{"drops before", &demohome.Fault{On: calls, Drop: demohome.Before}, 0, false, false},
		{"drops after", &demohome.Fault{On: calls, Drop: demohome.After}, 0, false, true},
		{"a proxy's 403", &demohome.Fault{Answer: demohome.Forbidden()}, 403, false, false},
		{"a firewall's page", &demohome.Fault{Answer: demohome.Challenge()}, 403, false, false},
		{"a 502", &demohome.Fault{Answer: badGateway}, 502, false, false},
		{"a 502 of a proxy that gave up", &demohome.Fault{Answer: badGateway, AnswerAt: demohome.After}, 502, false, true},
		{"slow", &demohome.Fault{Delay: time.Millisecond}, 200, false, true},
		{"of other requests", &demohome.Fault{On: "/api/states", Drop: demohome.Before}, 200, false, true},
		{"that is over", &demohome.Fault{Times: 1, Drop: demohome.Before}, 0, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, url := listening(t, demohome.Options{})
			h.Inject(c.fault)
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			client := &http.Client{Transport: transport}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.hangs {
				go func() {
					for c.fault.Hits() == 0 || c.applied && len(h.Calls()) == 0 {
						time.Sleep(time.Millisecond)
					}
					cancel()
				}()
			}
			status, _, err := post(ctx, client, url)
			if status != c.status || c.hangs != errors.Is(err, context.Canceled) || (c.status == 0) != (err != nil) {
				t.Errorf("%d, %v", status, err)
			}
			applied := state(t, h, "switch.coffee_machine").State == "on"
			if applied != c.applied || (len(h.Calls()) == 1) != c.applied {
				t.Errorf("applied: %v, %d calls", applied, len(h.Calls()))
			}
			h.Mend()
			if status, body, err := post(t.Context(), client, url); status != 200 {
				t.Errorf("mended: %d %s, %v", status, body, err)
			}
		})
	}
}

func TestFaultHitsSoOften(t *testing.T) {
	h, url := listening(t, demohome.Options{})
	f := &demohome.Fault{Times: 2, Answer: badGateway}
	h.Inject(f)
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	for i, want := range []int{502, 502, 200, 200} {
		if status, _, err := post(t.Context(), &http.Client{Transport: transport}, url); status != want {
			t.Errorf("request %d: %d, %v", i, status, err)
		}
	}
	if f.Hits() != 2 || h.Requests() != 4 {
		t.Errorf("%d hits of %d requests", f.Hits(), h.Requests())
	}
}

// TestCloseLetsGo: neither a hanging request nor a kept connection keeps the
// server from closing.
func TestCloseLetsGo(t *testing.T) {
	h := open(t, demohome.Options{})
	s, err := h.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &demohome.Fault{Hang: demohome.Before}
	h.Inject(f)
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	ended := make(chan error)
	go func() {
		_, _, err := post(t.Context(), &http.Client{Transport: transport}, s.URL)
		ended <- err
	}()
	for f.Hits() == 0 {
		time.Sleep(time.Millisecond)
	}
	closing(t, s)
	if err := <-ended; err == nil {
		t.Error("the request was answered")
	}
}

func TestTLS(t *testing.T) {
	h := open(t, demohome.Options{})
	for _, demand := range []bool{false, true} {
		s, err := h.ListenTLS("127.0.0.1:0", demand)
		if err != nil {
			t.Fatal(err)
		}
		trusting := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
		if !trusting.RootCAs.AppendCertsFromPEM(s.CA) {
			t.Fatal("no PEM")
		}
		known := trusting.Clone()
		if demand {
			pair, err := tls.X509KeyPair(s.ClientCert, s.ClientKey)
			if err != nil {
				t.Fatal(err)
			}
			known.Certificates = []tls.Certificate{pair}
		}
		for _, c := range []struct {
			name   string
			config *tls.Config
			works  bool
		}{
			{"knows nobody", &tls.Config{MinVersion: tls.VersionTLS12}, false},
			{"trusts the authority", trusting, !demand},
			{"shows a certificate if it must", known, true},
		} {
			transport := &http.Transport{TLSClientConfig: c.config}
			status, _, err := post(t.Context(), &http.Client{Transport: transport}, s.URL)
			if (status == 200) != c.works || (err == nil) != c.works {
				t.Errorf("demanded %v, %s: %d, %v", demand, c.name, status, err)
			}
			transport.CloseIdleConnections()
		}
		closing(t, s)
	}
}

func TestLatency(t *testing.T) {
	h := open(t, demohome.Options{Latency: time.Millisecond})
	if code, _ := call(h, "light.turn_on", `{"entity_id":"light.bed_light"}`); code != http.StatusOK {
		t.Error(code)
	}
}
