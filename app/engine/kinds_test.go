package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/correlation"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports"
)

// tables returns tables with one directive and two operations.
func tables() engine.Parts {
	return engine.Parts{
		Directives: map[alexa.Key]engine.Directive{
			{Namespace: alexa.PowerController, Name: "TurnOn"}: func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
				return alexa.Reply(d, alexa.Alexa, alexa.NameResponse, nil, []alexa.Property{}), nil
			},
			alexa.AcceptGrant: func(_ context.Context, d alexa.Directive) (alexa.Answer, error) {
				return alexa.Reply(d, alexa.Authorization, alexa.NameAcceptGrantResponse, nil, nil), nil
			},
		},
		Operations: map[string]engine.Operation{
			"echo":  func(_ context.Context, event json.RawMessage) (any, error) { return event, nil },
			"break": func(context.Context, json.RawMessage) (any, error) { return nil, errors.New("it says " + canaryless) },
			"refuse": func(context.Context, json.RawMessage) (any, error) {
				return nil, fault.New(fault.Misconfigured, "HOME_ASSISTANT_URL is not set.")
			},
		},
	}
}

// canaryless is the cause of a failure: for the log, and not for people.
const canaryless = "the-cause-underneath"

func TestKindsOfEvents(t *testing.T) {
	for _, c := range []struct {
		name, event string
		// answer is the answer, or part of it; log the line's event and outcome.
		answer, log, level string
	}{
		{"a ping", `{"test":"ping"}`, `{"statusCode":200,"body":"pong"}`, "test done", "INFO"},
		{"a ping among other members", ` {"a":{"b":[1]},"test":"ping","z":null} `, `"statusCode":200`, "test done", "INFO"},
		{"another test", `{"test":"pong"}`, `"kind":"invalid","message":"LEE knows one test: {\"test\":\"ping\"}."`, "test invalid", "WARN"},
		{"a test that is no text", `{"test":{"ping":1}}`, `LEE knows one test`, "test invalid", "WARN"},
		{"an operation", `{"operation":"echo","with":7}`, `{"operation":"echo","with":7}`, "operation done", "INFO"},
		{"an operation that is refused", `{"operation":"refuse"}`, `{"error":{"kind":"misconfigured","message":"HOME_ASSISTANT_URL is not set."}}`, "operation misconfigured", "ERROR"},
		{"an operation that fails", `{"operation":"break"}`, `{"error":{"kind":"internal","message":"Something went wrong inside LEE."}}`, "operation internal", "ERROR"},
		{"an unknown operation", `{"operation":"dance"}`, `LEE has no operation \"dance\"; it knows break, echo, refuse.`, "operation invalid", "WARN"},
		{"an operation that is no text", `{"operation":["echo"]}`, `The event's operation is not a text.`, "operation invalid", "WARN"},
		{"the first of two kinds", `{"test":"ping","operation":"echo"}`, `"statusCode":200`, "test done", "INFO"},
		{"the first of two of a kind", `{"test":"ping","test":"pong"}`, `"statusCode":200`, "test done", "INFO"},
		{"no kind", `{"tests":"ping"}`, `LEE does not know this kind of event. It expects an object with one of the members directive, operation, request, requestContext, session, source, test.`, "unknown invalid", "WARN"},
		{"a kind in capitals", `{"Test":"ping"}`, `LEE does not know this kind of event.`, "unknown invalid", "WARN"},
		{"a kind further in", `{"event":{"test":"ping"}}`, `LEE does not know this kind of event.`, "unknown invalid", "WARN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, logged := newRig(tables()).invoke(t.Context(), t, c.event)
			if !strings.Contains(string(answer), c.answer) {
				t.Errorf("answer %s, want %s", answer, c.answer)
			}
			if strings.Contains(string(answer), canaryless) {
				t.Errorf("the cause is in the answer: %s", answer)
			}
			if got := logged.Event + " " + logged.Outcome; got != c.log || logged.Level != c.level {
				t.Errorf("logged %q at %s, want %q at %s", got, logged.Level, c.log, c.level)
			}
		})
	}
}

func TestDirectiveIsDispatched(t *testing.T) {
	for _, c := range []struct{ name, event, answer, log string }{
		{"known", event("Alexa.PowerController.TurnOn", "light#kitchen"), "Alexa.Response ", "Alexa.PowerController.TurnOn done"},
		{"unknown name", event("Alexa.PowerController.TurnUp", "light#kitchen"), "Alexa.ErrorResponse INVALID_DIRECTIVE", "Alexa.PowerController.TurnUp unsupported"},
		{"unknown interface", event("Alexa.Cooking.SetCookingMode", "light#kitchen"), "Alexa.ErrorResponse INVALID_DIRECTIVE", "Alexa.Cooking.SetCookingMode unsupported"},
		{"a grant", event("Alexa.Authorization.AcceptGrant", ""), "Alexa.Authorization.AcceptGrant.Response ", "Alexa.Authorization.AcceptGrant done"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, logged := newRig(tables()).invoke(t.Context(), t, c.event)
			r := checkReply(t, c.event, answer)
			h := r.Event.Header
			if got := string(h.Namespace) + "." + h.Name + " " + string(r.Event.Payload.Type); got != c.answer {
				t.Errorf("answered %s, want %s", got, c.answer)
			}
			if got := logged.Directive + " " + logged.Outcome; got != c.log {
				t.Errorf("logged %q, want %q", got, c.log)
			}
		})
	}
}

// TestBearerReachesTheHandler: the token is the call's, by its context, and never
// the engine's.
func TestBearerReachesTheHandler(t *testing.T) {
	var got string
	r := newRig(engine.Parts{Directives: map[alexa.Key]engine.Directive{
		{Namespace: alexa.Alexa, Name: "ReportState"}: func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
			got = ports.Bearer(ctx).Reveal()
			return alexa.Reply(d, alexa.Alexa, alexa.NameStateReport, nil, []alexa.Property{}), nil
		},
	}})
	r.invoke(t.Context(), t, event("Alexa.ReportState", "light#kitchen"))
	if got != canary {
		t.Errorf("the handler was given %q", got)
	}
}

// TestAfter: what is to be done between invocations is done once, when the answer
// has been made, and belongs to the invocation.
func TestAfter(t *testing.T) {
	calls := 0
	parts := tables()
	parts.After = func(ctx context.Context) {
		calls++
		if got := correlation.ID(ctx); got != requestID {
			t.Errorf("After is called for the invocation %q", got)
		}
	}
	r := newRig(parts)
	for _, event := range []string{`{"test":"ping"}`, `nonsense`, event("Alexa.PowerController.TurnOn", "light#kitchen")} {
		r.invoke(t.Context(), t, event)
	}
	if calls != 3 {
		t.Errorf("After was called %d times for 3 invocations", calls)
	}
}
