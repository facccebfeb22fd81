package alexatest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// spot is a place in a message: a value, and how to name the place to the person
// who has to mend it.
type spot struct {
	// in names what the value is part of: "endpoint light#kitchen".
	in string
	// path leads from there to the value: "configuration.presets[1]".
	path string
	// value is the value as JSON has it; nil for one that is missing, too.
	value any
	// complaints is where complaints go, one list for the whole message.
	complaints *[]string
}

// examine returns what the shape has to complain of in a message.
func examine(tree any, is shape) []string {
	var complaints []string
	is(spot{value: tree, complaints: &complaints})
	return complaints
}

// complain adds a complaint about the value: "must be …, is …".
func (s spot) complain(format string, args ...any) {
	where := make([]string, 0, 3)
	for _, part := range []string{s.in, s.path} {
		if part != "" {
			where = append(where, part)
		}
	}
	*s.complaints = append(*s.complaints, strings.Join(append(where, fmt.Sprintf(format, args...)), ": "))
}

// part returns the same place as part of something that is known by a name of
// its own.
func (s spot) part(format string, args ...any) spot {
	name := fmt.Sprintf(format, args...)
	if s.in != "" {
		name = s.in + ", " + name
	}
	return spot{in: name, value: s.value, complaints: s.complaints}
}

// at returns the place reached by members' names, one after the other.
func (s spot) at(names ...string) spot {
	for _, name := range names {
		members, _ := s.value.(map[string]any)
		s.value = members[name]
		s.path = strings.TrimPrefix(s.path+"."+name, ".")
	}
	return s
}

// has says whether the value is an object with the named member.
func (s spot) has(name string) bool {
	members, _ := s.value.(map[string]any)
	_, ok := members[name]
	return ok
}

// names returns the names of an object's members, sorted.
func (s spot) names() []string {
	members, _ := s.value.(map[string]any)
	return slices.Sorted(maps.Keys(members))
}

// items returns the places of a list's items, none when it is no list.
func (s spot) items() []spot {
	list, _ := s.value.([]any)
	items := make([]spot, len(list))
	for i, value := range list {
		items[i] = s
		items[i].value = value
		items[i].path = s.path + "[" + strconv.Itoa(i) + "]"
	}
	return items
}

// text returns the value when it is a text, else "".
func (s spot) text() string {
	text, _ := s.value.(string)
	return text
}

// number returns the value when it is a number.
func (s spot) number() (float64, bool) {
	n, ok := s.value.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// shown returns the value as JSON, cut to a length that can be read.
func (s spot) shown() string {
	const most = 60
	raw, err := json.Marshal(s.value)
	if err != nil {
		return fmt.Sprint(s.value)
	}
	if len(raw) > most {
		return string(raw[:most]) + "…"
	}
	return string(raw)
}
