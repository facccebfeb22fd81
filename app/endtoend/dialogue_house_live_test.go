//go:build live

package endtoend

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// order is a command of Home Assistant's WebSocket API.
type order map[string]any

// furnish gives the house rooms and helpers that it has not, and takes them away
// when the test is over.
func (h *home) furnish(t *testing.T) {
	t.Helper()
	var rooms []room
	h.order(t, order{"type": "config/area_registry/list"}, &rooms)
	create, undo := order{"type": "config/area_registry/create", "name": "Kitchen"}, order{"type": "config/area_registry/delete", "area_id": "kitchen"}
	if slices.ContainsFunc(rooms, func(r room) bool { return r.ID == "kitchen" }) {
		create = order{"type": "config/area_registry/update", "area_id": "kitchen"}
		undo = order{"type": "config/area_registry/update", "area_id": "kitchen", "aliases": []string{}}
	}
	create["aliases"] = []string{"Küche", "Galley", "Cocina", "Cucina"}
	h.bring(t, create, undo)
	for _, entity := range []string{
		"light.kitchen_lights", "light.ceiling_lights", "light.office_rgbw_lights", "switch.ac", "cover.garage_door", "media_player.radio",
	} {
		h.place(t, entity, "kitchen")
	}
	h.bring(t,
		order{"type": "config/floor_registry/create", "name": "Upstairs", "aliases": []string{"Obergeschoss", "Étage", "Planta de arriba", "Piano di sopra"}},
		order{"type": "config/floor_registry/delete", "floor_id": "upstairs"})
	h.bring(t, // a room that Home Assistant makes itself
		order{"type": "config/area_registry/update", "area_id": "bedroom", "floor_id": "upstairs"},
		order{"type": "config/area_registry/update", "area_id": "bedroom", "floor_id": nil})
	h.place(t, "light.bed_light", "bedroom")
	h.place(t, "switch.broken_plug", "bedroom")
	h.bring(t,
		order{"type": "config/entity_registry/update", "entity_id": "light.office_rgbw_lights", "hidden_by": "user"},
		order{"type": "config/entity_registry/update", "entity_id": "light.office_rgbw_lights", "hidden_by": nil})
	h.bring(t,
		order{"type": "config/entity_registry/update", "entity_id": "script.bedtime", "aliases": []any{nil, "Gute Nacht"}},
		order{"type": "config/entity_registry/update", "entity_id": "script.bedtime", "aliases": []any{nil}})
	for _, helper := range []struct {
		domain, id string
		with       order
	}{
		{"timer", "pasta", order{"name": "Pasta", "duration": "0:05:00"}},
		{"timer", "laundry", order{"name": "Laundry"}},
		{"input_text", "door_note", order{"name": "Door Note", "max": 12}},
		{"input_select", "house_mood", order{"name": "House Mood", "options": []string{"Home", "Away", "Party"}}},
		{"input_number", "target_level", order{"name": "Target Level", "min": 0, "max": 10, "step": 0.5}},
		{"input_button", "dinner_bell", order{"name": "Dinner Bell"}},
	} {
		helper.with["type"] = helper.domain + "/create"
		h.bring(t, helper.with, order{"type": helper.domain + "/delete", helper.domain + "_id": helper.id})
	}
}

// room is a room as the house lists it.
type room struct {
	ID string `json:"area_id"`
}

// place puts an entity into a room, by its device where it has one, until the test
// is over.
func (h *home) place(t *testing.T, entity, room string) {
	t.Helper()
	var entry struct {
		Device string `json:"device_id"`
		Area   any    `json:"area_id"`
	}
	h.order(t, order{"type": "config/entity_registry/get", "entity_id": entity}, &entry)
	to := order{"type": "config/entity_registry/update", "entity_id": entity}
	if entry.Device != "" {
		to = order{"type": "config/device_registry/update", "device_id": entry.Device}
	}
	from := maps.Clone(to)
	to["area_id"], from["area_id"] = room, entry.Area
	h.bring(t, to, from)
}

// bring has the house carry out one order, and another one when the test is over.
func (h *home) bring(t *testing.T, now, later order) {
	t.Helper()
	h.order(t, now, nil)
	t.Cleanup(func() { h.order(t, later, nil) })
}

// order has the house carry out an order, whose result into takes unless it is nil.
func (h *home) order(t *testing.T, o order, into any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 20*time.Second) // also when the test is over
	defer cancel()
	header := map[string][]string{beside: {"yes"}}
	conn, _, err := websocket.Dial(ctx, h.url+"/api/websocket", &websocket.DialOptions{HTTPHeader: header, HTTPClient: h.client})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(4 << 20)
	var reply struct {
		Type    string
		Success bool
		Error   any
		Result  any
	}
	reply.Result = into
	var greeting any
	o["id"] = 1
	for _, step := range []func() error{
		func() error { return wsjson.Read(ctx, conn, &greeting) },
		func() error { return wsjson.Write(ctx, conn, order{"type": "auth", "access_token": h.token}) },
		func() error { return wsjson.Read(ctx, conn, &greeting) },
		func() error { return wsjson.Write(ctx, conn, o) },
		func() error { return wsjson.Read(ctx, conn, &reply) },
	} {
		if err := step(); err != nil {
			t.Fatalf("%s: %v", o["type"], err)
		}
	}
	if !reply.Success {
		t.Fatalf("%s: the house says %v", o["type"], reply.Error)
	}
}
