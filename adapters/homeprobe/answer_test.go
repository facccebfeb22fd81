package homeprobe_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/homeprobe"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// ahead is a clock that is wrong.
type ahead time.Duration

func (a ahead) Now() time.Time { return time.Now().Add(time.Duration(a)) }

// TestHome is of Home Assistants that answer, and may be odd all the same.
func TestHome(t *testing.T) {
	saying := func(version string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/api/config" {
				_, _ = io.WriteString(w, version)
				return
			}
			running(w, r)
		}
	}
	for name, c := range map[string]struct {
		home   http.HandlerFunc
		change func(*homeprobe.Config)
		want   []string
	}{
		"well": {running, nil, []string{
			"home.answer: Home Assistant answers at http://127.0.0.1:", "home.version: It is Home Assistant 2026.11.0.", "home.clock: Its clock and ours are alike.",
			"speed.answers: 10 answers took ", "speed.budget: A first command takes about ",
		}},
		"old":                {saying(`{"version":"2023.12.4"}`), nil, []string{"home.version.old: It is Home Assistant 2023.12.4, and LEE is made for 2024.4 and later."}},
		"old enough":         {saying(`{"version":"2024.4.0b1"}`), nil, []string{"home.version: It is Home Assistant 2024.4.0b1."}},
		"of no version":      {saying(`<html>`), nil, []string{"home.version.unknown: It does not say which version it is."}},
		"its clock is ahead": {running, func(c *homeprobe.Config) { c.Clock = ahead(-2 * time.Minute) }, []string{"home.clock.wrong: Its clock is 2 minutes ahead of that of this machine."}},
		"and behind":         {running, func(c *homeprobe.Config) { c.Clock = ahead(3 * time.Hour) }, []string{"home.clock.wrong: Its clock is 3 hours behind that of this machine."}},
		"it hangs up": {func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Connection", "close"); running(w, r) }, nil, []string{
			"speed.connection: The connection is closed after each answer",
		}},
		"below a path": {http.StripPrefix("/ha", http.HandlerFunc(running)).ServeHTTP, func(c *homeprobe.Config) { c.URL += "/ha/" }, []string{"home.answer: "}},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(c.home)
			defer server.Close()
			config := homeprobe.Config{Access: home.Access{URL: server.URL}}
			if c.change != nil {
				c.change(&config)
			}
			got, way := examine(t, config)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("found\n%s%+v\nwant %s", got, way, want)
				}
			}
		})
	}
}

// TestWithoutToken asks for what everybody is told, so that nobody is banned for it.
func TestWithoutToken(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path+r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"providers":[{"name":"Home Assistant Local","id":null,"type":"homeassistant"}],"preselect_remember_me":true}`)
	}))
	defer server.Close()
	p, err := homeprobe.New(homeprobe.Config{Access: home.Access{URL: server.URL}})
	if err != nil {
		t.Fatal(err)
	}
	way, err := p.Probe(t.Context(), true)
	if err != nil || way.Who != checkup.Home || way.Version != "" || len(way.Times) != 10 || len(asked) != 11 || strings.Join(asked, "") != strings.Repeat("/auth/providers", 11) {
		t.Errorf("asked %q, %+v", asked, way)
	}
}

// fixed is a clock that stands still.
type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

// TestSkew: by how much the other clock is ahead, to the second. A look that is not close
// shows the headers that let it in, and no token.
func TestSkew(t *testing.T) {
	now := time.Date(2026, 11, 23, 3, 4, 5, 900_000_000, time.UTC)
	for told, want := range map[string]time.Duration{
		"Mon, 23 Nov 2026 03:04:05 GMT": 0,
		"Mon, 23 Nov 2026 03:04:06 GMT": time.Second,
		"Mon, 23 Nov 2026 03:09:05 GMT": 5 * time.Minute,
		"Mon, 23 Nov 2026 03:04:04 GMT": -time.Second,
		"Sun, 22 Nov 2026 03:04:05 GMT": -24 * time.Hour,
		"":                              0,
	} {
		var shown http.Header
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			shown = r.Header
			w.Header()["Date"] = nil
			if told != "" {
				w.Header().Set("Date", told)
			}
			running(w, r)
		}))
		p, err := homeprobe.New(homeprobe.Config{Clock: fixed(now), Access: home.Access{
			URL: server.URL, Token: secret.New(canary), Headers: map[string]secret.Text{"Cf-Access-Client-Secret": secret.New(canary + "2")},
		}})
		if err != nil {
			t.Fatal(err)
		}
		way, err := p.Probe(t.Context(), false)
		server.Close()
		if err != nil || way.Clocked != (told != "") || way.Skew != want {
			t.Errorf("%q: %s (%v, %v), want %s", told, way.Skew, way.Clocked, err, want)
		}
		if shown.Get("Authorization") != "" || shown.Get("Cf-Access-Client-Secret") != canary+"2" {
			t.Errorf("the request had %v", shown)
		}
	}
}

// TestRejectedOnce shows a token that is rejected once only.
func TestRejectedOnce(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, "401: Unauthorized")
	}))
	defer server.Close()
	if got, _ := examine(t, homeprobe.Config{Access: home.Access{URL: server.URL}}); asked != 1 || !strings.Contains(got, "home.token: ") {
		t.Errorf("asked %d times: %s", asked, got)
	}
}

// TestNoHome is of what cannot be looked at.
func TestNoHome(t *testing.T) {
	for _, c := range []home.Access{
		{}, {URL: "home.example.org"}, {URL: "ftp://home.example.org"}, {URL: "https://"}, {URL: "https://me:pass@home.example.org"},
		{URL: "https://home.example.org", ClientCert: "no certificate"}, {URL: "https://home.example.org", CA: "no certificate"},
	} {
		if _, err := homeprobe.New(homeprobe.Config{Access: c}); err == nil || strings.Contains(err.Error(), "pass@") {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
