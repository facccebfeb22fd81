package engine_test

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/alexa/alexatest"
)

// megabytes is as large as an event of Lambda's can be.
const megabytes = 6 << 20

// bad are events that no handler may see.
var bad = []struct{ name, event, message string }{
	{"nothing", "", "The event is not a JSON object."},
	{"spaces", " \n\t ", "The event is not a JSON object."},
	{"null", "null", "The event is not a JSON object."},
	{"a number", "42", "The event is not a JSON object."},
	{"a text", `"directive"`, "The event is not a JSON object."},
	{"a list", `[{"test":"ping"}]`, "The event is not a JSON object."},
	{"no JSON", "directive=TurnOn", "The event is not a JSON object."},
	{"an empty object", "{}", "LEE does not know this kind of event."},
	{"a brace", "{", "The event is cut off or not valid JSON."},
	{"a name without a value", `{"test"`, "The event is cut off or not valid JSON."},
	{"a value that is cut off", `{"test":"pi`, "The event is cut off or not valid JSON."},
	{"an object that is cut off", `{"test":"ping"`, "The event is cut off or not valid JSON."},
	{"more after the end", `{"test":"ping"} {`, "The event is cut off or not valid JSON."},
	{"two events", `{"test":"ping"}{"test":"ping"}`, "The event is cut off or not valid JSON."},
	{"a comma too many", `{"test":"ping",}`, "The event is cut off or not valid JSON."},
	{"no quotes", `{test:"ping"}`, "The event is cut off or not valid JSON."},
	{"single quotes", `{'test':'ping'}`, "The event is cut off or not valid JSON."},
	{"a mark of the byte order", "\ufeff" + `{"test":"ping"}`, "The event is not a JSON object."},
	{"6 MB of spaces", strings.Repeat(" ", megabytes), "The event is not a JSON object."},
	{"6 MB of an unknown member", `{"x":"` + strings.Repeat("x", megabytes) + `"}`, "LEE does not know this kind of event."},
	{"6 MB that are cut off", `{"x":"` + strings.Repeat("x", megabytes), "The event is cut off or not valid JSON."},
	{"6 MB of members", "{" + strings.Repeat(`"x":0,`, megabytes/6) + `"y":0}`, "LEE does not know this kind of event."},
	{"objects in objects", strings.Repeat(`{"x":`, 100_000), "The event is cut off or not valid JSON."},
	{"lists in lists", `{"directive":` + strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000) + "}", "The event is cut off or not valid JSON."},
}

