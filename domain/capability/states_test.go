package capability_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// wireState is an entity as Home Assistant's API sends it.
type wireState struct {
	ID         home.EntityID  `json:"entity_id"`
	State      string         `json:"state"`
	Attributes map[string]any `json:"attributes"`
}

// state returns the entity as an adapter hands it on: with the attributes that
// are read and have a value, nothing else.
func (w wireState) state() home.State {
	s := home.State{ID: w.ID, Value: w.State}
	for _, name := range home.Attributes() {
		if value := valueOf(w.Attributes[name]); !value.IsZero() {
			s.Attributes = append(s.Attributes, home.Field{Name: name, Value: value})
		}
	}
	return s
}

// with returns the entity changed: to another state unless that is "", and with
// other attributes, of which null takes one away.
func (w wireState) with(state string, attributes map[string]any) wireState {
	if state != "" {
		w.State = state
	}
	w.Attributes = maps.Clone(w.Attributes)
	if w.Attributes == nil {
		w.Attributes = map[string]any{}
	}
	maps.Copy(w.Attributes, attributes)
	return w
}

// valueOf returns a JSON value as one of the home's; nothing for null, objects
// and lists within lists.
func valueOf(v any) home.Value {
	switch v := v.(type) {
	case float64:
		return home.Number(v)
	case string:
		return home.Text(v)
	case bool:
		return home.Flag(v)
	case []any:
		items := make([]home.Value, 0, len(v))
		for _, item := range v {
			if value := valueOf(item); !value.IsZero() && value.Items() == nil {
				items = append(items, value)
			}
		}
		return home.List(items...)
	default:
		return home.Value{}
	}
}

// entities are states by entity id.
type entities map[home.EntityID]wireState

// get returns the entity called id, which must be there.
func (e entities) get(t *testing.T, id home.EntityID) wireState {
	t.Helper()
	state, ok := e[id]
	if !ok {
		t.Fatalf("the file has no entity %s, only %v", id, slices.Sorted(maps.Keys(e)))
	}
	state.ID = id
	return state
}

// readJSON reads a file strictly: a misspelt member of a case would test nothing.
func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// plain returns v as JSON's own types, so that values of different Go types
// compare as Alexa or the home would see them.
func plain(t *testing.T, v any) any {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%#v is no JSON: %v", v, err)
	}
	var out any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// glob returns the files of a pattern, of which there must be some.
func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return paths
}
