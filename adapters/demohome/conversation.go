package demohome

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

func (h *House) postConversation(w http.ResponseWriter, r *http.Request, user string) {
	v, ok := body(w, r, "Invalid JSON.")
	if !ok {
		return
	}
	data, _ := v.(map[string]any)
	said, ok := data["text"].(string)
	if !ok {
		sendMessage(w, http.StatusBadRequest, "Message format incorrect: required key not provided at 'text'")
		return
	}
	switch agent, _ := data["agent_id"].(string); agent {
	case "", "conversation.home_assistant", "homeassistant":
	default:
		sendMessage(w, http.StatusBadRequest, "Message format incorrect: invalid agent ID at 'agent_id'")
		return
	}
	id, _ := data["conversation_id"].(string)
	if id == "" {
		id = ulid(h.now())
	}
	language, _ := data["language"].(string)
	if language == "" {
		language = "en"
	}
	sendJSON(w, r, appendValue(nil, h.converse(said, language, id, h.newContext(user))))
}

// A reply is what the house says to a sentence.
type reply struct {
	speech, kind string
	// code is of an error: why the sentence led to nothing.
	code string
	// acted are the entities that it acted on or told of.
	acted []*State
}

// A sentence is a form of words that the house understands.
type sentence struct {
	form *regexp.Regexp
	// service is called on the entity that the first group names; empty only
	// tells its state.
	service string
	// speech is said when it is done, with the name of the thing.
	speech string
	// data makes the call's fields of the other groups.
	data func(groups []string) map[string]any
}

func sentences() []sentence {
	form := func(s string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + s + `)$`) }
	level := func(g []string) map[string]any {
		n, _ := strconv.Atoi(g[1])
		return map[string]any{"brightness_pct": n}
	}
	return []sentence{
		{form(`(?:turn|switch) on (.+)`), "homeassistant.turn_on", "Turned on the %s", nil},
		{form(`(?:turn|switch) off (.+)`), "homeassistant.turn_off", "Turned off the %s", nil},
		{form(`(?:turn|switch) (.+) on`), "homeassistant.turn_on", "Turned on the %s", nil},
		{form(`(?:turn|switch) (.+) off`), "homeassistant.turn_off", "Turned off the %s", nil},
		{form(`(?:dim|set) (.+?)(?: brightness)? to (\d+) ?(?:%|percent)`), "light.turn_on", "Brightness set", level},
		{form(`open (.+)`), "cover.open_cover", "Opening", nil},
		{form(`close (.+)`), "cover.close_cover", "Closing", nil},
		{form(`lock (.+)`), "lock.lock", "Locked", nil},
		{form(`unlock (.+)`), "lock.unlock", "Unlocked", nil},
		{form(`activate (.+)`), "scene.turn_on", "Activated", nil},
		{form(`run (.+)`), "script.turn_on", "Started", nil},
		{form(`(?:what is|what's|what state is|is) (.+?)(?: on| off| open| closed| locked)?`), "", "%s is %s", nil},
	}
}

// converse does what a sentence says and answers in the form of Home Assistant's
// conversation API (https://developers.home-assistant.io/docs/intent_conversation_api).
func (h *House) converse(said, language, id string, ctx Context) map[string]any {
	r := h.understand(said, language, ctx)
	data := map[string]any{}
	if r.kind == "error" {
		data["code"] = r.code
	} else {
		success := []any{}
		for _, s := range r.acted {
			success = append(success, map[string]any{"name": s.name(), "type": "entity", "id": s.EntityID})
		}
		data["success"], data["failed"] = success, []any{}
	}
	return map[string]any{
		"response": map[string]any{
			"speech": map[string]any{"plain": map[string]any{"speech": r.speech, "extra_data": nil}},
			"card":   map[string]any{}, "language": language, "response_type": r.kind, "data": data,
		},
		"conversation_id": id, "continue_conversation": false,
	}
}

func (h *House) understand(said, language string, ctx Context) reply {
	said = strings.ToLower(strings.Trim(strings.TrimSpace(said), ".!?"))
	if said == "hello" || said == "hi" {
		return reply{speech: "Hello from Home Assistant.", kind: "action_done"}
	}
	if language, _, _ = strings.Cut(language, "-"); language != "en" {
		return reply{speech: "Sorry, I couldn't understand that", kind: "error", code: "no_intent_match"}
	}
	for _, s := range sentences() {
		groups := s.form.FindStringSubmatch(said)
		if groups == nil {
			continue
		}
		name := strings.TrimPrefix(groups[1], "the ")
		state := h.byName(name, domainOf(s.service))
		if state == nil {
			return reply{speech: "Sorry, I am not aware of any device called " + name, kind: "error", code: "no_valid_targets"}
		}
		if s.service == "" {
			unit, _ := state.Attributes["unit_of_measurement"].(string)
			return reply{
				speech: strings.TrimSpace(fmt.Sprintf(s.speech, state.name(), state.State) + " " + unit),
				kind:   "query_answer", acted: []*State{state},
			}
		}
		data := map[string]any{}
		if s.data != nil {
			data = s.data(groups[1:])
		}
		data["entity_id"] = state.EntityID
		if _, err := h.perform(ctx, domainOf(s.service), objectOf(s.service), data); err != nil {
			return reply{speech: "An unexpected error occurred", kind: "error", code: "failed_to_handle"}
		}
		speech := s.speech
		if strings.Contains(speech, "%s") {
			speech = fmt.Sprintf(speech, strings.ReplaceAll(domainOf(state.EntityID), "_", " "))
		}
		return reply{speech: speech, kind: "action_done", acted: []*State{state}}
	}
	return reply{speech: "Sorry, I couldn't understand that", kind: "error", code: "no_intent_match"}
}

// byName finds an entity by its name or an alias, one of a domain if it has to
// be; nil for none.
func (h *House) byName(name, domain string) *State {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range h.order {
		e := h.entities[id]
		if domain != "" && domain != "homeassistant" && e.domain != domain {
			continue
		}
		for _, own := range append([]string{e.shown.name()}, e.Aliases...) {
			if strings.EqualFold(own, name) {
				return e.shown
			}
		}
	}
	return nil
}

// name is what people call the entity.
func (s *State) name() string {
	if name, _ := s.Attributes["friendly_name"].(string); name != "" {
		return name
	}
	return strings.ReplaceAll(objectOf(s.EntityID), "_", " ")
}