// timeless runs a test in a bubble in which computing takes no time: 6 MB take long under
// the race detector, and the engine gives up after seven seconds.
func timeless(t *testing.T, name string, test func(*testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
}

func TestBadEvents(t *testing.T) {
	r := newRig(tables())
	for _, c := range bad {
		timeless(t, c.name, func(t *testing.T) {
			answer, logged := r.invoke(t.Context(), t, c.event)
			got := read(t, answer).Error
			if got.Kind != "invalid" || !strings.HasPrefix(got.Message, c.message) {
				t.Errorf("answered %q, want an invalid %q", got, c.message)
			}
			if logged.Outcome != "invalid" || logged.Event != "unknown" {
				t.Errorf("logged %+v", logged)
			}
			if len(answer) > 1000 {
				t.Errorf("the answer has %d bytes", len(answer))
			}
		})
	}
	if answer, _ := r.invoke(t.Context(), t, `{"test":"ping"}`); !strings.Contains(string(answer), "pong") {
		t.Errorf("the engine does not answer any more: %s", answer)
	}
}

// TestBadDirectives: each is answered with an error that Alexa takes and that
// says what is wrong, and no handler sees it.
func TestBadDirectives(t *testing.T) {
	with := func(change func(m map[string]any)) string {
		m := message("Alexa.PowerController.TurnOn", "light#kitchen")
		change(m)
		raw, err := json.Marshal(map[string]any{"directive": m})
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	header := func(name string, value any) string {
		return with(func(m map[string]any) {
			h, _ := m["header"].(map[string]any)
			h[name] = value
		})
	}
	for _, c := range []struct{ name, event, message string }{
		{"null", `{"directive":null}`, "The directive has no header."},
		{"a text", `{"directive":"TurnOn"}`, "The directive's value is a JSON string, which it must not be."},
		{"a list", `{"directive":[]}`, "The directive's value is a JSON array, which it must not be."},
		{"a number", `{"directive":3}`, "The directive's value is a JSON number, which it must not be."},
		{"empty", `{"directive":{}}`, "The directive has no header."},
		{"without header", with(func(m map[string]any) { delete(m, "header") }), "The directive has no header."},
		{"header null", with(func(m map[string]any) { m["header"] = nil }), "The directive has no header."},
		{"a header that is a list", with(func(m map[string]any) { m["header"] = []int{1} }), "The directive's header is a JSON array, which it must not be."},
		{"no namespace", header("namespace", ""), "The directive's header has no namespace or no name."},
		{"no name", header("name", nil), "The directive's header has no namespace or no name."},
		{"a name that is a number", header("name", 7), "The directive's header.name is a JSON number, which it must not be."},
		{"version 2", header("payloadVersion", "2"), `The directive's payloadVersion is "2"; LEE speaks version 3.`},
		{"version as a number", header("payloadVersion", 3), "The directive's header.payloadVersion is a JSON number, which it must not be."},
		{"an endpoint that is a text", with(func(m map[string]any) { m["endpoint"] = "light#kitchen" }), "The directive's endpoint is a JSON string, which it must not be."},
		{"an endpoint's id that is a number", with(func(m map[string]any) { m["endpoint"] = map[string]any{"endpointId": 5} }), "The directive's endpoint.endpointId is a JSON number, which it must not be."},
		{"a token that is an object", with(func(m map[string]any) {
			m["endpoint"] = map[string]any{"endpointId": "light#kitchen", "scope": map[string]any{"token": map[string]any{"of": canary}}}
		}), "The directive's endpoint.scope.token is a JSON object, which it must not be."},
		{"6 MB of version", header("payloadVersion", strings.Repeat("3", megabytes)), "The directive's payloadVersion is"},
		{"6 MB of namespace", header("namespace", strings.Repeat("x", megabytes)), "LEE does not know this directive."},
		{"6 MB of correlation token", header("correlationToken", strings.Repeat("x", megabytes)), "The directive's correlationToken"},
		{"characters that no text has", header("name", "Turn\x00On\u2028"), "LEE does not know this directive."},
	} {
		timeless(t, c.name, func(t *testing.T) {
			parts := tables()
			for key := range parts.Directives {
				parts.Directives[key] = func(context.Context, alexa.Directive) (alexa.Answer, error) {
					t.Error("a handler was called")
					return alexa.Answer{}, nil
				}
			}
			answer, logged := newRig(parts).invoke(t.Context(), t, c.event)
			alexatest.CheckAnswer(t, answer)
			p := read(t, answer).Event.Payload
			if p.Type != alexa.InvalidDirective || !strings.HasPrefix(p.Message, c.message) {
				t.Errorf("answered %.60s %.200q, want %s %q", p.Type, p.Message, alexa.InvalidDirective, c.message)
			}
			if logged.Event != "directive" || len(logged.Directive) > 500 || len(logged.Error) > 1000 {
				t.Errorf("logged %.600v", logged)
			}
			if len(answer) > 100_000 {
				t.Errorf("the answer has %d bytes", len(answer))
			}
		})
	}
}

// TestStrangeDirectives: what is merely strange is carried out.
func TestStrangeDirectives(t *testing.T) {
	whole := event("Alexa.PowerController.TurnOn", "light#kitchen")
	for name, event := range map[string]string{
		"unknown members":          strings.Replace(whole, `{"directive":{`, `{"v":1,"directive":{"x":[{}],`, 1),
		"a payload that is a text": strings.Replace(whole, `"payload":{}`, `"payload":"x"`, 1),
		"no payload":               strings.Replace(whole, `,"payload":{}`, ``, 1),
		"6 MB of payload":          strings.Replace(whole, `"payload":{}`, `"payload":{"x":"`+strings.Repeat("x", megabytes)+`"}`, 1),
		"6 MB of token":            strings.Replace(whole, canary, strings.Repeat(canary, megabytes/len(canary)), 1),
	} {
		timeless(t, name, func(t *testing.T) {
			answer, logged := newRig(tables()).invoke(t.Context(), t, event)
			if r := checkReply(t, event, answer); r.Event.Header.Name != alexa.NameResponse || logged.Outcome != "done" {
				t.Errorf("answered %.300s", answer)
			}
			if len(answer) > 1000 {
				t.Errorf("the answer has %d bytes", len(answer))
			}
		})
	}
}

// TestCutOffAnywhere: no beginning of an event is taken for the event.
func TestCutOffAnywhere(t *testing.T) {
	for _, whole := range []string{`{"test":"ping"}`, event("Alexa.PowerController.TurnOn", "light#kitchen"), `{"operation":"echo","a":[1,{"b":"c"}]}`} {
		r := newRig(tables())
		for n := range whole {
			if answer, logged := r.invoke(t.Context(), t, whole[:n]); logged.Outcome != "invalid" {
				t.Fatalf("%q was answered %s", whole[:n], answer)
			}
		}
	}
}

// TestAnswersThatJSONCannotWrite: the one who asked gets an error in a form that
// they understand.
func TestAnswersThatJSONCannotWrite(t *testing.T) {
	parts := tables()
	parts.Directives[alexa.Key{Namespace: alexa.Alexa, Name: "ReportState"}] = func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
		return alexa.Reply(d, alexa.Alexa, alexa.NameStateReport, nil, []alexa.Property{{Name: "x", Value: math.NaN()}}), nil
	}
	parts.Operations["nan"] = func(context.Context, json.RawMessage) (any, error) { return math.NaN(), nil }
	r := newRig(parts)

	asked := event("Alexa.ReportState", "light#kitchen")
	answer, logged := r.invoke(t.Context(), t, asked)
	if got := checkReply(t, asked, answer).Event.Payload.Type; got != alexa.InternalError || logged.Outcome != "internal" {
		t.Errorf("answered %s, logged %+v", answer, logged)
	}
	answer, _ = r.invoke(t.Context(), t, `{"operation":"nan"}`)
	if got := read(t, answer).Error; got != (engine.RefusalReason{Kind: "internal", Message: "LEE could not write its answer."}) {
		t.Errorf("answered %s", answer)
	}
}
