package demohome

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// authWait is how long a new connection has to say who it is.
const authWait = 10 * time.Second

// A socket is one connection to the WebSocket API
// (https://developers.home-assistant.io/docs/api/websocket/).
type socket struct {
	house *House
	conn  *websocket.Conn
	user  string

	mu       sync.Mutex
	waiting  [][]byte // messages to be sent
	coalesce bool     // several in one, as the client has said that it can
	wake     chan struct{}
	calls    sync.WaitGroup

	subscriptions map[int]*watcher // by the id of the message that asked for it
}

// socket serves GET /api/websocket.
func (h *House) socket(w http.ResponseWriter, r *http.Request) {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		sendText(w, http.StatusBadRequest, "No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".")
		return
	}
	s := &socket{house: h, wake: make(chan struct{}, 1), subscriptions: map[int]*watcher{}}
	ctx, cancel := context.WithCancel(context.Background()) // a request's own ends when it is hijacked
	defer cancel()
	if !h.connect(s, cancel) {
		send(w, http.StatusServiceUnavailable, nil)
		return
	}
	defer h.disconnect(s)

	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	s.conn = conn
	conn.SetReadLimit(4 << 20)
	defer func() { _ = conn.CloseNow() }()
	if !s.authenticate(ctx, r) {
		return
	}
	var writer sync.WaitGroup
	writer.Go(func() { s.write(ctx) })
	s.read(ctx)
	cancel()
	writer.Wait()
	s.calls.Wait()
}

// connect lets a connection in, unless the house is closed.
func (h *House) connect(s *socket, cancel context.CancelFunc) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.busy.Add(1)
	h.sockets[s] = cancel
	return true
}

func (h *House) disconnect(s *socket) {
	h.mu.Lock()
	for _, w := range s.subscriptions {
		h.unwatch(w)
	}
	delete(h.sockets, s)
	h.mu.Unlock()
	h.busy.Done()
}

// authenticate asks who is there. On false the connection is of no more use.
func (s *socket) authenticate(ctx context.Context, r *http.Request) bool {
	say := func(message string) bool {
		return s.conn.Write(ctx, websocket.MessageText, []byte(message)) == nil
	}
	ctx, cancel := context.WithTimeout(ctx, authWait)
	defer cancel()
	if !say(`{"type":"auth_required","ha_version":"` + version + `"}`) {
		return false
	}
	_, raw, err := s.conn.Read(ctx)
	if err != nil {
		return false
	}
	var auth struct {
		Type  string `json:"type"`
		Token string `json:"access_token"`
	}
	if json.Unmarshal(raw, &auth) != nil || auth.Type != "auth" {
		say(`{"type":"auth_invalid","message":"Auth message incorrectly formatted: expected auth at 'type'"}`)
		return false
	}
	user, ok := s.house.user(auth.Token)
	if !ok {
		s.house.wrongToken(r)
		say(`{"type":"auth_invalid","message":"Invalid access token or password"}`)
		return false
	}
	s.user = user
	return say(`{"type":"auth_ok","ha_version":"` + version + `"}`)
}

// read takes messages until the connection ends. One can hold several.
func (s *socket) read(ctx context.Context) {
	for {
		_, raw, err := s.conn.Read(ctx)
		if err != nil {
			return
		}
		decoder := json.NewDecoder(strings.NewReader(string(raw)))
		decoder.UseNumber()
		var v any
		if decoder.Decode(&v) != nil {
			_ = s.conn.Close(websocket.StatusNormalClosure, "")
			return
		}
		list, several := v.([]any)
		if !several {
			list = []any{v}
		}
		for _, m := range list {
			message, _ := values(m).(map[string]any)
			s.handle(message)
		}
	}
}

// send queues a message.
func (s *socket) send(message []byte) {
	s.mu.Lock()
	s.waiting = append(s.waiting, message)
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// write sends what is queued until the connection ends.
func (s *socket) write(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		s.mu.Lock()
		messages := s.waiting
		s.waiting = nil
		if s.coalesce && len(messages) > 1 {
			joined := []byte{'['}
			for i, m := range messages {
				if i > 0 {
					joined = append(joined, ',')
				}
				joined = append(joined, m...)
			}
			messages = [][]byte{append(joined, ']')}
		}
		s.mu.Unlock()
		for _, m := range messages {
			if s.conn.Write(ctx, websocket.MessageText, m) != nil {
				return
			}
		}
	}
}

// result answers a message with a value.
func (s *socket) result(id int, v any) { s.resultJSON(id, appendValue(nil, v)) }

// resultJSON answers a message with what is JSON already.
func (s *socket) resultJSON(id int, v []byte) {
	b := appendValue([]byte(`{"id":`), id)
	b = append(b, `,"type":"result","success":true,"result":`...)
	s.send(append(append(b, v...), '}'))
}

// fail answers a message with an error. Extra are further fields of it.
func (s *socket) fail(id any, code, message string, extra map[string]any) {
	problem := map[string]any{"code": code, "message": message}
	for k, v := range extra {
		problem[k] = v
	}
	b := appendValue([]byte(`{"id":`), id)
	b = append(b, `,"type":"result","success":false,"error":`...)
	s.send(append(appendValue(b, problem), '}'))
}
