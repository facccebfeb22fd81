package demohome_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// A talker is one end of a WebSocket.
type talker struct {
	*testing.T
	conn *websocket.Conn
}

func dial(t *testing.T, url string) talker {
	t.Helper()
	conn, answer, err := websocket.Dial(t.Context(), url+"/api/websocket", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Body != nil {
		_ = answer.Body.Close()
	}
	conn.SetReadLimit(-1)
	t.Cleanup(func() { _ = conn.CloseNow() })
	return talker{t, conn}
}

// say sends a message and returns the next one that comes.
func (t talker) say(message string) string {
	t.Helper()
	if err := t.conn.Write(t.Context(), websocket.MessageText, []byte(message)); err != nil {
		t.Fatal(err)
	}
	return t.hear()
}

func (t talker) hear() string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, raw, err := t.conn.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func listening(t *testing.T, options demohome.Options) (*demohome.House, string) {
	t.Helper()
	h := open(t, options)
	s, err := h.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closing(t, s) })
	return h, s.URL
}

// authenticated returns a connection that a user may use.
func authenticated(t *testing.T, url, token string) talker {
	t.Helper()
	c := dial(t, url)
	if got := c.hear(); got != `{"type":"auth_required","ha_version":"2026.11.0"}` {
		t.Fatal(got)
	}
	if got := c.say(`{"type":"auth","access_token":"` + token + `"}`); got != `{"type":"auth_ok","ha_version":"2026.11.0"}` {
		t.Fatal(got)
	}
	return c
}

