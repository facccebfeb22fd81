package demohome

import (
	"fmt"
	"slices"
	"strings"
)

// targetFields are the fields that say what a service is to act on.
var targetFields = []string{"entity_id", "device_id", "area_id", "floor_id", "label_id"}

// A target is what a call names to act on.
type target struct {
	// given is true if any of the fields was there, whatever was in it.
	given bool
	// all stands for every entity of the service's domain.
	all bool
	// entities are those named one by one, the rest names whole sets of them.
	entities, devices, areas, labels []string
}

// parseTarget takes the target out of a call's data and returns the rest.
func parseTarget(data map[string]any) (target, map[string]any, error) {
	var t target
	rest := make(map[string]any, len(data))
	for name, v := range data {
		if !slices.Contains(targetFields, name) {
			rest[name] = v
			continue
		}
		t.given = true
		list, err := names(v)
		if err != nil {
			return t, nil, schemaError{fmt.Sprintf("%v at '%s'", err, name)}
		}
		switch name {
		case "entity_id":
			if len(list) == 1 && list[0] == "all" {
				t.all = true
				continue
			}
			for i, id := range list {
				list[i] = strings.ToLower(id)
				if !validID(list[i]) {
					return t, nil, schemaError{fmt.Sprintf("Entity ID %s is an invalid entity ID at 'entity_id'", id)}
				}
			}
			t.entities = list
		case "device_id":
			t.devices = list
		case "area_id":
			t.areas = list
		case "label_id":
			t.labels = list
		}
	}
	return t, rest, nil
}

// names reads a list of names, one name, or several with commas in between.
// "none" and null stand for nothing.
func names(v any) ([]string, error) {
	var list []string
	switch v := v.(type) {
	case nil:
	case string:
		for name := range strings.SplitSeq(v, ",") {
			list = append(list, strings.TrimSpace(name))
		}
	case []any:
		for _, e := range v {
			name, ok := e.(string)
			if !ok {
				return nil, fmt.Errorf("expected str")
			}
			list = append(list, strings.TrimSpace(name))
		}
	default:
		return nil, fmt.Errorf("expected str")
	}
	if len(list) == 1 && strings.EqualFold(list[0], "none") {
		return nil, nil
	}
	if len(list) == 1 && strings.EqualFold(list[0], "all") {
		return []string{"all"}, nil
	}
	return list, nil
}

// referenced returns the entities that a target names, explicitly and by the
// sets they are in. Groups give way to their members. Sets leave out what is
// hidden, and those of areas and devices what is configuration or diagnosis.
func (h *House) referenced(t target) (explicit, sets []string) {
	explicit = h.expand(t.entities)
	for _, id := range h.order {
		e := h.entities[id]
		if e.Hidden || slices.Contains(explicit, id) {
			continue
		}
		labelled := slices.ContainsFunc(e.Labels, func(l string) bool { return slices.Contains(t.labels, l) })
		placed := e.Category == "" && (slices.Contains(t.areas, e.Area) && e.Area != "" ||
			slices.Contains(t.devices, deviceID(e.Device)) && e.Device != "")
		if labelled || placed {
			sets = append(sets, id)
		}
	}
	return explicit, sets
}

// expand puts a group's members, and those of groups among them, in its place.
func (h *House) expand(ids []string) []string {
	var out []string
	seen := map[string]bool{}
	var walk func([]string)
	walk = func(ids []string) {
		for _, id := range ids {
			if seen[id] {
				continue
			}
			seen[id] = true
			if e, ok := h.entities[id]; ok && e.domain == "group" {
				walk(words(e.attrs["entity_id"]))
				continue
			}
			out = append(out, id)
		}
	}
	walk(ids)
	return out
}

// resolve returns the entities that a call acts on: those of the service's
// domain, in reach, with the features that it needs. An entity that is named
// and lacks them fails the call; others are passed over.
func (h *House) resolve(c *call, features []int) ([]*entity, error) {
	var explicit, ids []string
	if c.target.all {
		ids = h.order
	} else {
		var sets []string
		explicit, sets = h.referenced(c.target)
		ids = append(slices.Clone(explicit), sets...)
	}
	var out []*entity
	for _, id := range ids {
		e, ok := h.entities[id]
		if !ok || e.domain != c.domain || e.shown.State == unavailable {
			continue
		}
		if features != nil && !slices.ContainsFunc(features, e.has) {
			if slices.Contains(explicit, id) {
				return nil, refuse("Entity %s does not support action %s.%s", id, c.domain, c.service)
			}
			continue
		}
		out = append(out, e)
	}
	return out, nil
}
