package operator

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
)

// errObject is why a field cannot be sent on: home.Value knows no objects.
var errObject = errors.New("a JSON object, which LEE does not send on")

// secretive are the fields whose texts must not show: the PIN of a lock or an
// alarm panel (Home Assistant's ATTR_CODE), and what is called as secrets are.
var secretive = map[string]bool{"code": true, "pin": true, "password": true, "token": true}

// valueOf returns what JSON stands for, as the field of a service call that has
// that name.
func valueOf(name string, raw json.RawMessage) (home.Value, error) {
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return home.Value{}, errors.New("no JSON value")
	}
	if text, ok := value.(string); ok && secretive[name] {
		return home.Secret(secret.New(text)), nil
	}
	return valueOfAny(value)
}

func valueOfAny(value any) (home.Value, error) {
	switch value := value.(type) {
	case nil:
		return home.Value{}, nil
	case float64:
		return home.Number(value), nil
	case string:
		return home.Text(value), nil
	case bool:
		return home.Flag(value), nil
	case []any:
		items := make([]home.Value, len(value))
		for i := range value {
			item, err := valueOfAny(value[i])
			if err != nil {
				return home.Value{}, err
			}
			items[i] = item
		}
		return home.List(items...), nil
	default:
		return home.Value{}, errObject
	}
}

// sorted returns a table's names, sorted.
func sorted[V any](table map[string]V) []string { return slices.Sorted(maps.Keys(table)) }
