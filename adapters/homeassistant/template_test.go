package homeassistant

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func blocked(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }

// renders answers with a body as Home Assistant does a template.
func renders(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		if !strings.Contains(string(raw), "is_hidden_entity") || r.Header.Get("Authorization") != "Bearer "+canary {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, body)
	}
}

// TestTemplate asks a home whose WebSocket is blocked.
func TestTemplate(t *testing.T) {
	talk := newTalker(t, &talker{handshake: blocked, template: renders(`{
		"areas": [["kitchen", "Kitchen", ["light.a", "light.b"]], ["hall", null, []], [7, "x"], null, "y", ["odd", 7, {"x": 1}, [1], [["light.c"]]]],
		"floors": [["ground", "Ground Floor", ["kitchen", 7, "gone"]], ["odd", 7, "kitchen"], null],
		"labels": [["alexa", "Alexa", ["light.a", 7, null]], ["guests", "Guests", ["light.a"]]],
		"hidden": ["light.b", 7, "lock.cellar"], "more": {"x": [1]}}`)})
	c := client(t, talk.URL)
	for range 2 {
		r, err := portstest.ReadRegistry(t.Context(), c, []home.EntityID{"light.a"})
		if err != nil || r.Source() != home.SourceTemplate {
			t.Fatalf("it tells %v, %v", r.Source(), err)
		}
		if lacks := fmt.Sprint(r.Lacks().Names()); lacks != "[diagnostic and configuration entities names aliases of areas exposed entities aliases]" {
			t.Errorf("it lacks %s", lacks)
		}
		for id, want := range map[home.EntityID]string{
			"light.a":     "{light.a  kitchen   [alexa guests] false 0 0}",
			"light.b":     "{light.b  kitchen   [] true 0 0}",
			"light.c":     "{light.c     [] false 0 0}",
			"lock.cellar": "{lock.cellar     [] true 0 0}",
		} {
			if got := fmt.Sprint(r.Entry(id)); got != want {
				t.Errorf("%s is %s, should be %s", id, got, want)
			}
		}
		if floor, ok := r.FloorOf("light.a"); !ok || fmt.Sprint(floor) != "{ground Ground Floor []}" {
			t.Errorf("a light in the kitchen is on %+v, %v", floor, ok)
		}
		if floor, ok := r.FloorOf("light.c"); ok {
			t.Errorf("a light in no area is on %+v", floor)
		}
		if is, known := r.Labelled("light.a", "GUESTS"); !is || !known {
			t.Error("labels have lost their names")
		}
	}
}

// TestTemplateStrangers is of what may come in place of the template's answer.
func TestTemplateStrangers(t *testing.T) {
	for title, body := range map[string]string{
		"nothing": "", "a text": "hello", "a list": "[]", "null": "null", "half of it": `{"areas":[["kitchen"`,
	} {
		t.Run(title, func(t *testing.T) {
			talk := newTalker(t, &talker{handshake: blocked, template: renders(body)})
			r, err := portstest.ReadRegistry(t.Context(), client(t, talk.URL), nil)
			if err == nil || fault.Of(err) != fault.Unsupported || r.Source() != home.SourceNone {
				t.Errorf("it tells %v, %v", r.Source(), err)
			}
		})
	}
}

// TestTemplateTooLong: no more is read than Home Assistant renders.
func TestTemplateTooLong(t *testing.T) {
	talk := newTalker(t, &talker{handshake: blocked, template: renders(`{"areas":[` + strings.Repeat(`["a"],`, 300_000) + `["b"]]}`)})
	r, err := portstest.ReadRegistry(t.Context(), client(t, talk.URL), nil)
	if !errors.Is(err, errTooLarge) || r.Source() != home.SourceNone {
		t.Errorf("it tells %v, %v", r.Source(), err)
	}
}

// TestTemplateRefused wants a refusal to be taken at its word: Home Assistant
// counts each as a failed login.
func TestTemplateRefused(t *testing.T) {
	talk := newTalker(t, &talker{handshake: blocked})
	c := client(t, talk.URL)
	for range 3 {
		if _, err := portstest.ReadRegistry(t.Context(), c, nil); fault.Of(err) != fault.Unsupported {
			t.Errorf("it fails with %v", err)
		}
	}
	if talk.renders() != 1 {
		t.Errorf("it was asked %d times", talk.renders())
	}
}
