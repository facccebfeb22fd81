package config

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// skillIDs are ids of skills as Amazon's developer console shows them, with commas
// between them.
var skillIDs = kind[[]string]{
	allowed: "ids of skills (amzn1.ask.skill.…), with commas between them",
	parse: func(text string) ([]string, error) {
		var ids []string
		for _, id := range listed(text) {
			name, ok := strings.CutPrefix(id, "amzn1.ask.skill.")
			if !ok || name == "" || len(id) > 255 || strings.ContainsFunc(name, func(r rune) bool {
				return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
			}) {
				return nil, errors.New("holds what is no id of a skill")
			}
			ids = append(ids, id)
		}
		if len(ids) == 0 {
			return nil, errors.New("holds no id")
		}
		return ids, nil
	},
	show: func(ids []string) string { return strings.Join(ids, ", ") },
}

// agentID is the id of a conversation agent.
var agentID = kind[string]{
	allowed: "the id of a conversation agent, such as conversation.home_assistant",
	parse: func(text string) (string, error) {
		if len(text) > 255 || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return "", errors.New("is no id")
		}
		return text, nil
	},
	show: showText,
}

// rooms are which Echo stands in which area.
var rooms = kind[map[string]string]{
	allowed: `the ids of Echos as the skill sees them, each with the id of an area ("amzn1.ask.device.ABC=kitchen"), ` +
		`with commas or line breaks between them, or the path of a file that holds them`,
	parse: func(text string) (map[string]string, error) {
		all := map[string]string{}
		for _, one := range listed(text) {
			device, area, ok := strings.Cut(one, "=")
			device, area = strings.TrimSpace(device), strings.TrimSpace(area)
			switch _, twice := all[device]; {
			case !ok || device == "":
				return nil, errors.New("holds what is no pair with an equals sign between")
			case !isArea(area):
				return nil, errors.New("holds what is no area")
			case twice:
				return nil, errors.New("names an Echo twice")
			}
			all[device] = area
		}
		return all, nil
	},
	show: func(m map[string]string) string {
		shown := make([]string, 0, len(m))
		for _, device := range slices.Sorted(maps.Keys(m)) {
			shown = append(shown, device+"="+m[device])
		}
		return strings.Join(shown, ", ")
	},
}

// listed returns what stands between commas and line breaks.
func listed(text string) []string {
	all := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' })
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return slices.DeleteFunc(all, func(one string) bool { return one == "" })
}

func isArea(id string) bool {
	return id != "" && len(id) <= 255 && utf8.ValidString(id) && !strings.ContainsFunc(id, unicode.IsControl)
}

// NoRoom stands in a parameter for an Echo of which nobody knows any more where it
// stands: a parameter cannot be empty.
const NoRoom = "-"

// addRoom adds what a parameter of its own says of an Echo. What HA_ROOMS says goes
// before it, and what cannot be an area counts for nothing.
func addRoom(s *Settings, device, area string) {
	if _, said := s.Rooms[device]; said || device == "" || area == NoRoom || !isArea(area) {
		return
	}
	all := maps.Clone(s.Rooms)
	if all == nil {
		all = map[string]string{}
	}
	all[device] = area
	s.Rooms = all
}
