//go:build live

package wiring_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/lambda-execution-engine/lee/app/wiring"
)

// realHouse returns an engine for the Home Assistant that the live tests have, and
// a function that sends it one command of its WebSocket API.
func realHouse(t *testing.T) (w *watched, command func(map[string]any) json.RawMessage) {
	t.Helper()
	url, token := os.Getenv("HOME_ASSISTANT_URL"), os.Getenv("HOME_ASSISTANT_TOKEN")
	if url == "" || token == "" {
		t.Fatal("HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN are not set")
	}
	w = &watched{log: &log{}, metrics: &log{}, within: 20 * time.Second, secrets: map[string]string{"the token": token}}
	e := env{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": token, "LOG_LEVEL": "DEBUG"}
	var err error
	w.Engine, err = wiring.Build(wiring.Start{Environment: e.environment(), Began: time.Now(), Log: w.log, Metrics: w.metrics})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.ask(t, `{"operation":"lugs","unload":true}`) })
	conn, _, err := websocket.Dial(t.Context(), strings.Replace(url, "http", "ws", 1)+"/api/websocket", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	id := 0
	talk := func(message map[string]any, until string) json.RawMessage {
		t.Helper()
		if message != nil {
			if err := wsjson.Write(t.Context(), conn, message); err != nil {
				t.Fatal(err)
			}
		}
		var answer struct {
			Type    string
			Success bool
			Result  json.RawMessage
			Error   struct{ Message string }
		}
		if err := wsjson.Read(t.Context(), conn, &answer); err != nil || answer.Type != until || until == "result" && !answer.Success {
			t.Fatalf("%s: %v", answer.Error.Message, err)
		}
		return answer.Result
	}
	talk(nil, "auth_required")
	talk(map[string]any{"type": "auth", "access_token": token}, "auth_ok")
	return w, func(message map[string]any) json.RawMessage {
		t.Helper()
		id++
		message["id"] = id
		return talk(message, "result")
	}
}

// TestBatchesLive: a real Home Assistant takes lists of entities, areas and
// mistakes as LEE thinks that it does.
func TestBatchesLive(t *testing.T) {
	w, command := realHouse(t)
	var calls struct {
		Results []struct {
			States []struct {
				EntityID string `json:"entity_id"`
				State    string
			}
			Error *struct{ Kind, Message string }
		}
		HomeCalls int `json:"home_calls"`
	}
	answer := w.ask(t, `{"operation":"ha_call","calls":[
		{"service":"light.turn_on","entity_id":"light.bed_light","data":{"brightness_pct":40}},
		{"service":"light.turn_on","entity_id":["light.kitchen_lights","light.ceiling_lights"],"data":{"brightness_pct":40}},
		{"service":"light.turn_on","entity_id":"light.nowhere","data":{"brightness_pct":40}},
		{"service":"climate.set_temperature","entity_id":"climate.hvac","data":{"temperature":99}},
		{"service":"light.explode","entity_id":"light.office_rgbw_lights"}]}`)
	if err := json.Unmarshal([]byte(answer), &calls); err != nil {
		t.Fatal(err)
	}
	if calls.HomeCalls != 3 || len(calls.Results) != 5 {
		t.Fatalf("answered %s", answer)
	}
	for i, want := range []string{"on", "on, on", "!not found", "!refused", "!unsupported"} {
		var got []string
		for _, s := range calls.Results[i].States {
			got = append(got, s.State)
		}
		if e := calls.Results[i].Error; e != nil {
			got = append(got, "!"+e.Kind)
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("call %d: %s, want %s: %s", i, text, want, answer)
		}
	}

	place := func(entity string, area any) {
		t.Helper()
		var entry struct {
			DeviceID string `json:"device_id"`
		}
		if err := json.Unmarshal(command(map[string]any{"type": "config/entity_registry/get", "entity_id": entity}), &entry); err != nil {
			t.Fatal(err)
		}
		command(map[string]any{"type": "config/device_registry/update", "device_id": entry.DeviceID, "area_id": area})
	}
	place("light.bed_light", "kitchen")
	defer place("light.bed_light", nil)
	place("light.ceiling_lights", "kitchen")
	defer place("light.ceiling_lights", nil)
	answer = w.ask(t, `{"operation":"ha_area","area_id":"kitchen","service":"light.turn_off"}`)
	for _, want := range []string{`"entity_id":"light.bed_light","state":"off"`, `"entity_id":"light.ceiling_lights","state":"off"`} {
		if !strings.Contains(answer, want) {
			t.Errorf("%s is not in %s", want, answer)
		}
	}
	if strings.Contains(answer, "light.kitchen_lights") {
		t.Errorf("what is not in the area was touched: %s", answer)
	}
	if answer := w.ask(t, `{"operation":"ha_area","area_id":"nowhere","service":"light.turn_off"}`); !strings.Contains(answer, `"changed":[]`) {
		t.Errorf("an area that is not there: %s", answer)
	}
	w.look(t, "the log", w.log.String())
}

// TestConnectionLive: every step of the way to a real Home Assistant is found, and
// its clock is ours.
func TestConnectionLive(t *testing.T) {
	w, _ := realHouse(t)
	answer := w.ask(t, `{"operation":"ha_connection_test"}`)
	for _, want := range []string{`"status":"connected"`, `"found":"Home Assistant"`, `"clock_skew":0`} {
		if !strings.Contains(answer, want) {
			t.Errorf("%s is not in %s", want, answer)
		}
	}
	if answer := w.ask(t, `{"operation":"health"}`); !strings.Contains(answer, `"status":"healthy"`) {
		t.Errorf("answered %s", answer)
	}
}