func TestSocketCommands(t *testing.T) {
	_, url := listening(t, demohome.Options{UserToken: "guest"})
	owner, guest := authenticated(t, url, demohome.DefaultToken), authenticated(t, url, "guest")
	for _, c := range []struct {
		name, say string
		as        talker
		want      string // all of the answer, or what is in it
	}{
		{"ping", `{"id":1,"type":"ping"}`, guest, `{"id":1,"type":"pong"}`},
		{"an unknown command", `{"id":2,"type":"nope"}`, guest, `{"id":2,"type":"result","success":false,"error":{"code":"unknown_command","message":"Unknown command."}}`},
		{"no id", `{"type":"ping"}`, guest, `{"id":null,"type":"result","success":false,"error":{"code":"invalid_format","message":"Message incorrectly formatted."}}`},
		{"a wrong id", `{"id":"x","type":"ping"}`, guest, `{"id":"x","type":"result","success":false,"error":{"code":"invalid_format","message":"Message incorrectly formatted."}}`},
		{"an entity without a name of its own", `{"id":3,"type":"config/entity_registry/list_for_display"}`, guest,
			`{"di":"80e858c9b0b50b5c5e373a17d2fcb4d2","ei":"light.kitchen_lights","lb":[],"np":"device","pl":"demo"}`},
		{"an entity with one", `{"id":3,"type":"config/entity_registry/list_for_display"}`, guest,
			`{"ai":"garden","ei":"light.porch_light","en":"Porch Light","lb":["outdoor"],"pl":"demo"}`},
		{"categories", `{"id":3,"type":"config/entity_registry/list_for_display"}`, guest, `"entity_categories":{"0":"config","1":"diagnostic"}`},
		{"a diagnostic entity", `{"id":3,"type":"config/entity_registry/list_for_display"}`, guest, `"ec":1,"ei":"sensor.outside_temperature_battery","en":"Battery"`},
		{"a hidden entity", `{"id":3,"type":"config/entity_registry/list_for_display"}`, guest, `"ei":"vacuum.demo_vacuum_2_second_floor","hb":true`},
		{"aliases", `{"id":3,"type":"config/entity_registry/get_entries","entity_ids":["light.kitchen_lights","light.none","group.all_lights"]}`, guest,
			`{"id":3,"type":"result","success":true,"result":{"group.all_lights":null,"light.kitchen_lights":{"aliases":[null,"Cooker Lights"],`},
		{"aliases of nobody", `{"id":3,"type":"config/entity_registry/get_entries"}`, guest, `"code":"invalid_format"`},
		{"areas", `{"id":4,"type":"config/area_registry/list"}`, guest, `{"aliases":["Lounge"],"area_id":"living_room",`},
		{"labels", `{"id":4,"type":"config/label_registry/list"}`, guest, `"label_id":"outdoor"`},
		{"floors", `{"id":4,"type":"config/floor_registry/list"}`, guest, `{"aliases":["Downstairs"],"created_at":1793521800.5,"floor_id":"ground_floor",`},
		{"the floor of an area", `{"id":4,"type":"config/area_registry/list"}`, guest, `"area_id":"kitchen","created_at":1793521800.5,"floor_id":"ground_floor",`},
		{"devices", `{"id":4,"type":"config/device_registry/list"}`, guest, `"name":"Kitchen Lights"`},
		{"configuration", `{"id":4,"type":"get_config"}`, guest, `"location_name":"Demo House"`},
		{"states", `{"id":4,"type":"get_states"}`, guest, `"result":[{"entity_id":"light.bed_light"`},
		{"what is exposed", `{"id":5,"type":"homeassistant/expose_entity/list"}`, owner, `"light.kitchen_lights":{"conversation":true}`},
		{"what is exposed is no guest's business", `{"id":5,"type":"homeassistant/expose_entity/list"}`, guest, `{"id":5,"type":"result","success":false,"error":{"code":"unauthorized","message":"Unauthorized"}}`},
		{"all events are no guest's business", `{"id":6,"type":"subscribe_events"}`, guest, `"code":"unauthorized"`},
		{"no such subscription", `{"id":6,"type":"unsubscribe_events","subscription":99}`, guest, `{"id":6,"type":"result","success":false,"error":{"code":"not_found","message":"Subscription not found."}}`},
		{"a call", `{"id":7,"type":"call_service","domain":"light","service":"turn_on","target":{"entity_id":"light.bed_light"}}`, guest, `{"id":7,"type":"result","success":true,"result":{"context":{"id":"`},
		{"a wrong type", `{"id":8,"type":"call_service","domain":"light","service":"toggle","service_data":{"brightness":"x"},"target":{"entity_id":"light.kitchen_lights"}}`, guest,
			`{"id":8,"type":"result","success":false,"error":{"code":"invalid_format","message":"expected int at 'brightness'"}}`},
		{"no such service", `{"id":9,"type":"call_service","domain":"light","service":"nope"}`, guest,
			`"code":"not_found","message":"Service light.nope not found.","translation_domain":"homeassistant","translation_key":"service_not_found"`},
		{"a refused value", `{"id":10,"type":"call_service","domain":"climate","service":"set_temperature","service_data":{"entity_id":"climate.hvac","temperature":99}}`, guest,
			`"code":"service_validation_error","message":"Validation error: Provided temperature 99.0 is not valid. Accepted range is 7 to 35"`},
		{"a service for administrators", `{"id":10,"type":"call_service","domain":"homeassistant","service":"restart"}`, guest, `"code":"unauthorized"`},
		{"a sentence", `{"id":11,"type":"conversation/process","text":"Open the garage door."}`, guest, `"speech":"Opening"`},
		{"several in one, answered one by one", `[{"id":12,"type":"ping"}]`, guest, `{"id":12,"type":"pong"}`},
		{"several in one, agreed", `{"id":13,"type":"supported_features","features":{"coalesce_messages":1}}`, owner, `{"id":13,"type":"result","success":true,"result":null}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.as.T = t
			got := c.as.say(c.say)
			if !json.Valid([]byte(got)) || !strings.Contains(got, c.want) {
				t.Errorf("%.2000s\nhas no %s", got, c.want)
			}
		})
	}
}

func TestSocketRefusesAWrongToken(t *testing.T) {
	_, url := listening(t, demohome.Options{})
	for said, want := range map[string]string{
		`{"type":"auth","access_token":"wrong"}`: `{"type":"auth_invalid","message":"Invalid access token or password"}`,
		`{"type":"ping"}`:                        `"type":"auth_invalid","message":"Auth message incorrectly formatted`,
	} {
		c := dial(t, url)
		c.hear()
		if got := c.say(said); !strings.Contains(got, want) {
			t.Error(got)
		}
		if _, _, err := c.conn.Read(t.Context()); err == nil {
			t.Error("the connection is still open")
		}
	}
}

func TestSocketEvents(t *testing.T) {
	h, url := listening(t, demohome.Options{})
	c := authenticated(t, url, demohome.DefaultToken)
	if got := c.say(`{"id":1,"type":"subscribe_events","event_type":"state_changed"}`); got != `{"id":1,"type":"result","success":true,"result":null}` {
		t.Fatal(got)
	}
	call(h, "switch.turn_on", `{"entity_id":"switch.ac"}`)
	var m struct {
		ID    int
		Event struct {
			Type   string `json:"event_type"`
			Origin string
			Fired  string `json:"time_fired"`
			Data   struct {
				ID       string                 `json:"entity_id"`
				OldState struct{ State string } `json:"old_state"`
				NewState struct{ State string } `json:"new_state"`
			}
			Context struct{ ID string }
		}
	}
	if err := json.Unmarshal([]byte(c.hear()), &m); err != nil {
		t.Fatal(err)
	}
	e := m.Event
	if m.ID != 1 || e.Type != "state_changed" || e.Origin != "LOCAL" || e.Data.ID != "switch.ac" ||
		e.Data.OldState.State != "off" || e.Data.NewState.State != "on" || len(e.Context.ID) != 26 || e.Fired == "" {
		t.Errorf("%+v", m)
	}
	h.Remove("switch.ac")
	if got := c.hear(); !strings.Contains(got, `"new_state":null`) {
		t.Errorf("removed: %s", got)
	}
	c.say(`{"id":2,"type":"unsubscribe_events","subscription":1}`)
	call(h, "switch.toggle", `{"entity_id":"switch.decorative_lights"}`)
	if got := c.say(`{"id":3,"type":"ping"}`); got != `{"id":3,"type":"pong"}` {
		t.Errorf("after the end of the subscription: %s", got)
	}
}

// TestSocketEndsWithTheHouse: a connection does not keep a house from closing.
func TestSocketEndsWithTheHouse(t *testing.T) {
	h, url := listening(t, demohome.Options{})
	c := authenticated(t, url, demohome.DefaultToken)
	closing(t, h)
	if _, _, err := c.conn.Read(t.Context()); err == nil {
		t.Error("the connection is still open")
	}
}
