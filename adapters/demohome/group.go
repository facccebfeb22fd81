package demohome

import (
	"maps"
	"slices"
)

// groups has no services of its own that LEE uses: a group is switched with
// homeassistant.turn_on and its like, which act on the members.
func groups() kind {
	return kind{services: map[string]service{
		"reload": {untargeted: true, admin: true, whole: func(*call) error { return nil }},
	}}
}

// active are the states that count as on for a group, of the domains where that
// is not "on".
var active = map[string][]string{
	"alarm_control_panel": {"armed_home", "armed_away", "armed_night", "armed_vacation", "armed_custom_bypass", "triggered"},
	"climate":             {"heat", "cool", "heat_cool", "auto", "dry", "fan_only"},
	"cover":               {"open", "opening", "closing"},
	"lock":                {"unlocked", "unlocking", "locking", "open", "opening"},
	"media_player":        {"on", "playing", "paused", "idle"},
	"vacuum":              {"on", "cleaning", "returning"},
	"valve":               {"open", "opening", "closing"},
}

// regroupWith brings the groups up to date that an entity is in.
func (h *House) regroupWith(member *entity, ctx Context) {
	for _, id := range h.order {
		g := h.entities[id]
		if g.domain == "group" && g != member && slices.Contains(words(g.attrs["entity_id"]), member.ID) {
			h.blame(g, ctx)
			h.regroup(g)
		}
	}
}

// regroup makes a group say whether any of its members is on.
func (h *House) regroup(g *entity) {
	if g.domain != "group" || len(words(g.attrs["entity_id"])) == 0 {
		return
	}
	g.state = "off"
	attributes := maps.Clone(g.attrs)
	for _, id := range words(g.attrs["entity_id"]) {
		member, ok := h.entities[id]
		if !ok {
			continue
		}
		if on, ok := active[member.domain]; ok && slices.Contains(on, member.shown.State) || member.shown.State == "on" {
			g.state = "on"
		}
		if member.shown.Attributes["assumed_state"] == true {
			attributes["assumed_state"] = true
		}
	}
	h.publish(g, g.state, attributes)
}
