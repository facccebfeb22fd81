package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// codes are the codes of locks and alarm panels: "entity=code", with commas or
// line breaks between them, or an object in JSON.
var codes = kind[map[home.EntityID]secret.Text]{
	allowed: `entities of the domains lock and alarm_control_panel with their codes ("lock.front_door=1234, alarm_control_panel.home=5678"), ` +
		`an object in JSON ({"lock.front_door": "1234"}), or the path of a file that holds them`,
	parse: setting.Codes,
	show: func(m map[home.EntityID]secret.Text) string {
		shown := make([]string, 0, len(m))
		for _, id := range slices.Sorted(maps.Keys(m)) {
			shown = append(shown, string(id)+"="+m[id].String())
		}
		return strings.Join(shown, ", ")
	},
}
