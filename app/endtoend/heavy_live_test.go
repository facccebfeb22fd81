//go:build check && live

package endtoend

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// bomb answers with a few kilobytes that unpack to a gigabyte.
func bomb(w http.ResponseWriter, status int, begin string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	packed := gzip.NewWriter(w)
	_, _ = io.WriteString(packed, begin)
	pour(packed, 1<<30)
	_ = packed.Close()
}

// TestBombs: a home whose every answer unpacks to a gigabyte, of whatever form, does not
// end the process of a function of 128 MB, whatever is asked.
func TestBombs(t *testing.T) {
	for mode, env := range modes {
		for name, c := range map[string]struct {
			status int
			begin  string
		}{
			"a text":     {200, `"`},
			"a list":     {200, `[{"entity_id":"light.lamp","state":"`},
			"a state":    {200, `{"entity_id":"light.lamp","state":"`},
			"a name":     {200, `{"`},
			"blanks":     {200, strings.Repeat(" ", 1<<20)},
			"a version":  {200, `{"version":"`},
			"a refusal":  {400, `{"message":"`},
			"a page":     {502, `<html>`},
			"no such":    {404, `{"message":"`},
			"a sentence": {200, `{"response":{"speech":{"plain":{"speech":"`},
		} {
			t.Run(mode+"/"+name, func(t *testing.T) {
				t.Parallel()
				confined(t)
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { bomb(w, c.status, c.begin) }))
				defer server.Close()
				f := startAsReleased(t, &home{url: server.URL, token: ownCanary}, env)
				for _, d := range []string{"Alexa.Discovery.Discover", "Alexa.ReportState", "Alexa.PowerController.TurnOn"} {
					endpoint := "light#lamp"
					if d == "Alexa.Discovery.Discover" {
						endpoint = ""
					}
					f.say(t, d, endpoint)
				}
				for _, operation := range []string{"ha_states", "ha_status", "ha_discovery", "health"} {
					f.invoke(t, []byte(`{"operation":"`+operation+`"}`))
				}
			})
		}
	}
}

// TestHeavyRegistry: registries that are too large do not end the engine's process. The home
// is discovered without them.
func TestHeavyRegistry(t *testing.T) {
	fill := func(item string) string { return strings.Repeat(item+",", 15<<20/(len(item)+1)) + item }
	for name, c := range map[string]struct{ begin, item, end string }{
		"entities": {`{"entities":[`, `{"ei":"light.b"}`, `]}`},
		"labels":   {`{"entities":[{"ei":"light.b","lb":[`, `"a"`, `]}]}`},
		"devices":  {`[`, `{"id":"a"}`, `]`},
		"a text":   {`{"entities":[{"en":"`, strings.Repeat("x", 1<<20), `"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			confined(t)
			result := c.begin + fill(c.item) + c.end
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/api/websocket":
					conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionNoContextTakeover})
					if err != nil {
						return
					}
					defer func() { _ = conn.CloseNow() }()
					_ = conn.Write(r.Context(), websocket.MessageText, []byte(`{"type":"auth_ok"}`))
					for id := range 7 {
						_ = conn.Write(r.Context(), websocket.MessageText, fmt.Appendf(nil, `{"id":%d,"type":"result","success":true,"result":%s}`, id+1, result))
					}
					_, _, _ = conn.Read(r.Context()) // until the other side has enough
				case "/api/states":
					w.Header().Set("Content-Type", "application/json")
					_, _ = io.WriteString(w, `[{"entity_id":"light.last","state":"on"}]`)
				case "/api/config":
					w.Header().Set("Content-Type", "application/json")
					_, _ = io.WriteString(w, `{"version":"2026.11.0","state":"RUNNING"}`)
				default:
					w.WriteHeader(http.StatusNotFound)
				}
			}))
			defer server.Close()
			f := startAsReleased(t, &home{url: server.URL, token: ownCanary}, nil)
			found := f.say(t, "Alexa.Discovery.Discover", "")
			if n := len(found.Event.Payload.Endpoints); n != 1 {
				t.Errorf("%d devices are offered: %.300s\n%s", n, found.raw, f.output)
			}
		})
	}
}
