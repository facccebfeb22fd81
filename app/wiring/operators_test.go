package wiring_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/wiring"
)

// respond sends an HTTP event by way of AWS IAM or as a stranger, and returns the
// response.
func (w *watched) respond(t *testing.T, method, path, body string, operator bool) (status int, answer string) {
	t.Helper()
	event := httpEvent(method, path, "", body)
	if operator {
		event = httpEvent(method, path, "Bearer "+operatorCanary, body)
	}
	var r struct {
		StatusCode int
		Body       string
	}
	if err := json.Unmarshal([]byte(w.ask(t, event)), &r); err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, r.Body
}

func wellWatched(t *testing.T, more env) (*demohome.House, *watched) {
	t.Helper()
	h := demohome.New(demohome.Options{Token: tokenCanary})
	return h, watch(t, h, more)
}

// TestHTTPRoutes: the three paths, to whom they are open, and what they do.
func TestHTTPRoutes(t *testing.T) {
	h, w := wellWatched(t, nil)
	if status, body := w.respond(t, "GET", "/health", "", false); status != 200 || body != `{"status":"healthy"}` {
		t.Errorf("a stranger asks for health: %d %s", status, body)
	}
	if status, body := w.respond(t, "GET", "/health", "", true); status != 200 || !strings.Contains(body, `"name":"home","status":"up"`) {
		t.Errorf("an operator asks for health: %d %s", status, body)
	}
	for _, path := range []string{"/diagnostics", "/webhook"} {
		for _, method := range []string{"GET", "POST"} {
			if status, body := w.respond(t, method, path, "{}", false); status != 401 || body != `{"error":{"message":"Unauthorized"}}` {
				t.Errorf("a stranger: %s %s: %d %s", method, path, status, body)
			}
		}
	}
	if status, body := w.respond(t, "POST", "/webhook", `{"area_id":"kitchen"}`, true); status != 200 || body != `{"forgotten":["states","registry","discovery"]}` {
		t.Errorf("an operator: %d %s", status, body)
	}
	status, body := w.respond(t, "GET", "/diagnostics", "", true)
	var d map[string]json.RawMessage
	if err := json.Unmarshal([]byte(body), &d); err != nil || status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	for _, part := range []string{"function", "invocations", "assistant", "gateway", "reflex", "cache", "breakers", "ligs", "lugs", "memory", "configuration", "errors"} {
		if len(d[part]) < 5 {
			t.Errorf("the diagnostics tell of %s: %s", part, d[part])
		}
	}
	var dispatch struct{ Directives, Operations, Routes int }
	if err := json.Unmarshal(d["dispatch"], &dispatch); err != nil || dispatch.Directives < 40 || dispatch.Operations != 17 || dispatch.Routes != 3 {
		t.Errorf("what can be asked for is %s", d["dispatch"])
	}
	h.Inject(&demohome.Fault{Drop: demohome.Before})
	w.ask(t, `{"operation":"forget"}`)
	if status, body := w.respond(t, "GET", "/health", "", false); status != 503 || body != `{"status":"unhealthy"}` {
		t.Errorf("without the house: %d %s", status, body)
	}
}

// TestOperationsKnowTheHouse: a batch and an area against a house that listens.
func TestOperationsKnowTheHouse(t *testing.T) {
	h, w := wellWatched(t, nil)
	before := h.Requests()
	answer := w.ask(t, `{"operation":"ha_call","calls":[{"service":"light.turn_on","entity_id":"light.kitchen_lights"},{"service":"light.turn_on","entity_id":"light.bed_light"},{"service":"light.turn_on","entity_id":"light.nowhere"}]}`)
	var calls struct {
		Results []struct {
			States []struct{ State string }
			Error  *struct{ Kind string }
		}
		HomeCalls int `json:"home_calls"`
	}
	if err := json.Unmarshal([]byte(answer), &calls); err != nil {
		t.Fatal(err)
	}
	if calls.HomeCalls != 1 || h.Requests()-before != 2 || len(calls.Results) != 3 || calls.Results[0].States[0].State != "on" ||
		calls.Results[1].Error != nil || calls.Results[2].Error == nil || calls.Results[2].Error.Kind != "not found" {
		t.Errorf("answered %s after %d requests", answer, h.Requests()-before)
	}
	before = h.Requests()
	answer = w.ask(t, `{"operation":"ha_area","area_id":"kitchen","service":"light.turn_off"}`)
	if !strings.Contains(answer, `"entity_id":"light.kitchen_lights","state":"off"`) || h.Requests()-before != 1 {
		t.Errorf("answered %s after %d requests", answer, h.Requests()-before)
	}
	if state, _ := h.State("light.kitchen_lights"); state.State != "off" {
		t.Errorf("the light is %+v", state)
	}
}

