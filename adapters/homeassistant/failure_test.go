package homeassistant

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// reply is an answer as a server gives it.
type reply struct {
	status int
	header map[string]string
	body   string
}

func (a reply) send(w http.ResponseWriter) {
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write([]byte(a.body))
}

var (
	plain    = map[string]string{"Content-Type": "text/plain; charset=utf-8"}
	inJSON   = map[string]string{"Content-Type": "application/json"}
	page     = map[string]string{"Content-Type": "text/html; charset=utf-8"}
	rejected = reply{401, plain, "401: Unauthorized"}
)

// TestRefused is of answers that are not good ones: what kind of failure each is
// for a read and for a command.
func TestRefused(t *testing.T) {
	const wafPage = "<html><title>Attention Required!</title>Ray ID 7</html>"
	refused := `{"message":"Provided temperature 99.0 is not valid. Accepted range is 7 to 35"}`
	after := func(header map[string]string, seconds string) map[string]string {
		return map[string]string{"Content-Type": header["Content-Type"], "Retry-After": seconds}
	}
	for name, test := range map[string]struct {
		reply
		read, command fault.Kind
		retryAfter    time.Duration
		text          string
	}{
		"LEE's own token is rejected":          {reply: rejected, read: fault.NotAllowed, command: fault.NotAllowed, text: "HOME_ASSISTANT_TOKEN"},
		"a proxy's 401":                        {reply: reply{401, page, "<h1>401: Unauthorized</h1>"}, read: fault.NotAllowed, command: fault.NotAllowed},
		"a 401 in JSON":                        {reply: reply{401, inJSON, `{"message":"401: Unauthorized"}`}, read: fault.NotAllowed, command: fault.NotAllowed},
		"a ban":                                {reply: reply{403, plain, "403: Forbidden"}, read: fault.NotAllowed, command: fault.NotAllowed},
		"a web application firewall":           {reply: reply{403, page, wafPage}, read: fault.NotAllowed, command: fault.NotAllowed},
		"no such entity":                       {reply: reply{404, inJSON, `{"message":"Entity not found."}`}, read: fault.NotFound, command: fault.NotFound},
		"no such page":                         {reply: reply{404, plain, "404: Not Found"}, read: fault.Unreachable, command: fault.Unreachable, text: "404"},
		"a proxy's 404":                        {reply: reply{404, page, "Entity not found."}, read: fault.Unreachable, command: fault.Unreachable},
		"a 404 of another JSON":                {reply: reply{404, inJSON, `{"message":"no Route matched with those values"}`}, read: fault.Unreachable, command: fault.Unreachable},
		"no such service":                      {reply: reply{400, plain, "400: Bad Request"}, read: fault.Unsupported, command: fault.Unsupported},
		"a refused value":                      {reply: reply{400, inJSON, refused}, read: fault.Refused, command: fault.Refused, text: "Accepted range is 7 to 35"},
		"an entity that cannot":                {reply: reply{400, inJSON, `{"message":"Entity lock.a does not support action lock.open"}`}, read: fault.Unsupported, command: fault.Unsupported},
		"a proxy's 400":                        {reply: reply{400, page, "<html>400 The plain HTTP request was sent to HTTPS port</html>"}, read: fault.Unreachable, command: fault.Unreachable},
		"a 400 without a message":              {reply: reply{400, inJSON, `{"message":7}`}, read: fault.Unreachable, command: fault.Unreachable},
		"a device that failed":                 {reply: reply{500, inJSON, `{"message":"device exploded at 10.0.0.7"}`}, read: fault.Failed, command: fault.Failed},
		"an integration that raised":           {reply: reply{500, plain, "500 Internal Server Error"}, read: fault.Failed, command: fault.Failed},
		"throttled":                            {reply: reply{429, after(plain, "7"), ""}, read: fault.Throttled, command: fault.Throttled, retryAfter: 7 * time.Second},
		"throttled for nonsense":               {reply: reply{429, after(plain, "soon"), ""}, read: fault.Throttled, command: fault.Throttled},
		"throttled for less than nothing":      {reply: reply{429, after(plain, "-5"), ""}, read: fault.Throttled, command: fault.Throttled},
		"throttled for ever":                   {reply: reply{429, after(plain, "99999999999999"), ""}, read: fault.Throttled, command: fault.Throttled, retryAfter: 24 * time.Hour},
		"throttled until long ago":             {reply: reply{429, after(plain, "Mon, 02 Jan 2006 15:04:05 GMT"), ""}, read: fault.Throttled, command: fault.Throttled},
		"throttled until the end of time":      {reply: reply{429, after(plain, "Fri, 31 Dec 9999 23:59:59 GMT"), ""}, read: fault.Throttled, command: fault.Throttled, retryAfter: 24 * time.Hour},
		"Home Assistant is stopping":           {reply: reply{503, nil, ""}, read: fault.Unreachable, command: fault.Unreachable},
		"a proxy that is overloaded":           {reply: reply{503, after(page, "3"), wafPage}, read: fault.Unreachable, command: fault.Unreachable, retryAfter: 3 * time.Second},
		"a proxy without a home behind":        {reply: reply{502, page, "<h1>502 Bad Gateway</h1>"}, read: fault.Unreachable, command: fault.Unreachable},
		"a proxy that gave up waiting":         {reply: reply{504, page, "<h1>504</h1>"}, read: fault.Unreachable, command: fault.Unanswered},
		"Cloudflare that gave up waiting":      {reply: reply{524, page, wafPage}, read: fault.Unreachable, command: fault.Unanswered},
		"Cloudflare without a home behind":     {reply: reply{530, page, wafPage}, read: fault.Unreachable, command: fault.Unreachable},
		"moved":                                {reply: reply{301, map[string]string{"Location": "https://elsewhere.example"}, ""}, read: fault.Unreachable, command: fault.Unreachable, text: "redirects"},
		"moved, keep the method":               {reply: reply{307, map[string]string{"Location": "/elsewhere"}, ""}, read: fault.Unreachable, command: fault.Unreachable, text: "redirects"},
		"a login page":                         {reply: reply{200, page, "<html>Sign in</html>"}, read: fault.Unreachable, command: fault.Unreachable, text: "not Home Assistant"},
		"a page that says nothing of its type": {reply: reply{200, map[string]string{"Content-Type": ""}, "[]"}, read: fault.Unreachable, command: fault.Unreachable},
		"a teapot":                             {reply: reply{418, page, ""}, read: fault.Unreachable, command: fault.Unreachable},
		"nothing":                              {reply: reply{204, nil, ""}, read: fault.Unreachable, command: fault.Unreachable},

		// Who sent a command and cannot read the answer does not know what became
		// of it.
		"other JSON":      {reply: reply{200, inJSON, `{"ok":true}`}, read: fault.Unreachable, command: fault.Unanswered},
		"JSON of nothing": {reply: reply{200, inJSON, ``}, read: fault.Unreachable, command: fault.Unanswered},
		"broken JSON":     {reply: reply{200, inJSON, `[{"entity_id":NaN}]`}, read: fault.Unreachable, command: fault.Unanswered},
		"truncated JSON":  {reply: reply{200, inJSON, `[{"entity_id":"light.lamp"`}, read: fault.Unreachable, command: fault.Unanswered},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) { asked++; test.send(w) })
			c := client(t, s.URL)
			_, err := c.State(t.Context(), "light.lamp")
			want(t, "State", err, test.read, false)
			_, err = c.States(t.Context())
			want(t, "States", err, test.read, false)
			_, err = c.Config(t.Context())
			want(t, "Config", err, test.read, false)
			_, err = c.Call(t.Context(), home.CallOn("light.lamp", "light", "turn_on"))
			e := want(t, "Call", err, test.command, true)
			wanted := 4
			if test.read == fault.NotFound {
				wanted++ // whether the home is still starting
			}
			if asked != wanted {
				t.Errorf("it was asked %d times, want %d: once for each", asked, wanted)
			}
			if d := e.RetryAfter - test.retryAfter; d < -5*time.Second || d > 5*time.Second {
				t.Errorf("RetryAfter is %v, want %v", e.RetryAfter, test.retryAfter)
			}
			if !strings.Contains(e.Text, test.text) {
				t.Errorf("its text is %q, want %q in it", e.Text, test.text)
			}
		})
	}
}

