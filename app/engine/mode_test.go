package engine_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// request is an HTTP event.
const request = `{"version":"2.0","rawPath":"/health","headers":{},"requestContext":{"requestId":"r-1","http":{"method":"GET","path":"/health"}}}`

// scheduled is an event of a rule of EventBridge.
const scheduled = `{"version":"0","id":"b","detail-type":"Scheduled Event","source":"aws.events","account":"1","resources":[],"detail":{}}`

// modal returns an engine in a mode, which fails the test when it touches anything
// that touches says it must not: "directive", "operation", "http" or "warm".
func modal(t *testing.T, mode config.Mode, touches ...string) *rig {
	t.Helper()
	touched := func(what string) {
		for _, allowed := range touches {
			if what == allowed {
				return
			}
		}
		t.Errorf("in the mode %s %s was touched", mode, what)
	}
	answer := func(what string) engine.Operation {
		return func(context.Context, json.RawMessage) (any, error) {
			touched(what)
			return map[string]string{"by": what}, nil
		}
	}
	parts := tables()
	for key, handle := range parts.Directives {
		parts.Directives[key] = func(ctx context.Context, d alexa.Directive) (alexa.Answer, error) {
			touched("directive")
			return handle(ctx, d)
		}
	}
	parts.Operations = map[string]engine.Operation{"look": answer("operation")}
	parts.KeepWarm = answer("warm")
	parts.HTTP = web.New([]web.Route{{Method: "GET", Path: "/health", Open: true, Handle: func(context.Context, web.Request) (int, any, error) {
		touched("http")
		return 200, map[string]string{"by": "http"}, nil
	}}}, func(context.Context) secret.Text {
		touched("secret")
		return secret.Text{}
	})
	parts.Mode = mode
	parts.Modes = map[config.Mode]engine.Operation{
		config.ModeDiagnostic: answer("diagnostic"), config.ModeConnectionTest: answer("ha_connection_test"), config.ModeDiscovery: answer("ha_discovery"),
	}
	return newRig(parts)
}

// TestModes: what each mode answers to each kind of event.
func TestModes(t *testing.T) {
	special := func(mode config.Mode) map[string]string {
		return map[string]string{
			"directive": "BRIDGE_UNREACHABLE", "ping": "pong", "operation": `{"by":"operation"}`, "http": `"statusCode":200`,
			"schedule": `{"status":"warm"}`, "nothing": `{"by":"` + mode.String() + `"}`, "console": `{"by":"` + mode.String() + `"}`,
		}
	}
	for mode, want := range map[config.Mode]map[string]string{
		config.ModeNormal: {
			"directive": `"name":"Response"`, "ping": "pong", "operation": `{"by":"operation"}`, "http": `"statusCode":200`,
			"schedule": `{"by":"warm"}`, "nothing": "LEE does not know this kind of event.", "console": "LEE does not know this kind of event.",
		},
		config.ModeEmergency: {
			"directive": "BRIDGE_UNREACHABLE", "ping": "pong", "operation": "LEE is in emergency mode", "http": `"statusCode":503`,
			"schedule": `{"status":"warm"}`, "nothing": "LEE is in emergency mode", "console": "LEE is in emergency mode",
		},
		config.ModeDiagnostic:     special(config.ModeDiagnostic),
		config.ModeConnectionTest: special(config.ModeConnectionTest),
		config.ModeDiscovery:      special(config.ModeDiscovery),
	} {
		t.Run(mode.String(), func(t *testing.T) {
			touches := map[config.Mode][]string{
				config.ModeNormal:    {"directive", "operation", "http", "warm"},
				config.ModeEmergency: nil,
			}[mode]
			if _, ok := map[config.Mode]bool{config.ModeNormal: true, config.ModeEmergency: true}[mode]; !ok {
				touches = []string{"operation", "http", mode.String()}
			}
			r := modal(t, mode, touches...)
			for name, event := range map[string]string{
				"directive": event("Alexa.PowerController.TurnOn", "light#kitchen"), "ping": `{"test":"ping"}`,
				"operation": `{"operation":"look"}`, "http": request, "schedule": scheduled, "nothing": `{}`,
				"console": `{"key1":"value1","key2":"value2","key3":"value3"}`,
			} {
				answer, _ := r.invoke(t.Context(), t, event)
				if !strings.Contains(string(answer), want[name]) {
					t.Errorf("%s: answered %s, want %s", name, answer, want[name])
				}
			}
		})
	}
}

// TestModesKeepAlexaWell: whatever the mode, Alexa gets answers that it takes, and
// a discovery finds nothing rather than fail.
func TestModesKeepAlexaWell(t *testing.T) {
	for _, mode := range []config.Mode{config.ModeEmergency, config.ModeDiagnostic, config.ModeConnectionTest, config.ModeDiscovery} {
		t.Run(mode.String(), func(t *testing.T) {
			linking := event("Alexa.Authorization.AcceptGrant", "")
			granted, logged := modal(t, mode, "directive").invoke(t.Context(), t, linking)
			if got := checkReply(t, linking, granted).Event.Header.Name; got != alexa.NameAcceptGrantResponse || logged.Outcome != "done" {
				t.Errorf("a grant was answered %s, and logged %+v", granted, logged)
			}
			r := modal(t, mode)
			for _, directive := range []string{"Alexa.PowerController.TurnOn", "Alexa.ReportState", "Alexa.Cooking.SetCookingMode"} {
				asked := event(directive, "light#kitchen")
				answer, logged := r.invoke(t.Context(), t, asked)
				if p := checkReply(t, asked, answer).Event.Payload; p.Type != alexa.BridgeUnreachable || !strings.Contains(p.Message, "LAMBDA_MODE") {
					t.Errorf("%s: answered %s", directive, answer)
				}
				if logged.Outcome != "unreachable" {
					t.Errorf("%s: logged %+v", directive, logged)
				}
			}
			asked := event("Alexa.Discovery.Discover", "")
			answer, _ := r.invoke(t.Context(), t, asked)
			if found := checkReply(t, asked, answer).Event.Payload.Endpoints; found == nil || len(*found) != 0 {
				t.Errorf("discovery was answered %s", answer)
			}
			if answer, _ := r.invoke(t.Context(), t, `{"directive":null}`); !strings.Contains(string(answer), "INVALID_DIRECTIVE") {
				t.Errorf("a directive without header was answered %s", answer)
			}
		})
	}
}

// TestModesAndBadEvents: what is no JSON is carried out in no mode.
func TestModesAndBadEvents(t *testing.T) {
	for _, mode := range []config.Mode{config.ModeEmergency, config.ModeDiagnostic} {
		r := modal(t, mode)
		for _, event := range []string{"", "[]", `{"a"`, `{"operation":"look"`} {
			if answer, _ := r.invoke(t.Context(), t, event); !strings.Contains(string(answer), `"kind":"invalid"`) {
				t.Errorf("%s: %q was answered %s", mode, event, answer)
			}
		}
	}
}
