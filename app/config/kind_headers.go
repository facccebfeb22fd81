package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// headers are HTTP headers: one a line, as HTTP writes them, or an object in
// JSON.
var headers = kind[map[string]secret.Text]{
	allowed: `headers, one a line ("Name: value"), an object in JSON ({"Name": "value"}), or the path of a file that holds them`,
	parse:   setting.Headers,
	show: func(m map[string]secret.Text) string {
		shown := make([]string, 0, len(m))
		for _, name := range slices.Sorted(maps.Keys(m)) {
			shown = append(shown, name+": "+m[name].String())
		}
		return strings.Join(shown, ", ")
	},
}
