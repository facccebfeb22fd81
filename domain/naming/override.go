package naming

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// Overrides are what the settings say of single entities.
type Overrides map[home.EntityID]Override

// Override is what the settings say of an entity; what is empty is left as it
// is.
type Override struct {
	// Names are its names. Each is an endpoint of its own.
	Names []string
	// Description is what Alexa's app shows below the name.
	Description string
	// Category is the display category.
	Category alexa.DisplayCategory
}

// OverridesAllowed says in words what ParseOverrides takes.
const OverridesAllowed = "one entity a line or between semicolons, as in " +
	`"light.hall: name=Hall | Corridor, category=LIGHT, description=By the door"`

// OverrideMistakes are all that is wrong with overrides.
type OverrideMistakes []string //nolint:errname // it is the list of them

// Error returns one line that names them all.
func (m OverrideMistakes) Error() string { return strings.Join(m, "; ") }

// ParseOverrides reads overrides, separated by new lines or semicolons:
//
//	light.hall: name=Hall | Corridor, category=LIGHT, description=By the door
//
// A line that begins with # is a remark. Its error, an OverrideMistakes, names
// every mistake.
func ParseOverrides(text string) (Overrides, error) {
	all := Overrides{}
	var mistakes OverrideMistakes
	n := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for part := range strings.SplitSeq(line, ";") {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			n++
			id, o, problems := parseOverride(part)
			if _, twice := all[id]; twice {
				problems = append(problems, "is about an entity that came before")
			}
			for _, problem := range problems {
				mistakes = append(mistakes, fmt.Sprintf("entry %d %s", n, problem))
			}
			all[id] = o
		}
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return all, nil
}

// parseOverride reads what is said of one entity. The problems are to go after
// what names the entry.
func parseOverride(text string) (id home.EntityID, o Override, problems []string) {
	name, rest, ok := strings.Cut(text, ":")
	id, valid := home.ParseEntityID(strings.ToLower(strings.TrimSpace(name)))
	if !ok || !valid {
		return id, o, []string{"does not begin with an entity's id and a colon"}
	}
	for field := range strings.SplitSeq(rest, ",") {
		key, value, ok := strings.Cut(field, "=")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if !ok || value == "" {
			problems = append(problems, "has a field that is not name=…, category=… or description=…")
			continue
		}
		if problem := set(&o, key, value); problem != "" {
			problems = append(problems, problem)
		}
	}
	return id, o, problems
}

// set sets a field and returns what is wrong with it, "" for nothing.
func set(o *Override, key, value string) (problem string) {
	switch key {
	case "name", "names":
		for name := range strings.SplitSeq(value, "|") {
			name = strings.TrimSpace(name)
			cleaned, cut := clean(name)
			if cleaned == "" || cut {
				return "has a name that Alexa does not take: empty, without a letter or too long"
			}
			o.Names = append(o.Names, name)
		}
	case "category":
		o.Category = alexa.DisplayCategory(strings.ToUpper(value))
		if !o.Category.Valid() {
			return "has a category that is none of Alexa's"
		}
	case "description":
		if o.Description = Clean(value); o.Description == "" {
			return "has a description without a letter"
		}
	default:
		return "has a field that is not name=…, category=… or description=…"
	}
	return ""
}

// String returns the overrides as ParseOverrides reads them, by entity.
func (o Overrides) String() string {
	entries := make([]string, 0, len(o))
	for _, id := range slices.Sorted(maps.Keys(o)) {
		entries = append(entries, string(id)+": "+o[id].String())
	}
	return strings.Join(entries, "; ")
}

// String returns what stands after the entity's id.
func (o Override) String() string {
	var fields []string
	if len(o.Names) > 0 {
		fields = append(fields, "name="+strings.Join(o.Names, " | "))
	}
	if o.Category != "" {
		fields = append(fields, "category="+string(o.Category))
	}
	if o.Description != "" {
		fields = append(fields, "description="+o.Description)
	}
	return strings.Join(fields, ", ")
}
