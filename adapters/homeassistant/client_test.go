package homeassistant

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

func TestParseURL(t *testing.T) {
	for raw, says := range map[string]string{
		"http://homeassistant.local:8123":      "",
		"https://home.example.org/":            "",
		" https://[fd00::1]:8123/with/a/path ": "",
		"":                                     "not set",
		" ":                                    "must begin with",
		"home.example.org":                     "must begin with",
		"home.example.org:8123":                "must begin with",
		"ftp://home.example.org":               "must begin with",
		"http://":                              "no host",
		"https://:8123":                        "no host",
		"http://a b":                           "not a URL",
		"http://home:port":                     "not a URL",
		"http://me:" + canary + "@home":        "user name or password",
		"http://home/?token=" + canary:         "must end after",
		"http://home/#" + canary:               "must end after",
		"http://home\x7f" + canary:             "not a URL",
	} {
		_, err := ParseURL(raw)
		if says == "" {
			if err != nil {
				t.Errorf("%q: %v", raw, err)
			}
			continue
		}
		e := want(t, raw, err, fault.Misconfigured, false)
		if !strings.Contains(e.Text, says) || !strings.Contains(e.Text, "HOME_ASSISTANT_URL") {
			t.Errorf("%q: %s", raw, e.Text)
		}
		if _, err := New(Config{Access: home.Access{URL: raw}}); fault.Of(err) != fault.Misconfigured {
			t.Errorf("New with %q: %v", raw, err)
		}
	}
}

// TestTold wants a state to say when it was told, by the clock of the one that told it.
func TestTold(t *testing.T) {
	for date, want := range map[string]time.Time{
		"Mon, 23 Nov 2026 03:15:14 GMT": time.Date(2026, time.November, 23, 3, 15, 14, 0, time.UTC),
		"yesterday":                     {},
		"":                              {},
	} {
		c := client(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Date"] = []string{date}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"entity_id":"light.a","state":"on","attributes":{}}`)
		}).URL)
		if state, err := c.State(t.Context(), "light.a"); err != nil || !state.Told.Equal(want) {
			t.Errorf("%q is %v, %v", date, state.Told, err)
		}
	}
}

func TestBadTLS(t *testing.T) {
	for name, access := range map[string]home.Access{
		"HOME_ASSISTANT_CA":          {CA: canary},
		"HOME_ASSISTANT_CLIENT_CERT": {ClientCert: canary},
		"HOME_ASSISTANT_CLIENT_KEY":  {ClientKey: secret.New(canary)},
	} {
		access.URL = "https://home"
		_, err := New(Config{Access: access})
		if e := want(t, name, err, fault.Misconfigured, false); !strings.Contains(e.Text, name) {
			t.Errorf("%s: %s", name, e.Text)
		}
	}
}

// TestRequests is of what goes out.
func TestRequests(t *testing.T) {
	var got *http.Request
	var body []byte
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		switch r.URL.Path {
		case "/base/api/states/light.lamp":
			says(lamp)(w, r)
		case "/base/api/config":
			says(`{"version":"2026.11.0"}`)(w, r)
		default:
			says(`[`+lamp+`]`)(w, r)
		}
	})
	c := client(t, s.URL+"/base/", func(config *Config) {
		config.Headers = map[string]secret.Text{"CF-Access-Client-Secret": secret.New("s"), "Authorization": secret.New("x")}
	})
	call := home.CallOn("light.lamp", "light", "turn/../on", home.Field{Name: "brightness_pct", Value: home.Number(50)})
	for want, do := range map[string]func() error{
		`GET /base/api/states "" ""`: func() error { _, err := c.States(t.Context()); return err },
		`GET /base/api/states/light.lamp "" ""`: func() error {
			state, err := c.State(t.Context(), "light.lamp")
			if state.ID != "light.lamp" || state.Value != "on" || state.Name() != "Lamp" {
				t.Errorf("State is %+v", state)
			}
			return err
		},
		`GET /base/api/config "" ""`: func() error { _, err := c.Config(t.Context()); return err },
		`POST /base/api/services/light/turn%2F..%2Fon "application/json" "{\"brightness_pct\":50,\"entity_id\":\"light.lamp\"}"`: func() error {
			changed, err := c.Call(t.Context(), call)
			if len(changed) != 1 || changed[0].ID != "light.lamp" {
				t.Errorf("Call told %+v", changed)
			}
			return err
		},
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if line := fmt.Sprintf("%s %s %q %q", got.Method, got.URL.EscapedPath(), got.Header.Get("Content-Type"), body); line != want {
			t.Errorf("sent %s\nwant %s", line, want)
		}
		if got.Header.Get("Authorization") != "Bearer "+canary || got.Header.Get("CF-Access-Client-Secret") != "s" {
			t.Errorf("%s: the headers are %v", want, got.Header)
		}
	}
	c = client(t, s.URL+"/base", func(config *Config) { config.Token = secret.Text{} })
	if _, err := c.States(ports.WithBearer(t.Context(), secret.New("alexa's"))); err != nil || got.Header.Get("Authorization") != "Bearer alexa's" {
		t.Errorf("the request's token: %v, %v", got.Header, err)
	}
}