// TestModes: what the modes answer, put together as for a function.
func TestModes(t *testing.T) {
	for mode, c := range map[string]struct {
		want    string
		touches bool
	}{
		"emergency":          {"LEE is in emergency mode", false},
		"diagnostic":         {`"variables":[`, true},
		"ha_connection_test": {`"status":"connected"`, true},
		"ha_discovery":       {`"entity_id":"light.kitchen_lights"`, true},
	} {
		t.Run(mode, func(t *testing.T) {
			h, w := wellWatched(t, env{"LAMBDA_MODE": mode})
			if answer := w.ask(t, `{"key1":"value1"}`); !strings.Contains(answer, c.want) {
				t.Errorf("answered %s, want %s", answer, c.want)
			}
			if touched := h.Requests() > 0; touched != c.touches {
				t.Errorf("the house had %d requests", h.Requests())
			}
			n := h.Requests()
			for _, directive := range directives(t) {
				w.ask(t, directive)
			}
			if h.Requests() != n {
				t.Error("a directive touched the house")
			}
			if answer := w.ask(t, `{"test":"ping"}`); !strings.Contains(answer, "pong") {
				t.Errorf("a ping was answered %s", answer)
			}
		})
	}
}

// TestNothingAhead: what LEE does not serve in a mode is not opened for it either.
func TestNothingAhead(t *testing.T) {
	for mode, ahead := range map[string]bool{"normal": true, "emergency": false, "diagnostic": false, "ha_connection_test": false, "ha_discovery": false} {
		for _, store := range []string{"true", "false"} {
			e := env{"LAMBDA_MODE": mode, "HOME_ASSISTANT_URL": "http://127.0.0.1:1", "HOME_ASSISTANT_TOKEN": "t", "USE_PARAMETER_STORE": store}
			settings, _ := config.FromEnvironment(e.environment())
			a := wiring.OpenAhead(settings)
			if (a != nil) != ahead {
				t.Errorf("%s: opened ahead: %v", mode, a != nil)
			}
			if store == "false" {
				a.Wait(5 * time.Second)
			}
		}
	}
}

// TestKeepWarm: a scheduled event has what is stale refreshed, and nothing else.
func TestKeepWarm(t *testing.T) {
	h, w := wellWatched(t, nil)
	for range 3 {
		if answer := w.ask(t, `{"source":"aws.events"}`); answer != `{"status":"warm"}` {
			t.Errorf("answered %s", answer)
		}
	}
	if h.Requests() != 1 {
		t.Errorf("the house had %d requests", h.Requests())
	}
}

// TestMetricsAreWritten: one line for each invocation, with as many metrics as the
// tier has, and true ones.
func TestMetricsAreWritten(t *testing.T) {
	for tier, most := range map[string]int{"minimum": 3, "standard": 6, "maximum": 10} {
		t.Run(tier, func(t *testing.T) {
			_, w := wellWatched(t, env{"CONFIGURATION_TIER": tier})
			for _, event := range []string{`{"operation":"ha_status"}`, `{"operation":"ha_status"}`, string(directiveFor(t, "Alexa.PowerController.TurnOff", "light#kitchen_lights"))} {
				w.ask(t, event)
			}
			lines := strings.Split(strings.TrimSpace(w.metrics.String()), "\n")
			if len(lines) != 3 {
				t.Fatalf("%d lines: %s", len(lines), w.metrics)
			}
			var rows []map[string]any
			for _, line := range lines {
				var row map[string]any
				if err := json.Unmarshal([]byte(line), &row); err != nil {
					t.Fatal(err)
				}
				for name := range row {
					if i := slices.Index(telemetry.MetricNames(), name); i >= most {
						t.Errorf("%s is written", name)
					}
				}
				if row["FunctionName"] != "lee" || row["Errors"] != 0.0 {
					t.Errorf("%s", line)
				}
				rows = append(rows, row)
			}
			if tier != "maximum" {
				return
			}
			for i, want := range []map[string]any{
				{"ColdStart": 1.0, "CacheHitRate": 0.0, "CacheMissRate": 100.0, "HomeRoundTrips": 1.0, "CircuitBreakerOpen": 0.0},
				{"ColdStart": 0.0, "CacheHitRate": 100.0, "CacheMissRate": 0.0, "HomeRoundTrips": 0.0},
				{"ColdStart": 0.0, "CacheHitRate": nil, "HomeRoundTrips": 1.0},
			} {
				for name, value := range want {
					if rows[i][name] != value {
						t.Errorf("invocation %d: %s is %v, want %v", i, name, rows[i][name], value)
					}
				}
				if loaded, _ := rows[i]["ModulesLoaded"].(float64); loaded < 1 {
					t.Errorf("invocation %d: %v ports are loaded", i, rows[i]["ModulesLoaded"])
				}
			}
		})
	}
}

