package demohome

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// The house understands of Home Assistant's templates what asks one question:
// {{ states('light.kitchen_lights') }}. It says so of anything else.
var (
	question = regexp.MustCompile(`^\s*\{\{-?\s*(\w+)\(([^()]*)\)\s*-?\}\}\s*$`)
	argument = regexp.MustCompile(`^\s*(?:'([^']*)'|"([^"]*)")\s*$`)
)

func (h *House) postTemplate(w http.ResponseWriter, r *http.Request, user string) {
	if user != adminID {
		sendForbidden(w)
		return
	}
	v, ok := body(w, r, "Invalid JSON specified.")
	if !ok {
		return
	}
	data, _ := v.(map[string]any)
	source, ok := data["template"].(string)
	if !ok {
		sendFailure(w)
		return
	}
	answer, err := h.render(source)
	if err != nil {
		sendMessage(w, http.StatusBadRequest, "Error rendering template: "+err.Error())
		return
	}
	sendText(w, http.StatusOK, answer)
}

func (h *House) render(source string) (string, error) {
	m := question.FindStringSubmatch(source)
	if m == nil {
		if strings.Contains(source, "{{") || strings.Contains(source, "{%") {
			return "", fmt.Errorf("TemplateSyntaxError: the demo house understands one question alone, such as {{ states('light.kitchen_lights') }}")
		}
		return source, nil
	}
	var args []string
	if strings.TrimSpace(m[2]) != "" {
		for part := range strings.SplitSeq(m[2], ",") {
			a := argument.FindStringSubmatch(part)
			if a == nil {
				return "", fmt.Errorf("TemplateSyntaxError: the demo house understands texts as arguments alone, not %s", part)
			}
			args = append(args, a[1]+a[2])
		}
	}
	q, ok := questions[m[1]]
	if !ok || q.args != len(args) {
		return "", fmt.Errorf("UndefinedError: '%s' is undefined", m[1])
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return q.answer(h, args), nil
}

// questions are the functions of templates that the house knows, by name.
var questions = map[string]struct {
	args   int
	answer func(h *House, args []string) string
}{
	"states": {1, func(h *House, args []string) string {
		if e, ok := h.entities[args[0]]; ok {
			return e.shown.State
		}
		return unknown
	}},
	"is_state": {2, func(h *House, args []string) string {
		e, ok := h.entities[args[0]]
		return text(ok && e.shown.State == args[1])
	}},
	"state_attr": {2, func(h *House, args []string) string {
		if e, ok := h.entities[args[0]]; ok {
			return python(e.shown.Attributes[args[1]])
		}
		return "None"
	}},
	"areas": {0, func(h *House, _ []string) string {
		ids := make([]any, len(h.registry.areas))
		for i, a := range h.registry.areas {
			ids[i] = a.ID
		}
		return python(ids)
	}},
	"area_id": {1, func(h *House, args []string) string { a, _ := h.areaOf(args[0]); return orNone(a.ID) }},
	"area_name": {1, func(h *House, args []string) string {
		a, _ := h.areaOf(args[0])
		return orNone(a.Name)
	}},
	"area_entities": {1, func(h *House, args []string) string {
		ids := []any{}
		a, ok := h.registry.area(args[0])
		for _, id := range h.order {
			if ok && h.entities[id].Area == a.ID {
				ids = append(ids, id)
			}
		}
		return python(ids)
	}},
}

// areaOf finds the area of an entity, or one by its name.
func (h *House) areaOf(name string) (area, bool) {
	if e, ok := h.entities[name]; ok {
		name = e.Area
	}
	return h.registry.area(name)
}

func orNone(s string) string {
	if s == "" {
		return "None"
	}
	return s
}

// python writes a value as a template prints it: texts in lists are quoted.
func python(v any) string {
	list, ok := v.([]any)
	if !ok {
		return text(v)
	}
	parts := make([]string, len(list))
	for i, e := range list {
		if s, ok := e.(string); ok {
			parts[i] = "'" + s + "'"
		} else {
			parts[i] = python(e)
		}
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