// TestStateOfAnother wants the state that was asked for, not just any.
func TestStateOfAnother(t *testing.T) {
	for _, body := range []string{lamp, `{}`, `{"entity_id":""}`, `[]`} {
		s := serve(t, says(body))
		state, err := client(t, s.URL).State(t.Context(), "light.other")
		want(t, body, err, fault.Unreachable, false)
		if state.ID != "" {
			t.Errorf("%s is %+v", body, state)
		}
	}
	s := serve(t, says(`{"message":"hello"}`))
	_, err := client(t, s.URL).Config(t.Context())
	want(t, "Config", err, fault.Unreachable, false)
}

func TestGzip(t *testing.T) {
	for name, test := range map[string]struct {
		write func(w io.Writer)
		want  fault.Kind
	}{
		"whole": {func(w io.Writer) {
			z := gzip.NewWriter(w)
			_, _ = z.Write(bigHouse(200))
			_ = z.Close()
		}, 0},
		"cut off": {func(w io.Writer) {
			z := gzip.NewWriter(w)
			_, _ = z.Write(bigHouse(200))
			_ = z.Flush()
		}, 0}, // the list is whole, only its check sum is not there
		"cut off within": {func(w io.Writer) {
			z := gzip.NewWriter(w)
			all := bigHouse(200)
			_, _ = z.Write(all[:len(all)/2])
			_ = z.Flush()
		}, fault.Unreachable},
		"not zipped": {func(w io.Writer) { _, _ = w.Write([]byte(`[]`)) }, fault.Unreachable},
		"empty":      {func(io.Writer) {}, fault.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Accept-Encoding") != "gzip" {
					t.Error("it was not asked to be zipped")
				}
				w.Header().Set("Content-Type", "application/json")
				w.Header().Set("Content-Encoding", "gzip")
				test.write(w)
			})
			states, err := client(t, s.URL).States(t.Context())
			if test.want != 0 {
				want(t, "States", err, test.want, false)
			} else if err != nil || len(states) != 200 {
				t.Errorf("%d states, %v", len(states), err)
			}
		})
	}
}

// TestConnectionIsUsedAgain wants one connection for answers of all kinds.
func TestConnectionIsUsedAgain(t *testing.T) {
	h := newHouse(t, false, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/services/light/refuse":
			reply{400, inJSON, `{"message":"no"}`}.send(w)
		case "/api/services/light/page":
			reply{200, page, strings.Repeat("x", 3000)}.send(w)
		case "/api/services/light/gateway":
			reply{502, page, strings.Repeat("x", 3000)}.send(w)
		default:
			says(`[`+lamp+`]  `+"\n")(w, r)
		}
	})
	c := client(t, h.URL)
	for range 3 {
		for _, service := range []string{"turn_on", "refuse", "page", "gateway"} {
			_, _ = c.Call(t.Context(), home.CallOn("light.lamp", "light", service))
			_, _ = c.States(t.Context())
		}
	}
	h.saw(t, 1, 12)
}

// TestThroughProxy wants the settings for TLS to hold through a proxy too.
func TestThroughProxy(t *testing.T) {
	h := newHouse(t, true, nil)
	connects := 0
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		connects++
		if r.Method != http.MethodConnect || r.Host != h.Listener.Addr().String() {
			t.Errorf("the proxy was asked to %s %s", r.Method, r.Host)
		}
		behind, err := dialer.Dial("tcp", r.Host)
		if err != nil {
			t.Error(err)
			return
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(behind, conn); _ = behind.Close() }()
		_, _ = io.Copy(conn, behind)
		_ = conn.Close()
	})
	at, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := client(t, h.URL, h.trust)
	c.transport.inner.Proxy, c.transport.proxied = http.ProxyURL(at), true
	if err := c.Open(t.Context()); err != nil || h.connections.Load() != 0 {
		t.Errorf("Open went past the proxy: %v", err)
	}
	command(t, c)
	command(t, c)
	h.saw(t, 1, 2)
	if connects != 1 {
		t.Errorf("the proxy was asked %d times", connects)
	}
	_ = c.Close()
}

// TestNotPrinted wants nothing that is printed of a client to give its token away.
func TestNotPrinted(t *testing.T) {
	c := client(t, "https://home.example.org", func(config *Config) {
		config.Headers = map[string]secret.Text{"X-Key": secret.New(canary)}
	})
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, v := range []any{c, c.config, &c.config} {
			if s := fmt.Sprintf(format, v); strings.Contains(s, canary) {
				t.Errorf("%s of a %T gives the token away", format, v)
			}
		}
	}
}
