package demohome

import (
	"errors"
	"maps"
)

// A command is what the WebSocket can be asked.
type command struct {
	admin bool
	do    func(s *socket, id int, message map[string]any)
}

// commands returns the table of them, by the type of the message.
func commands() map[string]command {
	listed := func(list func(*House) any) command {
		return command{do: func(s *socket, id int, m map[string]any) {
			s.resultJSON(id, s.house.list(text(m["type"]), list))
		}}
	}
	return map[string]command{
		"ping": {do: func(s *socket, id int, _ map[string]any) {
			s.send(append(appendValue([]byte(`{"id":`), id), `,"type":"pong"}`...))
		}},
		"supported_features": {do: func(s *socket, id int, m map[string]any) {
			features, _ := m["features"].(map[string]any)
			s.mu.Lock()
			s.coalesce = number(features["coalesce_messages"]) == 1
			s.mu.Unlock()
			s.result(id, nil)
		}},
		"get_config":           {do: func(s *socket, id int, _ map[string]any) { s.resultJSON(id, s.house.config()) }},
		"get_states":           {do: func(s *socket, id int, _ map[string]any) { s.resultJSON(id, s.house.allStates()) }},
		"call_service":         {do: (*socket).callService},
		"conversation/process": {do: (*socket).process},
		"subscribe_events":     {do: (*socket).subscribe},
		"unsubscribe_events":   {do: (*socket).unsubscribe},

		"config/area_registry/list":   listed(func(h *House) any { return h.registry.areaList() }),
		"config/label_registry/list":  listed(func(h *House) any { return h.registry.labelList() }),
		"config/floor_registry/list":  listed(func(h *House) any { return h.registry.floorList() }),
		"config/device_registry/list": listed(func(h *House) any { return h.devices() }),
		"config/entity_registry/list_for_display": listed(func(h *House) any {
			entities := []any{}
			for _, id := range h.order {
				if e := h.entities[id]; e.registered() {
					entities = append(entities, e.display())
				}
			}
			return map[string]any{
				"entity_categories": map[string]any{"0": "config", "1": "diagnostic"}, "entities": entities,
			}
		}),
		"config/entity_registry/get_entries": {do: (*socket).entries},
		"camera/stream":                      {do: (*socket).stream},
		"camera/capabilities":                {do: (*socket).capabilities},
		"auth/sign_path":                     {do: (*socket).sign},
		"homeassistant/expose_entity/list":   {admin: true, do: listed(func(h *House) any { return h.exposedList() }).do},
	}
}

// list returns the JSON of a list, which is put together again only when an entity
// has come, gone or been given another name since.
func (h *House) list(name string, list func(*House) any) []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lists[name] == nil {
		if h.lists == nil {
			h.lists = map[string][]byte{}
		}
		h.lists[name] = appendValue(nil, list(h))
	}
	return h.lists[name]
}

// handle answers one message.
func (s *socket) handle(message map[string]any) {
	id, numbered := message["id"].(int)
	kind, typed := message["type"].(string)
	if !numbered || !typed {
		s.fail(message["id"], "invalid_format", "Message incorrectly formatted.", nil)
		return
	}
	c, ok := s.house.commands[kind]
	switch {
	case !ok:
		s.fail(id, "unknown_command", "Unknown command.", nil)
	case c.admin && s.user != adminID:
		s.unauthorized(id)
	default:
		c.do(s, id, message)
	}
}

// entries answers what the entity registry has of the entities that are asked for.
func (s *socket) entries(id int, m map[string]any) {
	ids, ok := m["entity_ids"].([]any)
	if !ok {
		s.fail(id, "invalid_format", "required key not provided at 'entity_ids'", nil)
		return
	}
	s.house.mu.Lock()
	entries := map[string]any{}
	for _, name := range ids {
		if e := s.house.entities[text(name)]; e != nil && e.registered() {
			entries[e.ID] = e.extended()
		} else {
			entries[text(name)] = nil
		}
	}
	s.house.mu.Unlock()
	s.result(id, entries)
}

