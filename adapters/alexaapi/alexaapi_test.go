package alexaapi

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const canary = "canary-token"

// amazon stands in for Amazon.
type amazon struct {
	mu      sync.Mutex
	said    []portstest.Said
	instead http.HandlerFunc
	wrong   []string
}

func (a *amazon) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	a.mu.Lock()
	instead := a.instead
	a.mu.Unlock()
	if instead != nil {
		instead(w, r)
		return
	}
	var in struct {
		Header    struct{ RequestID string } `json:"header"`
		Directive struct{ Type, Speech string }
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := json.Unmarshal(body, &in); err != nil || in.Directive.Type != "VoicePlayer.Speak" || r.URL.Path != "/v1/directives" ||
		r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer "+canary || r.Header.Get("Content-Type") != "application/json" ||
		r.Host != "api.eu.amazonalexa.com" {
		a.wrong = append(a.wrong, fmt.Sprintf("%s %s%s %s", r.Method, r.Host, r.URL, body))
	}
	text := strings.TrimSuffix(strings.TrimPrefix(in.Directive.Speech, "<speak>"), "</speak>")
	text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
	a.said = append(a.said, portstest.Said{Request: in.Header.RequestID, Speech: text})
	w.WriteHeader(http.StatusNoContent)
}

func (a *amazon) answers(handler http.HandlerFunc) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.instead = handler
}

// open returns a client for which all names lead to a stand-in for Amazon.
func open(t *testing.T) (*Client, *amazon, *httptest.Server) {
	t.Helper()
	a := &amazon{}
	network := portstest.NewNetwork()
	server := httptest.NewUnstartedServer(a)
	_ = server.Listener.Close()
	server.Listener = network
	server.StartTLS()
	t.Cleanup(server.Close)
	c := New()
	c.transport.Proxy = nil
	c.transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // the stand-in's certificate is its own
	c.transport.DialContext = network.Dial
	t.Cleanup(func() {
		_ = c.Close()
		for _, wrong := range a.wrong {
			t.Errorf("Amazon got %s", wrong)
		}
	})
	return c, a, server
}

var eu = skill.API{Endpoint: "https://api.eu.amazonalexa.com", Token: secret.New(canary)}

func TestContract(t *testing.T) {
	portstest.Progress(t, func(t *testing.T) (ports.Progress, portstest.ProgressSetup) {
		t.Helper()
		c, a, server := open(t)
		return c, portstest.ProgressSetup{
			API: eu,
			Said: func() []portstest.Said {
				a.mu.Lock()
				defer a.mu.Unlock()
				return a.said
			},
			Hang: func() {
				a.answers(func(_ http.ResponseWriter, r *http.Request) {
					<-r.Context().Done()
					panic(http.ErrAbortHandler) // to return would answer with a 200
				})
			},
			Vanish: server.Close,
			Refuse: func() {
				a.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
			},
		}
	})
}

// TestWhereTo: the token goes to Amazon and nowhere else.
func TestWhereTo(t *testing.T) {
	for raw, want := range map[string]string{
		"https://api.amazonalexa.com":                       "https://api.amazonalexa.com/v1/directives",
		"https://api.eu.amazonalexa.com/":                   "https://api.eu.amazonalexa.com/v1/directives",
		"https://api.fe.amazonalexa.com":                    "https://api.fe.amazonalexa.com/v1/directives",
		"":                                                  "",
		"http://api.amazonalexa.com":                        "",
		"https://amazonalexa.com":                           "",
		"https://.amazonalexa.com":                          "",
		"https://api.amazonalexa.com.evil.example":          "",
		"https://evilamazonalexa.com":                       "",
		"https://evil.example/api.amazonalexa.com":          "",
		"https://evil.example#.amazonalexa.com":             "",
		"https://evil.example?.amazonalexa.com":             "",
		"https://evil.example\\.amazonalexa.com":            "",
		"https://api.amazonalexa.com@evil.example":          "",
		"https://evil.example@api.amazonalexa.com":          "",
		"https://api.amazonalexa.com:8443":                  "",
		"https://api.amazonalexa.com/path":                  "",
		"https://evil.example%2f.amazonalexa.com":           "",
		"https://127.0.0.1":                                 "",
		"https://api.amazonalexa.com\n":                     "",
		"https://\u0430pi.amazonalexa.com":                  "",
		"file:///api.amazonalexa.com":                       "",
		"https://API.AMAZONALEXA.COM":                       "",
		"https://" + strings.Repeat("a.", 500) + ".example": "",
	} {
		got, err := endpoint(raw)
		if got != want || (want == "") != (fault.Of(err) == fault.Misconfigured && err != nil) {
			t.Errorf("%q leads to %q (%v), should %q", raw, got, err, want)
		}
	}
}

// TestAnswers is of what Amazon, or what stands before it, may say.
func TestAnswers(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		kind   fault.Kind
	}{
		"a redirect": {302, fault.Refused}, "a bad request": {400, fault.Refused}, "an old token": {401, fault.Refused},
		"too much": {429, fault.Unreachable}, "a failure": {500, fault.Unreachable}, "a gateway": {502, fault.Unreachable},
	} {
		c, a, _ := open(t)
		a.answers(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://evil.example/")
			w.WriteHeader(test.status)
		})
		err := c.Say(t.Context(), eu, "request.1", "Hm.")
		if err == nil || fault.Of(err) != test.kind || strings.Contains(fmt.Sprintf("%+v %#v", err, err), canary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTooMuch(t *testing.T) {
	c, _, _ := open(t)
	for _, speech := range []string{"", " \x00 ", strings.Repeat("x", 700)} {
		if err := c.Say(t.Context(), eu, "request.1", speech); err == nil || fault.Of(err) != fault.Invalid {
			t.Errorf("%.10q: %v", speech, err)
		}
	}
	bad := skill.API{Endpoint: eu.Endpoint, Token: secret.New("a\r\nb: " + canary)}
	if err := c.Say(t.Context(), bad, "request.1", "Hm."); err == nil || fault.Of(err) != fault.Misconfigured {
		t.Errorf("a token with a line end: %v", err)
	}
}
