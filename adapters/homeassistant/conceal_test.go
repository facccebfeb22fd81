package homeassistant

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// declines answers every request with a refusal in these words.
func declines(words func(body string) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]string{"message": words(string(body))})
	}
}

// echo is a refusal that repeats the request.
func echo(body string) string { return "Got " + body }

// TestEchoes: what LEE has shown to get in does not come back to those who read what
// went wrong, and the rest of the words does.
func TestEchoes(t *testing.T) {
	const door = "canary-door"
	headers := func(config *Config) { config.Headers = map[string]secret.Text{"X-Door": secret.New(door)} }
	for says, want := range map[string]string{
		"What " + canary + " behind " + door + " asks is wrong.": "What [secret] behind [secret] asks is wrong.",
		// A secret that lies across the cut must not be left in part.
		strings.Repeat("x", 195) + canary: strings.Repeat("x", 195) + "[secr…",
		strings.Repeat("ü", 200):          strings.Repeat("ü", 200),
		strings.Repeat("ü", 201):          strings.Repeat("ü", 200) + "…",
	} {
		c := client(t, serve(t, declines(func(string) string { return says })).URL, headers)
		_, err := c.Call(t.Context(), home.CallOn("light.a", "light", "turn_on", home.Field{Name: "flash", Value: home.Text("short")}))
		if text := fault.Text(err); text != want {
			t.Errorf("people read %q, want %q", text, want)
		}
		if strings.Contains(err.Error(), "canary") {
			t.Errorf("the log reads %v", err)
		}
	}
}

// TestDeclinedQuietly: where a call holds a secret, or is made because somebody has
// spoken, nothing of the home's own words is repeated; they may have it in capitals, or
// cut.
func TestDeclinedQuietly(t *testing.T) {
	for what, c := range map[string]struct {
		value  home.Value
		spoken bool
	}{
		"a code": {home.Secret(secret.New("canary-code")), false}, "words": {home.Text("canary words"), true}, "a number": {home.Number(8151.25), true},
	} {
		ctx := t.Context()
		if c.spoken {
			ctx = ports.WithSpoken(ctx)
		}
		for how, words := range map[string]func(string) string{
			"as it is": echo, "in capitals": func(body string) string { return strings.ToUpper(echo(body)) },
			"cut": func(body string) string { return echo(body[:len(body)-3]) },
		} {
			client := client(t, serve(t, declines(words)).URL)
			_, err := client.Call(ctx, home.CallOn("notify.a", "notify", "send", home.Field{Name: "value", Value: c.value}))
			if fault.Of(err) != fault.Refused || !strings.Contains(fault.Text(err), "declined it") {
				t.Errorf("%s that comes back %s: %v", what, how, err)
			}
			if told := strings.ToLower(err.Error()); strings.Contains(told, "canary") || strings.Contains(told, "8151") {
				t.Errorf("%s that comes back %s is told: %s", what, how, told)
			}
		}
	}
	c := client(t, serve(t, declines(func(string) string { return "It does not support action x." })).URL)
	_, err := c.Call(ports.WithSpoken(t.Context()), home.CallOn("lock.a", "lock", "open"))
	if fault.Of(err) != fault.Unsupported || strings.Contains(err.Error(), "action x") {
		t.Errorf("a service that is not supported: %v", err)
	}
}

// TestSpokenWords: what somebody says to the home's agent, and what it answers, is in
// no error.
func TestSpokenWords(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"a refusal":          declines(echo),
		"an earlier refusal": declines(func(string) string { return "expected str for dictionary value @ data['text']. Got 'canary words'" }),
		"no such agent":      declines(func(body string) string { return "invalid agent ID at 'agent_id' of " + body }),
		"no such place":      declines(func(body string) string { return "extra keys at 'device_id' of " + body }),
		"cut off":            says(`{"response":{"speech":{"plain":{"speech":"canary words`),
		"a strange name":     says(`{"response":{"data":{"code":"x","canary words":{"canary words":nul}}}}`),
		"a strange letter":   says(`{"canary words":{"canary words":canary}}`),
		"a strange escape":   says(`{"response":{"speech":{"plain":{"speech":"\canary words"}}}}`),
		"no object":          says(`"canary words"`),
		"a page": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.Copy(w, r.Body)
		},
		"another address": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.org/?said=canary+words", http.StatusFound)
		},
		"a strange status": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusTeapot)
			_, _ = io.Copy(w, r.Body)
		},
	} {
		_, err := client(t, serve(t, handler).URL).Converse(t.Context(), home.Utterance{Text: "canary words", Conversation: "c", Device: "d"})
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the log reads %v", name, err)
		}
	}
}

// TestCauses: net/http and others quote in an error what they cannot read. The log has it
// without what LEE has shown.
func TestCauses(t *testing.T) {
	long := secret.New("canary.eyJpc3MiOiJsZWUifQ.b3duIHRva2Vu")
	for name, answer := range map[string]string{
		"a status":        "HTTP/1.1 %s\r\n\r\n",
		"a protocol":      "%s\r\n\r\n",
		"a header":        "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
		"a part of one":   "HTTP/1.1 200 OK\r\n%.30s\r\n\r\n",
		"a length":        "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
		"an encoding":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n",
		"a chunk":         "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n",
		"a name":          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"%s\":nul",
		"a WebSocket key": "HTTP/1.1 101 OK\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		"an extension":    "HTTP/1.1 101 OK\r\nConnection: upgrade\r\nUpgrade: %s\r\n\r\n",
	} {
		for what, ask := range map[string]func(context.Context, *Client) error{
			"a read": look, "a command": call,
			"a WebSocket": func(ctx context.Context, c *Client) error {
				_, err := c.Negotiable(ctx, []home.EntityID{"camera.door"})
				return err
			},
		} {
			c := client(t, rawHouse(t, func(conn net.Conn, r *http.Request) bool {
				_, _ = fmt.Fprintf(conn, answer, "Bearer "+long.Reveal()+" "+r.Header.Get("X-Door"))
				return false
			}), func(config *Config) {
				config.Token, config.Headers = long, map[string]secret.Text{"X-Door": secret.New("canary-door")}
			})
			err := ask(t.Context(), c)
			if err == nil {
				t.Errorf("%s of %s is taken", name, what)
				continue
			}
			for at := 0; at+8 <= len(long.Reveal()); at++ {
				if part := long.Reveal()[at : at+8]; strings.Contains(err.Error(), part) {
					t.Errorf("%s in the answer to %s: the log reads %q", name, what, err)
					break
				}
			}
		}
	}
}
