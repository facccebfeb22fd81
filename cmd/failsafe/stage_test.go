package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// scene is a home that plays a part, and a directive for an entity in it.
type scene struct {
	Name string `json:"name"`
	// Env are settings, Unit is the unit of the home's temperatures.
	Env  map[string]string `json:"env"`
	Unit string            `json:"unit"`
	// Entity has the state and the attributes before; a state of "" is none that the
	// home knows. Others are further states of the home.
	Entity     string           `json:"entity"`
	State      string           `json:"state"`
	Attributes map[string]any   `json:"attributes"`
	Others     []map[string]any `json:"others"`
	// Directive is "Alexa.PowerController.TurnOn".
	Directive string          `json:"directive"`
	Instance  string          `json:"instance"`
	Payload   json.RawMessage `json:"payload"`
	// Calls say how the calls are answered that come, the last one of those that come
	// after it; without one they are answered at once.
	Calls []reply `json:"calls"`
	// Changes are what becomes of the entity after calls, in their order.
	Changes []change `json:"changes"`
	// Looks say how questions after a state are answered, as Calls do; Config is how the
	// one after the configuration is, and Core how the one after the phase is.
	Looks  []reply `json:"looks"`
	Config *reply  `json:"config"`
	Core   *reply  `json:"core"`
	// Phase is how far the home is; RUNNING when it is left out.
	Phase string `json:"phase"`
	// Slow is by how much the home's clock is slow.
	Slow duration `json:"slow"`
}

// change is what an entity changes to, so long after a call, counted from 0. Attributes
// that are null are gone.
type change struct {
	Call       int            `json:"call"`
	After      duration       `json:"after"`
	State      string         `json:"state"`
	Attributes map[string]any `json:"attributes"`
}

// reply is an answer that is not what the home would say by itself.
type reply struct {
	// After is how long it takes, Hangs says that it never comes, Drops that the
	// connection is closed in its place.
	After duration `json:"after"`
	Hangs bool     `json:"hangs"`
	Drops bool     `json:"drops"`
	// Status is its status, 0 for what the home would say; Body its body, which is JSON
	// where it begins like it. Text is Body for what is not.
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body"`
	Text   string          `json:"text"`
	// Ends says where the answer is cut off, in bytes; 0 for nowhere.
	Ends int `json:"ends"`
}

// duration is a time as "1.5s".
type duration time.Duration

func (d *duration) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	parsed, err := time.ParseDuration(text)
	*d = duration(parsed)
	return err
}

// stage is a home that plays a scene. It notes what it is asked.
type stage struct {
	*testing.T
	scene

	mu     sync.Mutex
	asked  []string
	called []time.Time // when each call came
	looks  int
	began  time.Time
}

// newStage returns the stage of a scene.
func newStage(t *testing.T, s scene) *stage {
	return &stage{T: t, scene: s, began: time.Now()}
}

// played returns what was asked.
func (s *stage) played() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// due says whether a change has happened by now.
func (s *stage) due(c change, now time.Time) bool {
	return c.Call < len(s.called) && !s.called[c.Call].Add(time.Duration(c.After)).After(now)
}

// state returns the entity at a time.
func (s *stage) state(now time.Time) map[string]any {
	value, attributes, updated := s.State, maps.Clone(s.Attributes), s.began.Add(-time.Hour)
	if attributes == nil {
		attributes = map[string]any{}
	}
	for _, c := range s.Changes {
		if !s.due(c, now) {
			continue
		}
		if c.State != "" {
			value = c.State
		}
		maps.Copy(attributes, c.Attributes)
		updated = s.called[c.Call].Add(time.Duration(c.After))
	}
	maps.DeleteFunc(attributes, func(_ string, value any) bool { return value == nil })
	stamp := updated.Add(-time.Duration(s.Slow)).UTC().Format("2006-01-02T15:04:05.000000-07:00")
	return map[string]any{"entity_id": s.Entity, "state": value, "attributes": attributes, "last_changed": stamp, "last_updated": stamp}
}

