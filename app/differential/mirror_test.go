//go:build live

package differential

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// mirror is what a house reports of itself as it happens: the states of all
// entities, and the calls of services. It is safe for concurrent use.
type mirror struct {
	ws *websocket.Conn
	// writing orders the ids of what is said to the house, which must rise.
	writing sync.Mutex
	next    int

	mu     sync.Mutex
	states map[string]state
	calls  map[string][]string // by entity, those from outside
	events map[string]int      // by entity, how many there were
	latest map[string]time.Time
	pongs  map[int]chan struct{}
	ended  error
}

// state is an entity's state with all its attributes.
type state struct {
	ID         string         `json:"entity_id"`
	Value      string         `json:"state"`
	Attributes map[string]any `json:"attributes"`
}

// heard is a message of the house's.
type heard struct {
	ID    int    `json:"id"`
	Type  string `json:"type"`
	Event struct {
		Type string `json:"event_type"`
		Data struct {
			EntityID string         `json:"entity_id"`
			NewState *state         `json:"new_state"`
			Domain   string         `json:"domain"`
			Service  string         `json:"service"`
			Data     map[string]any `json:"service_data"`
		} `json:"data"`
		Context struct {
			ParentID string `json:"parent_id"`
			UserID   string `json:"user_id"`
		} `json:"context"`
	} `json:"event"`
	Result json.RawMessage `json:"result"`
}

// watch begins to listen to a house and returns when all its states are known.
func watch(t *testing.T, url, token string) *mirror {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, strings.Replace(url, "http", "ws", 1)+"/api/websocket", nil)
	if err != nil {
		t.Fatal(err)
	}
	ws.SetReadLimit(16 << 20)
	m := &mirror{ws: ws, states: map[string]state{}, calls: map[string][]string{}, events: map[string]int{}, latest: map[string]time.Time{}, pongs: map[int]chan struct{}{}, next: 4}
	t.Cleanup(func() { _ = ws.CloseNow() })

	var in heard
	for _, out := range []any{
		map[string]any{"type": "auth", "access_token": token},
		map[string]any{"id": 1, "type": "subscribe_events", "event_type": "state_changed"},
		map[string]any{"id": 2, "type": "subscribe_events", "event_type": "call_service"},
		map[string]any{"id": 3, "type": "get_states"},
	} {
		if err := wsjson.Write(ctx, ws, out); err != nil {
			t.Fatal(err)
		}
	}
	for in.ID != 3 {
		in = heard{}
		if err := wsjson.Read(ctx, ws, &in); err != nil {
			t.Fatal(err)
		}
		m.note(in)
	}
	var states []state
	if err := json.Unmarshal(in.Result, &states); err != nil {
		t.Fatal(err)
	}
	for _, s := range states {
		m.states[s.ID] = s
	}
	go m.listen()
	return m
}

// listen notes what the house says until the connection ends.
func (m *mirror) listen() {
	for {
		var in heard
		if err := wsjson.Read(context.Background(), m.ws, &in); err != nil {
			m.end(err)
			return
		}
		m.note(in)
	}
}

// end notes that nothing more will be heard.
func (m *mirror) end(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended = err
	for _, pong := range m.pongs {
		close(pong)
	}
}

func (m *mirror) note(in heard) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data := in.Event.Data
	switch {
	case in.Type == "pong":
		close(m.pongs[in.ID])
		delete(m.pongs, in.ID)
	case in.Event.Type == "state_changed":
		m.events[data.EntityID]++
		m.latest[data.EntityID] = time.Now()
		if data.NewState != nil {
			m.states[data.EntityID] = *data.NewState
		}
	case in.Event.Type == "call_service" && in.Event.Context.ParentID == "" && in.Event.Context.UserID != "":
		ids := listed(data.Data["entity_id"])
		if len(ids) == 0 {
			ids = []string{data.Domain + "." + data.Service} // a script's own service
		}
		delete(data.Data, "entity_id")
		for _, id := range ids {
			m.events[id]++
			m.calls[id] = append(m.calls[id], data.Domain+"."+data.Service+" "+compact(data.Data))
		}
	}
}

// listed returns a text or a list of texts as a list.
func listed(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, listed(item)...)
		}
		return all
	default:
		return nil
	}
}

// catchUp returns when everything that had happened in the house is known here:
// the house says things in the order in which they happen.
func (m *mirror) catchUp() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	pong, err := m.ping(ctx)
	if err != nil {
		return err
	}
	select {
	case <-pong:
		m.mu.Lock()
		defer m.mu.Unlock()
		return m.ended
	case <-ctx.Done():
		return fmt.Errorf("the house does not answer: %w", ctx.Err())
	}
}

// ping says something to the house, and returns what is closed when it answers.
func (m *mirror) ping(ctx context.Context) (<-chan struct{}, error) {
	m.writing.Lock()
	defer m.writing.Unlock()
	m.next++
	pong := make(chan struct{})
	m.mu.Lock()
	m.pongs[m.next] = pong
	m.mu.Unlock()
	return pong, wsjson.Write(ctx, m.ws, map[string]any{"id": m.next, "type": "ping"})
}

// of returns an entity's state.
func (m *mirror) of(id string) state {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[id]
}

// all returns the ids of all entities.
func (m *mirror) all() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	ids := make([]string, 0, len(m.states))
	for id := range m.states {
		ids = append(ids, id)
	}
	return ids
}

// said returns the calls on an entity since the last time it was asked.
func (m *mirror) said(id string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	calls := m.calls[id]
	delete(m.calls, id)
	return calls
}

// happened returns how much has happened to entities so far.
func (m *mirror) happened(ids []string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, id := range ids {
		n += m.events[id]
	}
	return n
}

// lately returns when an entity's state changed last, as far as it was heard of.
func (m *mirror) lately(id string) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.latest[id]
}
