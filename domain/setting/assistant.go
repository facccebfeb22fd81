package setting

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spoken is a name that is said aloud, at most 50 characters as Amazon has it
// for invocation names.
var spoken = Kind{
	Allowed: "1 to 50 printable characters",
	Parse: func(text string) (any, error) {
		switch {
		case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
			return nil, errors.New("holds a character that cannot be printed")
		case utf8.RuneCountInString(text) > 50:
			return nil, errors.New("is too long")
		}
		return text, nil
	},
}

// skillIDs are ids of skills as Amazon's developer console shows them, with commas
// between them.
var skillIDs = Kind{
	Allowed: "ids of skills (amzn1.ask.skill.…), with commas between them",
	Parse: func(text string) (any, error) {
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
	Show: func(value any) string { ids, _ := value.([]string); return strings.Join(ids, ", ") },
}

// agentID is the id of a conversation agent.
var agentID = Kind{
	Allowed: "the id of a conversation agent, such as conversation.home_assistant",
	Parse: func(text string) (any, error) {
		if len(text) > 255 || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return nil, errors.New("is no id")
		}
		return text, nil
	},
}

// rooms are which Echo stands in which area.
var rooms = Kind{
	Allowed: `the ids of Echos as the skill sees them, each with the id of an area ("amzn1.ask.device.ABC=kitchen"), ` +
		`with commas or line breaks between them, or the path of a file that holds them`,
	Parse: func(text string) (any, error) {
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
	Show: func(value any) string {
		m, _ := value.(map[string]string)
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

// addRoom adds the room of an Echo that has a parameter of its own. HA_ROOMS goes before it,
// and a text that is not an area is ignored.
func addRoom(h *Home, device, area string) {
	if _, set := h.Rooms[device]; set || device == "" || area == NoRoom || !isArea(area) {
		return
	}
	all := maps.Clone(h.Rooms)
	if all == nil {
		all = map[string]string{}
	}
	all[device] = area
	h.Rooms = all
}