func (s *socket) unauthorized(id int) { s.fail(id, "unauthorized", "Unauthorized", nil) }

// callService calls a service beside whatever else the connection asks.
func (s *socket) callService(id int, m map[string]any) {
	domain, name := text(m["domain"]), text(m["service"])
	data, _ := m["service_data"].(map[string]any)
	data = maps.Clone(data)
	if data == nil {
		data = map[string]any{}
	}
	if target, ok := m["target"].(map[string]any); ok {
		maps.Copy(data, target)
	}
	ctx := s.house.newContext(s.user)
	s.calls.Go(func() {
		_, err := s.house.perform(ctx, domain, name, data)
		if err != nil {
			s.refused(id, err)
			return
		}
		b := ctx.appendJSON([]byte(`{"context":`))
		if m["return_response"] == true {
			b = append(b, `,"response":{}`...)
		}
		s.resultJSON(id, append(b, '}'))
	})
}

// refused says why a call failed, which the WebSocket does in more words than
// HTTP.
func (s *socket) refused(id int, err error) {
	var missing unknownServiceError
	var misfit schemaError
	switch {
	case errors.As(err, &missing):
		s.fail(id, "not_found", missing.Error(), map[string]any{
			"translation_domain": "homeassistant", "translation_key": "service_not_found",
			"translation_placeholders": map[string]any{"domain": missing.domain, "service": missing.service},
		})
	case errors.As(err, &misfit):
		s.fail(id, "invalid_format", misfit.Error(), nil)
	case errors.Is(err, notAllowedError{}):
		s.unauthorized(id)
	default:
		s.fail(id, "service_validation_error", "Validation error: "+err.Error(), nil)
	}
}

func (s *socket) process(id int, m map[string]any) {
	language, _ := m["language"].(string)
	if language == "" {
		language = "en"
	}
	conversation, _ := m["conversation_id"].(string)
	if conversation == "" {
		conversation = ulid(s.house.now())
	}
	s.calls.Go(func() {
		s.result(id, s.house.converse(text(m["text"]), language, conversation, s.house.newContext(s.user)))
	})
}

// subscribe sends every change of a state from now on. Of events the house has
// no others.
func (s *socket) subscribe(id int, m map[string]any) {
	kind, _ := m["event_type"].(string)
	if kind != "state_changed" && s.user != adminID {
		s.unauthorized(id)
		return
	}
	s.house.mu.Lock()
	s.subscriptions[id] = s.house.watch(func(c change) {
		if kind == "state_changed" || kind == "" {
			s.send(append(appendValue(append(c.appendJSON([]byte(`{"type":"event","event":`)), `,"id":`...), id), '}'))
		}
	})
	s.house.mu.Unlock()
	s.result(id, nil)
}

func (s *socket) unsubscribe(id int, m map[string]any) {
	of, _ := m["subscription"].(int)
	s.house.mu.Lock()
	w, ok := s.subscriptions[of]
	if ok {
		s.house.unwatch(w)
		delete(s.subscriptions, of)
	}
	s.house.mu.Unlock()
	if !ok {
		s.fail(id, "not_found", "Subscription not found.", nil)
		return
	}
	s.result(id, nil)
}

// appendJSON appends the change as the event that Home Assistant sends.
func (c change) appendJSON(b []byte) []byte {
	state := func(b []byte, s *State) []byte {
		if s == nil {
			return append(b, "null"...)
		}
		return append(b, s.JSON()...)
	}
	b = appendString(append(b, `{"event_type":"state_changed","data":{"entity_id":`...), c.entity)
	b = state(append(b, `,"old_state":`...), c.old)
	b = state(append(b, `,"new_state":`...), c.new)
	b = appendString(append(b, `},"origin":"LOCAL","time_fired":`...), timestamp(c.at))
	return append(c.context.appendJSON(append(b, `,"context":`...)), '}')
}
