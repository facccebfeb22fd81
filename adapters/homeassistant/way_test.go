package homeassistant

import (
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// wants is what a Home Assistant says to who asks how one may sign in. It fails the
// test of who asks anything that counts as a failed login.
func wants(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/auth/providers") {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"providers":[{"name":"Home Assistant Local","id":null,"type":"homeassistant"}],"preselect_remember_me":true}`))
}

func walk(t *testing.T, c Config) ports.Walk {
	t.Helper()
	w, err := NewWay(c)
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Walk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// steps writes a walk in a few words: those of failed steps with a "!".
func steps(w ports.Walk) string {
	var names []string
	for _, s := range w.Steps {
		if s.Failure != "" {
			s.Name = "!" + s.Name
		}
		names = append(names, s.Name)
	}
	return strings.Join(names, " ")
}

// TestWalk: how far one gets, and what is said of where it ends.
func TestWalk(t *testing.T) {
	plain, page, secure := serve(t, wants), serve(t, http.NotFound), httptest.NewUnstartedServer(http.HandlerFunc(wants))
	plain.Config.ErrorLog, secure.Config.ErrorLog = quiet, quiet
	secure.StartTLS()
	defer secure.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	authority := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw}))

	for _, c := range []struct {
		name   string
		access home.Access
		steps  string
		last   string // is part of what the last step found, or of why it failed
	}{
		{"plain", home.Access{URL: plain.URL}, "name connection answer", "Home Assistant"},
		{"with a path", home.Access{URL: plain.URL + "/ha/"}, "name connection answer", "Home Assistant"},
		{"by name", home.Access{URL: strings.Replace(plain.URL, "127.0.0.1", "localhost", 1)}, "name connection answer", "Home Assistant"},
		{"its own authority", home.Access{URL: secure.URL, CA: authority}, "name connection encryption answer", "Home Assistant"},
		{"unchecked", home.Access{URL: secure.URL, Unverified: true}, "name connection encryption answer", "Home Assistant"},
		{"no trust", home.Access{URL: secure.URL}, "name connection !encryption", "The certificate is not trusted: x509: "},
		{"TLS where there is none", home.Access{URL: strings.Replace(plain.URL, "http:", "https:", 1)}, "name connection !encryption", "tls: "},
		{"somebody else", home.Access{URL: page.URL}, "name connection answer", "HTTP status 404, which is not Home Assistant's own"},
		{"nobody", home.Access{URL: nobody}, "name !connection", "connection refused"},
		{"no such name", home.Access{URL: "http://home.invalid:8123"}, "!name", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := walk(t, Config{Access: c.access})
			if steps(got) != c.steps {
				t.Fatalf("went %s: %+v; want %s", steps(got), got, c.steps)
			}
			if last := got.Steps[len(got.Steps)-1]; !strings.Contains(last.Found+last.Failure, c.last) {
				t.Errorf("the last step is %+v, want %q", last, c.last)
			}
			for _, s := range got.Steps {
				if s.Failure == "" && s.Found == "" || s.Took < 0 {
					t.Errorf("a step says nothing: %+v", s)
				}
			}
		})
	}

	t.Run("silence", func(t *testing.T) {
		w, err := NewWay(Config{Access: home.Access{URL: "http://" + silent.Addr().String()}})
		if err != nil {
			t.Fatal(err)
		}
		var asked atomic.Bool
		go func() {
			if conn, err := silent.Accept(); err == nil {
				_, _ = conn.Read(make([]byte, 1))
				asked.Store(true)
				_, _ = io.Copy(io.Discard, conn)
				_ = conn.Close()
			}
		}()
		got, err := w.Walk(portstest.Expiring(t, asked.Load))
		if err != nil || steps(got) != "name connection !answer" || got.Steps[2].Failure != "The time for this request ran out." {
			t.Errorf("went %+v, %v", got, err)
		}
	})
}

func TestWalkTellsOfTheCertificate(t *testing.T) {
	secure := httptest.NewTLSServer(http.HandlerFunc(wants))
	defer secure.Close()
	got := walk(t, Config{Access: home.Access{URL: secure.URL, Unverified: true}})
	found := got.Steps[2].Found
	for _, want := range []string{"TLS 1.3", "good until 20", "not checked"} {
		if !strings.Contains(found, want) {
			t.Errorf("found %q, want %q in it", found, want)
		}
	}
}

// TestWalkShowsNoToken: but the headers that open the way.
func TestWalkShowsNoToken(t *testing.T) {
	seen := make(chan http.Header, 1)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen <- r.Header
		wants(w, r)
	})
	got := walk(t, Config{Access: home.Access{URL: server.URL, Token: secret.New("canary-token"), Headers: map[string]secret.Text{"Cf-Access-Client-Secret": secret.New("canary-header")}}})
	header := <-seen
	if header.Get("Authorization") != "" || header.Get("Cf-Access-Client-Secret") != "canary-header" {
		t.Errorf("the request had %v", header)
	}
	for _, s := range got.Steps {
		if strings.Contains(s.Found+s.Failure, "canary") {
			t.Errorf("a secret in %+v", s)
		}
	}
}

// fixed is a clock that stands still.
type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

// TestSkew: by how much the other clock is ahead, to the second.
func TestSkew(t *testing.T) {
	now := time.Date(2026, 11, 23, 3, 4, 5, 900_000_000, time.UTC)
	for told, want := range map[string]time.Duration{
		"Mon, 23 Nov 2026 03:04:05 GMT": 0,
		"Mon, 23 Nov 2026 03:04:06 GMT": time.Second,
		"Mon, 23 Nov 2026 03:09:05 GMT": 5 * time.Minute,
		"Mon, 23 Nov 2026 03:04:04 GMT": -time.Second,
		"Sun, 22 Nov 2026 03:04:05 GMT": -24 * time.Hour,
	} {
		server := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", told)
			wants(w, r)
		})
		got := walk(t, Config{Access: home.Access{URL: server.URL}, Clock: fixed(now)})
		if !got.Clocked || got.Skew != want {
			t.Errorf("%s: %s (%v), want %s", told, got.Skew, got.Clocked, want)
		}
	}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil
		wants(w, r)
	})
	if got := walk(t, Config{Access: home.Access{URL: server.URL}}); got.Clocked {
		t.Errorf("nobody told the time: %+v", got)
	}
}

func TestNoWay(t *testing.T) {
	for _, c := range []home.Access{{}, {URL: "ftp://x"}, {URL: "http://x", CA: "x"}, {URL: "http://x", ClientCert: "x"}} {
		if _, err := NewWay(Config{Access: c}); fault.Of(err) != fault.Misconfigured {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
