package homeassistant

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// talker is a Home Assistant that has a WebSocket and templates: it answers each
// command with what is written for it, and anything else with an error.
type talker struct {
	*httptest.Server
	// results are the results of commands by their type, in JSON, and "auth" what
	// it says to that; a function of the command's JSON in place of a text where it
	// depends.
	results map[string]any
	// handshake answers in place of a handshake; nil for none.
	handshake http.HandlerFunc
	// raw are messages to be sent in place of an answer to the first command; the
	// connection is closed after them when closes is set.
	raw    []string
	closes bool
	// template answers POST /api/template.
	template http.HandlerFunc

	mu       sync.Mutex
	header   http.Header // of the last handshake
	commands []string
	rendered int
}

const (
	helloThere = `{"type":"auth_required","ha_version":"2026.11.0"}`
	welcome    = `{"type":"auth_ok","ha_version":"2026.11.0"}`
)

func newTalker(t *testing.T, talk *talker) *talker {
	t.Helper()
	talk.Server = httptest.NewUnstartedServer(talk)
	talk.Config.ErrorLog = quiet
	talk.Start()
	t.Cleanup(talk.Close)
	return talk
}

func (k *talker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/api/template":
		k.mu.Lock()
		k.rendered++
		k.mu.Unlock()
		if k.template == nil {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte("401: Unauthorized"))
			return
		}
		k.template(w, r)
	case r.URL.Path != "/api/websocket":
		http.NotFound(w, r)
	case k.handshake != nil:
		k.handshake(w, r)
	default:
		k.mu.Lock()
		k.header = r.Header.Clone()
		k.mu.Unlock()
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionNoContextTakeover})
		if err != nil {
			return
		}
		defer func() { _ = conn.CloseNow() }()
		conn.SetReadLimit(1 << 20)
		k.talk(r.Context(), conn)
	}
}

func (k *talker) talk(ctx context.Context, conn *websocket.Conn) {
	say := func(message string) { _ = conn.Write(ctx, websocket.MessageText, []byte(message)) }
	say(helloThere)
	for {
		_, raw, err := conn.Read(ctx)
		if err != nil {
			return
		}
		var command struct {
			ID    int             `json:"id"`
			Type  string          `json:"type"`
			Token string          `json:"access_token"`
			Which json.RawMessage `json:"entity_ids"`
		}
		if json.Unmarshal(raw, &command) != nil {
			return
		}
		k.mu.Lock()
		k.commands = append(k.commands, command.Type)
		k.mu.Unlock()
		switch result := k.results[command.Type].(type) {
		case nil:
			switch {
			case command.Type == "auth" && command.Token == canary:
				say(welcome)
			case command.Type == "auth":
				say(`{"type":"auth_invalid","message":"Invalid access token or password"}`)
				return
			case k.raw != nil:
				for _, message := range k.raw {
					say(message)
				}
				if k.closes {
					return
				}
				k.raw = []string{}
			default:
				say(resultOf(command.ID, false, `{"code":"unknown_command","message":"Unknown command."}`))
			}
		case string:
			say(resultOf(command.ID, !strings.HasPrefix(result, `{"code"`), result))
		case func(json.RawMessage) string:
			say(resultOf(command.ID, true, result(command.Which)))
		}
	}
}

// resultOf is the reply to a command.
func resultOf(id int, good bool, result string) string {
	m := map[bool]string{true: `"success":true,"result":`, false: `"success":false,"error":`}
	raw, _ := json.Marshal(id)
	return `{"id":` + string(raw) + `,"type":"result",` + m[good] + result + `}`
}

func (k *talker) asked() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]string(nil), k.commands...)
}

func (k *talker) renders() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.rendered
}