// ServeHTTP implements http.Handler.
func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.asked = append(s.asked, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+plainly(body)))
	var how reply
	call := len(s.called)
	switch {
	case r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/api/services/"):
		how = nth(s.Calls, call)
		s.called = append(s.called, time.Now())
	case strings.HasPrefix(r.URL.Path, "/api/states/"):
		how = nth(s.Looks, s.looks)
		s.looks++
	case r.URL.Path == "/api/":
		how = nth(s.Looks, 0)
	case r.URL.Path == "/api/config" && s.Config != nil:
		how = *s.Config
	case r.URL.Path == "/api/core/state" && s.Core != nil:
		how = *s.Core
	}
	s.mu.Unlock()
	switch {
	case how.Drops:
		panic(http.ErrAbortHandler)
	case how.Hangs:
		<-r.Context().Done()
		return
	}
	select {
	case <-time.After(time.Duration(how.After)):
	case <-r.Context().Done():
		return
	}
	status, answer := s.answer(r, how, call)
	kind := "text/plain; charset=utf-8"
	switch {
	case len(answer) == 0:
	case answer[0] == '<':
		kind = "text/html"
	case answer[0] == '[', answer[0] == '{':
		kind = "application/json"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Date", time.Now().Add(-time.Duration(s.Slow)).UTC().Format(http.TimeFormat))
	if how.Ends > 0 {
		w.Header().Set("Content-Length", fmt.Sprint(len(answer)))
		answer = answer[:how.Ends]
	}
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

// answer returns what is answered to a request.
func (s *stage) answer(r *http.Request, how reply, call int) (status int, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	says := func(v any) []byte {
		raw, err := json.Marshal(v)
		if err != nil {
			s.Error(err)
		}
		return raw
	}
	phase := cmp.Or(s.Phase, "RUNNING")
	switch {
	case how.Status != 0 && how.Text != "":
		return how.Status, []byte(how.Text)
	case how.Status != 0:
		return how.Status, how.Body
	case r.URL.Path == "/api/config":
		return http.StatusOK, says(map[string]any{"version": "2026.11.0", "state": phase, "unit_system": map[string]string{"temperature": s.Unit}})
	case r.URL.Path == "/api/core/state":
		return http.StatusOK, says(map[string]any{"state": phase})
	case r.URL.Path == "/api/states" && s.Entity == "":
		return http.StatusOK, says(append([]map[string]any{}, s.Others...))
	case r.URL.Path == "/api/states":
		return http.StatusOK, says(append([]map[string]any{s.state(now)}, s.Others...))
	case r.URL.Path == "/api/states/"+s.Entity && s.State != "":
		return http.StatusOK, says(s.state(now))
	case strings.HasPrefix(r.URL.Path, "/api/states/"):
		return http.StatusNotFound, []byte(`{"message":"Entity not found."}`)
	case strings.HasPrefix(r.URL.Path, "/api/services/"):
		if !slices.ContainsFunc(s.Changes, func(c change) bool { return c.Call == call && s.due(c, now) }) {
			return http.StatusOK, []byte("[]")
		}
		return http.StatusOK, says([]any{s.state(now)})
	default:
		return http.StatusNotFound, []byte("404: Not Found")
	}
}

// nth returns the nth of some replies, the last one for those after it.
func nth(replies []reply, n int) reply {
	if len(replies) == 0 {
		return reply{}
	}
	return replies[min(n, len(replies)-1)]
}

// plainly returns the body of a request in one form: its members in their order, and a
// target as a list.
func plainly(body []byte) string {
	var in map[string]any
	if json.Unmarshal(body, &in) != nil {
		return string(body)
	}
	if one, ok := in["entity_id"].(string); ok {
		in["entity_id"] = []any{one}
	}
	raw, _ := json.Marshal(in) // it was JSON
	return string(raw)
}
