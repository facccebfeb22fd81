package demohome

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
)

func (h *House) getStatus(w http.ResponseWriter, _ *http.Request, _ string) {
	sendMessage(w, http.StatusOK, "API running.")
}

func (h *House) getConfig(w http.ResponseWriter, r *http.Request, _ string) {
	sendJSON(w, r, h.config())
}

// config returns house/config.json without its spaces, and with what the options say.
func (h *House) config() []byte {
	var tight bytes.Buffer
	if err := json.Compact(&tight, raw("config")); err != nil {
		panic("demohome: house/config.json: " + err.Error())
	}
	config := tight.Bytes()
	if h.options.ExternalURL != "" {
		address := appendString([]byte(`"external_url":`), h.options.ExternalURL)
		config = bytes.Replace(config, []byte(`"external_url":null`), address, 1)
	}
	if h.options.OwnAlexa {
		config = bytes.Replace(config, []byte(`"alarm_control_panel",`), []byte(`"alarm_control_panel","alexa",`), 1)
	}
	return config
}

func (h *House) getStates(w http.ResponseWriter, r *http.Request, _ string) {
	sendJSON(w, r, h.allStates())
}

// allStates returns the JSON of all states. It is put together again only when
// one has changed.
func (h *House) allStates() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.body == nil {
		states := make([]*State, len(h.order))
		for i, id := range h.order {
			states[i] = h.entities[id].shown
		}
		h.body = appendStates(make([]byte, 0, 600*len(states)), states)
	}
	return h.body
}

func (h *House) getState(w http.ResponseWriter, r *http.Request, _ string) {
	state, ok := h.State(r.PathValue("entity_id"))
	if !ok {
		sendMessage(w, http.StatusNotFound, "Entity not found.")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	send(w, http.StatusOK, state.JSON())
}

func (h *House) postState(w http.ResponseWriter, r *http.Request, user string) {
	if user != adminID {
		sendForbidden(w)
		return
	}
	v, ok := body(w, r, "Invalid JSON specified.")
	if !ok {
		return
	}
	data, ok := v.(map[string]any)
	id := r.PathValue("entity_id")
	switch {
	case !ok:
		sendMessage(w, http.StatusBadRequest, "State data should be a JSON object.")
		return
	case data["state"] == nil:
		sendMessage(w, http.StatusBadRequest, "No state specified.")
		return
	case !validID(id):
		sendMessage(w, http.StatusBadRequest, "Invalid entity ID specified.")
		return
	}
	attributes, _ := data["attributes"].(map[string]any)
	if attributes == nil {
		attributes = map[string]any{}
	}
	h.mu.Lock()
	_, known := h.entities[id]
	state := h.set(id, text(data["state"]), attributes, h.newContext(user))
	h.unlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Location", "/api/states/"+id)
	if known {
		send(w, http.StatusOK, state.JSON())
	} else {
		send(w, http.StatusCreated, state.JSON())
	}
}

func (h *House) deleteState(w http.ResponseWriter, r *http.Request, user string) {
	switch {
	case user != adminID:
		sendForbidden(w)
	case h.Remove(r.PathValue("entity_id")):
		sendMessage(w, http.StatusOK, "Entity removed.")
	default:
		sendMessage(w, http.StatusNotFound, "Entity not found.")
	}
}

// getServices lists the services with the names of their fields. Home Assistant
// tells more of each field: how to ask a person for it.
func (h *House) getServices(w http.ResponseWriter, r *http.Request, _ string) {
	var all []any
	for _, domain := range slices.Sorted(maps.Keys(h.kinds)) {
		services := map[string]any{}
		for name, s := range h.kinds[domain].services {
			fields := map[string]any{}
			for _, f := range s.fields {
				about := map[string]any{}
				if f.required {
					about["required"] = true
				}
				fields[f.name] = about
			}
			services[name] = map[string]any{"fields": fields}
			if !s.untargeted {
				services[name] = map[string]any{"fields": fields, "target": map[string]any{
					"entity": []any{map[string]any{"domain": []any{domain}}},
				}}
			}
		}
		all = append(all, map[string]any{"domain": domain, "services": services})
	}
	sendJSON(w, r, appendValue(nil, all))
}

// postService calls a service and answers with what changed.
func (h *House) postService(w http.ResponseWriter, r *http.Request, user string) {
	v, ok := body(w, r, "Data should be valid JSON.")
	if !ok {
		return
	}
	domain, name := r.PathValue("domain"), r.PathValue("service")
	h.mu.Lock()
	s, known := h.lookup(domain, name)
	h.mu.Unlock()
	response := r.URL.Query().Has("return_response")
	if known && response && !s.answers {
		sendMessage(w, http.StatusBadRequest, "Service does not support responses. Remove return_response from request.")
		return
	}
	data, ok := v.(map[string]any)
	if v != nil && !ok {
		if list, empty := v.([]any); !known || !empty || len(list) > 0 {
			sendStatus(w, http.StatusBadRequest)
			return
		}
	}
	changed, err := h.perform(h.newContext(user), domain, name, data)
	if err != nil {
		sendRefusal(w, err)
		return
	}
	out := appendStates(nil, changed)
	if response {
		out = append(append([]byte(`{"changed_states":`), out...), `,"service_response":{}}`...)
	}
	sendJSON(w, r, out)
}

// sendRefusal answers a call that failed. Home Assistant tells a caller over
// HTTP what is wrong only when the integration refused a value.
func sendRefusal(w http.ResponseWriter, err error) {
	var refused refusal
	var failed failure
	switch {
	case errors.As(err, &failed):
		sendFailure(w)
	case errors.As(err, &refused):
		sendMessage(w, http.StatusBadRequest, refused.message)
	case errors.Is(err, notAllowedError{}):
		sendForbidden(w)
	case errors.Is(err, errClosed):
		send(w, http.StatusServiceUnavailable, nil)
	default:
		sendStatus(w, http.StatusBadRequest)
	}
}

func appendStates(b []byte, states []*State) []byte {
	b = append(b, '[')
	for i, s := range states {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, s.JSON()...)
	}
	return append(b, ']')
}

// getProviders tells how one may sign in. It tells everybody.
func getProviders(w http.ResponseWriter, r *http.Request) {
	sendJSON(w, r, []byte(`{"providers":[{"name":"Home Assistant Local","id":null,"type":"homeassistant"}],"preselect_remember_me":true}`))
}