// TestCorrelation: every line that is logged while an invocation is under way tells
// which, those of LIGS and LUGS too.
func TestCorrelation(t *testing.T) {
	_, w := wellWatched(t, nil)
	w.ask(t, `{"operation":"ha_status"}`)
	lines, ligs := strings.Split(strings.TrimSpace(w.log.String()), "\n"), false
	for _, line := range lines {
		var members struct{ Message, Correlation string }
		if err := json.Unmarshal([]byte(line), &members); err != nil {
			t.Fatal(err)
		}
		ligs = ligs || strings.HasPrefix(members.Message, "[LIGS]")
		if members.Correlation == "" {
			t.Errorf("no correlation: %s", line)
		}
	}
	if !ligs {
		t.Errorf("nothing is told of LIGS: %s", w.log)
	}
}

// TestDebugToggle: an operator has everything be logged, and no more.
func TestDebugToggle(t *testing.T) {
	_, w := wellWatched(t, env{"LOG_LEVEL": "INFO"})
	crossed := func() int {
		w.ask(t, `{"operation":"forget"}`)
		w.ask(t, `{"operation":"ha_status"}`)
		return strings.Count(w.log.String(), `"message":"crossed"`)
	}
	if n := crossed(); n != 0 {
		t.Errorf("%d crossings are logged at INFO", n)
	}
	w.ask(t, `{"operation":"debug","on":true}`)
	if n := crossed(); n != 1 {
		t.Errorf("%d crossings are logged at DEBUG", n)
	}
	w.ask(t, `{"operation":"debug","on":false}`)
	if n := crossed(); n != 1 {
		t.Errorf("%d crossings are logged after it", n)
	}
}

// BenchmarkDirective is what a directive costs LEE itself, the home left out: it is
// not there, the breaker is open, and Alexa gets BRIDGE_UNREACHABLE.
func BenchmarkDirective(b *testing.B) {
	for _, tier := range []string{"minimum", "standard", "maximum"} {
		for _, metrics := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/metrics=%v", tier, metrics), func(b *testing.B) {
				engine := benchmarked(b, tier, metrics)
				event := []byte(`{"directive":{"header":{"namespace":"Alexa","name":"ReportState","messageId":"m","correlationToken":"c","payloadVersion":"3"},"endpoint":{"endpointId":"light#a","scope":{"type":"BearerToken","token":"t"},"cookie":{}},"payload":{}}}`)
				var answer []byte
				for range 10 {
					answer, _ = engine.Invoke(context.Background(), event)
				}
				if !strings.Contains(string(answer), "BRIDGE_UNREACHABLE") || !strings.Contains(string(answer), "left alone") {
					b.Fatalf("answered %s", answer)
				}
				b.ReportAllocs()
				for b.Loop() {
					_, _ = engine.Invoke(context.Background(), event)
				}
			})
		}
	}
}

func benchmarked(b *testing.B, tier string, metrics bool) *engine.Engine {
	b.Helper()
	e := env{"CONFIGURATION_TIER": tier, "HOME_ASSISTANT_URL": "http://127.0.0.1:1", "HOME_ASSISTANT_TOKEN": "token", "LOG_LEVEL": "ERROR"}
	s := wiring.Start{Environment: e.environment(), Log: io.Discard}
	if metrics {
		s.Metrics = io.Discard
	}
	built, err := wiring.Build(s)
	if err != nil {
		b.Fatal(err)
	}
	return built
}
