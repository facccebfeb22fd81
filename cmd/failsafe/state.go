package main

import (
	"encoding/json"
	"time"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// readState reads a state as Home Assistant writes it.
func readState(raw json.RawMessage) (home.State, error) {
	var in struct {
		ID         home.EntityID  `json:"entity_id"`
		Value      string         `json:"state"`
		Attributes map[string]any `json:"attributes"`
		Updated    time.Time      `json:"last_updated"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return home.State{}, err
	}
	state := home.State{ID: in.ID, Value: in.Value, Updated: in.Updated}
	for _, name := range home.Attributes() {
		if value := readValue(in.Attributes[name]); !value.IsZero() {
			state.Attributes = append(state.Attributes, home.Field{Name: name, Value: value})
		}
	}
	return state, nil
}

// readValue reads a scalar or a list of scalars; anything else is nothing.
func readValue(in any) home.Value {
	switch v := in.(type) {
	case float64:
		return home.Number(v)
	case string:
		return home.Text(v)
	case bool:
		return home.Flag(v)
	case []any:
		items := make([]home.Value, 0, len(v))
		for _, item := range v {
			if value := readValue(item); !value.IsZero() {
				items = append(items, value)
			}
		}
		return home.List(items...)
	default:
		return home.Value{}
	}
}
