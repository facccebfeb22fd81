package demohome

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// An area is a room, or another place, of the area registry.
type area struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Icon    any      `json:"icon"`
	Floor   any      `json:"floor"`
	Aliases []string `json:"aliases"`
}

// A floor is a floor of the floor registry.
type floor struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Level   any      `json:"level"`
	Aliases []string `json:"aliases"`
}

// A label is a tag of the label registry.
type label struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// registry has the areas, floors and labels. What the entity registry knows of an
// entity is in its record.
type registry struct {
	areas  []area
	floors []floor
	labels []label
	made   float64 // when, in seconds since 1970
}

func newRegistry() registry {
	r := registry{made: float64(time.Date(2026, time.November, 1, 8, 30, 0, 0, time.UTC).Unix()) + 0.5}
	read("areas", &r.areas)
	read("floors", &r.floors)
	read("labels", &r.labels)
	return r
}

// area finds an area by its id, its name or an alias, in any case.
func (r registry) area(name string) (area, bool) {
	for _, a := range r.areas {
		if a.ID == name || strings.EqualFold(a.Name, name) ||
			slices.ContainsFunc(a.Aliases, func(alias string) bool { return strings.EqualFold(alias, name) }) {
			return a, true
		}
	}
	return area{}, false
}

// deviceID returns the id that a device of that name has in the registry.
func deviceID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}

// platform returns the integration that an entity comes from.
func (e *entity) platform() string {
	if e.Platform != "" {
		return e.Platform
	}
	return "demo"
}

// registered tells whether the entity registry knows an entity: old-style
// groups have no identity of their own and are not in it.
func (e *entity) registered() bool { return e.domain != "group" }

// ownName returns an entity's name without that of its device.
func (e *entity) ownName() string {
	full := e.text("friendly_name")
	if e.Device == "" {
		return full
	}
	return strings.TrimSpace(strings.TrimPrefix(full, e.Device))
}

// display is the entity's line in config/entity_registry/list_for_display, with
// its two-letter keys. An entity without a name of its own has its area on its
// device.
func (e *entity) display() map[string]any {
	out := map[string]any{"ei": e.ID, "pl": e.platform(), "lb": list(e.Labels)}
	if e.Device != "" {
		out["di"] = deviceID(e.Device)
		out["np"] = "device"
	} else if e.Area != "" {
		out["ai"] = e.Area
	}
	switch e.Category {
	case "config":
		out["ec"] = 0
	case "diagnostic":
		out["ec"] = 1
	}
	if e.Hidden {
		out["hb"] = true
	}
	if name := e.ownName(); name != "" {
		out["en"] = name
	}
	return out
}

// extended is what config/entity_registry/get_entries has of an entity beyond its
// display, as far as anybody asks. The null among the aliases stands for the name
// that it has by itself.
func (e *entity) extended() map[string]any {
	var area, device any
	if e.Device != "" {
		device = deviceID(e.Device)
	} else if e.Area != "" {
		area = e.Area
	}
	return map[string]any{
		"entity_id": e.ID, "platform": e.platform(), "area_id": area, "device_id": device, "labels": list(e.Labels),
		"aliases": append([]any{nil}, list(e.Aliases)...),
	}
}

// devices is the answer to config/device_registry/list.
func (h *House) devices() []any {
	var out []any
	seen := map[string]bool{}
	for _, id := range h.order {
		e := h.entities[id]
		if e.Device == "" || seen[e.Device] {
			continue
		}
		seen[e.Device] = true
		var area any
		if e.Area != "" {
			area = e.Area
		}
		out = append(out, map[string]any{
			"id": deviceID(e.Device), "name": e.Device, "name_by_user": nil, "area_id": area,
			"labels": []any{}, "manufacturer": nil, "model": nil, "model_id": nil, "disabled_by": nil,
			"entry_type": nil, "via_device_id": nil, "sw_version": nil, "hw_version": nil, "serial_number": nil,
			"configuration_url": nil, "connections": []any{}, "config_entries": []any{},
			"identifiers": []any{[]any{e.platform(), e.ID}},
			"created_at":  h.registry.made, "modified_at": h.registry.made,
		})
	}
	return out
}

// areaList is the answer to config/area_registry/list.
func (r registry) areaList() []any {
	out := make([]any, len(r.areas))
	for i, a := range r.areas {
		out[i] = map[string]any{
			"area_id": a.ID, "name": a.Name, "aliases": list(a.Aliases), "icon": a.Icon, "floor_id": a.Floor,
			"humidity_entity_id": nil, "temperature_entity_id": nil, "labels": []any{}, "picture": nil,
			"created_at": r.made, "modified_at": r.made,
		}
	}
	return out
}

// floorList is the answer to config/floor_registry/list.
func (r registry) floorList() []any {
	out := make([]any, len(r.floors))
	for i, f := range r.floors {
		out[i] = map[string]any{
			"floor_id": f.ID, "name": f.Name, "aliases": list(f.Aliases), "icon": nil, "level": f.Level,
			"created_at": r.made, "modified_at": r.made,
		}
	}
	return out
}

// labelList is the answer to config/label_registry/list.
func (r registry) labelList() []any {
	out := make([]any, len(r.labels))
	for i, l := range r.labels {
		out[i] = map[string]any{
			"label_id": l.ID, "name": l.Name, "color": nil, "description": nil, "icon": nil,
			"created_at": r.made, "modified_at": r.made,
		}
	}
	return out
}

// exposed are the domains that Home Assistant shows to its own assistant unless
// told otherwise (DEFAULT_EXPOSED_DOMAINS in its homeassistant/exposed_entities.py).
var exposed = []string{
	"climate", "cover", "fan", "humidifier", "light", "media_player", "scene", "switch", "todo", "vacuum", "water_heater",
}

// exposedList is the answer to homeassistant/expose_entity/list.
func (h *House) exposedList() map[string]any {
	out := map[string]any{}
	for _, id := range h.order {
		e := h.entities[id]
		if slices.Contains(exposed, e.domain) && e.Category == "" && !e.Hidden {
			out[id] = map[string]any{"conversation": true}
		}
	}
	return map[string]any{"exposed_entities": out}
}

func list(names []string) []any {
	out := make([]any, len(names))
	for i, name := range names {
		out[i] = name
	}
	return out
}
