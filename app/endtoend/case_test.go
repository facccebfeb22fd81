package endtoend

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// testCase is one directive and what must come of it, in testdata/directives.
type testCase struct {
	Name string `json:"name"`
	// Only says in which home the case holds, "demo" or "real"; both if empty.
	Only string `json:"only"`
	// Given are calls that are made beside LEE first, and Settled the states that
	// are then waited for.
	Given   []given          `json:"given"`
	Settled map[string]shown `json:"settled"`
	// Say is the directive, "Alexa.PowerController.TurnOn", To the entity.
	Say      string          `json:"say"`
	Instance string          `json:"instance"`
	To       string          `json:"to"`
	Payload  json.RawMessage `json:"payload"`

	// Requests is how many requests the home gets for it. It is left out where
	// that depends on how long a device takes.
	Requests *int `json:"requests"`
	// Event is the answer, Alexa.Response if empty, and Answer what of the
	// context's properties it must have. Error is what an error response must
	// have in its payload instead, with the error's interface under "namespace".
	Event  string         `json:"event"`
	Answer map[string]any `json:"answer"`
	Error  map[string]any `json:"error"`
	// House is what the home says of entities when the answer is there, Then
	// what it says a while later.
	House map[string]shown `json:"house"`
	Then  map[string]shown `json:"then"`
	// Assumed says that the answer tells what was commanded, for a device that
	// has not shown it; Moving that it is on its way. A state report would say
	// something else.
	Assumed bool `json:"assumed"`
	Moving  bool `json:"moving"`
}

// given is a service and its data: ["light.turn_off", {"entity_id": …}].
type given struct {
	service string
	data    map[string]any
}

func (g *given) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(raw, &[]any{&g.service, &g.data})
}

// shown is a state, "" for any, and attributes: ["on", {"brightness": 60}].
type shown struct {
	state      string
	attributes map[string]any
}

func (s *shown) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(raw, &[]any{&s.state, &s.attributes})
}

// differs says what of it a state does not have, "" for nothing.
func (s shown) differs(from state) string {
	if s.state != "" && from.State != s.state {
		return fmt.Sprintf("is %q, want %q", from.State, s.state)
	}
	for name, want := range s.attributes {
		if got := from.Attributes[name]; !same(got, want) {
			return fmt.Sprintf("has %s %v, want %v", name, got, want)
		}
	}
	return ""
}

// same says whether two of JSON's values are the same, numbers to a hundredth.
func same(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && math.Abs(a-b) < 0.01
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for name := range a {
			if !same(a[name], b[name]) {
				return false
			}
		}
		return true
	default:
		return reflect.DeepEqual(a, b)
	}
}

// cases returns the cases of every file by the file's name.
func cases(t *testing.T) map[string][]testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/directives/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	all := map[string][]testCase{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(strings.NewReader(string(raw)))
		decoder.DisallowUnknownFields()
		var in []testCase
		if err := decoder.Decode(&in); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".json")] = in
	}
	return all
}

// directive returns what the case says.
func (c testCase) directive() directive {
	d := directive{name: c.Say, instance: c.Instance, endpoint: strings.Replace(c.To, ".", "#", 1)}
	if c.Payload != nil {
		d.payload = c.Payload
	}
	return d
}

// run sends the case's directive and looks at what comes of it.
func (c testCase) run(t *testing.T, f *function, h *home) {
	t.Helper()
	for _, g := range c.Given {
		h.call(t, g.service, g.data)
	}
	h.wait(t, c.Settled)
	before := h.requests()
	a := f.ask(t, c.directive())
	if got := h.requests() - before; c.Requests != nil && got != *c.Requests {
		t.Errorf("%d requests to the home, want %d", got, *c.Requests)
	}
	for entity, want := range c.House {
		if wrong := want.differs(h.state(t, entity)); wrong != "" {
			t.Errorf("after the answer %s %s", entity, wrong)
		}
	}
	if c.Error != nil {
		c.checkError(t, a)
	} else {
		c.checkAnswer(t, a)
		if !c.Assumed && !c.Moving {
			c.checkTruth(t, f, a)
		}
	}
	h.wait(t, c.Then)
}

func (c testCase) checkAnswer(t *testing.T, a answer) {
	t.Helper()
	event := "Alexa.Response"
	if c.Event != "" {
		event = c.Event
	}
	if a.event() != event {
		t.Errorf("answered %s, want %s: %s", a.event(), event, a.raw)
	}
	got := a.properties()
	for name, want := range c.Answer {
		if !same(got[name], want) {
			t.Errorf("answered %s %v, want %v", name, got[name], want)
		}
	}
}

// checkTruth asks for the state: it must be what the answer told.
func (c testCase) checkTruth(t *testing.T, f *function, a answer) {
	t.Helper()
	report := f.say(t, "Alexa.ReportState", strings.Replace(c.To, ".", "#", 1))
	if told, is := a.properties(), report.properties(); !same(told, is) {
		t.Errorf("Alexa was told %v, and a state report says %v", told, is)
	}
	if a.health() != report.health() {
		t.Errorf("Alexa was told that it is %s, and a state report says %s", a.health(), report.health())
	}
}

func (c testCase) checkError(t *testing.T, a answer) {
	t.Helper()
	want := map[string]any{"namespace": "Alexa"}
	for name, value := range c.Error {
		want[name] = value
	}
	var in struct {
		Event struct{ Payload map[string]any }
	}
	if err := json.Unmarshal(a.raw, &in); err != nil {
		t.Fatal(err)
	}
	got := in.Event.Payload
	got["namespace"] = string(a.Event.Header.Namespace)
	if a.Event.Header.Name != alexa.NameErrorResponse {
		t.Errorf("answered %s, want an error", a.raw)
	}
	for name, value := range want {
		if !same(got[name], value) {
			t.Errorf("the error has %s %v, want %v: %s", name, got[name], value, a.raw)
		}
	}
}

// wait waits until the home says what is wanted of entities.
func (h *home) wait(t *testing.T, want map[string]shown) {
	t.Helper()
	for entity, want := range want {
		for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
			wrong := want.differs(h.state(t, entity))
			if wrong == "" {
				break
			}
			if time.Now().After(end) {
				t.Errorf("a while later %s %s", entity, wrong)
				break
			}
		}
	}
}