// want wants err to be of a kind, to say whether a command was sent, to have a
// text, and not to have the token anywhere.
func want(t *testing.T, what string, err error, kind fault.Kind, sent bool) fault.Error {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) {
		t.Fatalf("%s: %v is no *fault.Error", what, err)
	}
	if e.Kind != kind || e.Sent != sent || e.Text == "" {
		t.Errorf("%s: %v (Sent %v), want %v (Sent %v) with a text", what, err, e.Sent, kind, sent)
	}
	if all := fmt.Sprintf("%v %+v %#v %v", err, *e, *e, e.Cause); strings.Contains(all, canary) {
		t.Errorf("%s: the token is in %s", what, all)
	}
	return *e
}

// TestTokenOfTheRequest is of the token that came with a request: only Home
// Assistant itself rejects it, and only by saying so twice.
func TestTokenOfTheRequest(t *testing.T) {
	good := reply{200, inJSON, `{"message":"API running."}`}
	proxy := reply{401, page, "<h1>Log in</h1>"}
	for name, test := range map[string]struct {
		first, second reply
		want          fault.Kind
		asked         []string
	}{
		"rejected twice":                 {rejected, rejected, fault.TokenRejected, []string{"/api/states", "/api/"}},
		"rejected, and then not":         {rejected, good, fault.NotAllowed, []string{"/api/states", "/api/"}},
		"rejected, and then by a proxy":  {rejected, proxy, fault.NotAllowed, []string{"/api/states", "/api/"}},
		"rejected, and then banned":      {rejected, reply{403, plain, "403: Forbidden"}, fault.NotAllowed, []string{"/api/states", "/api/"}},
		"rejected, and then away":        {rejected, reply{502, page, ""}, fault.NotAllowed, []string{"/api/states", "/api/"}},
		"rejected by a proxy":            {proxy, rejected, fault.NotAllowed, []string{"/api/states"}},
		"rejected in another's words":    {reply{401, plain, "Unauthorized"}, rejected, fault.NotAllowed, []string{"/api/states"}},
		"rejected by a page of the same": {reply{401, page, "401: Unauthorized"}, rejected, fault.NotAllowed, []string{"/api/states"}},
	} {
		t.Run(name, func(t *testing.T) {
			var asked, tokens []string
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked, tokens = append(asked, r.URL.Path), append(tokens, r.Header.Get("Authorization"))
				if len(asked) == 1 {
					test.first.send(w)
				} else {
					test.second.send(w)
				}
			})
			c := client(t, s.URL, func(config *Config) { config.Token = secret.Text{} })
			_, err := c.States(ports.WithBearer(t.Context(), secret.New(canary)))
			want(t, "States", err, test.want, false)
			if !slices.Equal(asked, test.asked) {
				t.Errorf("asked for %v, want %v", asked, test.asked)
			}
			if slices.ContainsFunc(tokens, func(token string) bool { return token != "Bearer "+canary }) {
				t.Error("another token was shown")
			}
		})
	}
	t.Run("LEE's own comes before it, and is never rejected so", func(t *testing.T) {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer "+canary {
				t.Error("another token was shown")
			}
			rejected.send(w)
		})
		_, err := client(t, s.URL).States(ports.WithBearer(t.Context(), secret.New("alexa's")))
		want(t, "States", err, fault.NotAllowed, false)
	})
	t.Run("the home goes away in between", func(t *testing.T) {
		first := true
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if !first {
				panic(http.ErrAbortHandler)
			}
			first = false
			rejected.send(w)
		})
		c := client(t, s.URL, func(config *Config) { config.Token = secret.Text{} })
		_, err := c.States(ports.WithBearer(t.Context(), secret.New(canary)))
		want(t, "States", err, fault.NotAllowed, false)
	})
	t.Run("there is none", func(t *testing.T) {
		c := client(t, "http://127.0.0.1:1", func(config *Config) { config.Token = secret.Text{} })
		_, err := c.Call(t.Context(), home.CallOn("light.a", "light", "turn_on"))
		want(t, "Call", err, fault.Misconfigured, false)
	})
	t.Run("it is none that HTTP takes", func(t *testing.T) {
		c := client(t, "http://127.0.0.1:1", func(config *Config) { config.Token = secret.Text{} })
		_, err := c.States(ports.WithBearer(t.Context(), secret.New(canary+"\r\nX-Evil: 1")))
		want(t, "States", err, fault.NotAllowed, false)
	})
}
