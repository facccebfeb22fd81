package demohome

import (
	"slices"
	"strings"
)

func selects() kind {
	return kind{services: choices("Option %s is not valid for entity %s, valid options are: %s")}
}

func inputSelects() kind {
	k := kind{services: choices("Option %[1]s is not valid for %[2]s. Valid options are: %[3]s")}
	k.services["reload"] = reload
	return k
}

// choices are the services of both; only their refusals are worded differently.
func choices(refusal string) map[string]service {
	cycle := []field{{name: "cycle", check: asBool, instead: true}}
	return map[string]service{
		"select_option": {fields: []field{need("option", asText)}, do: func(c *call, e *entity) error {
			option := c.text("option")
			if !e.offers("options", option) {
				return refuse(refusal, option, e.ID, strings.Join(words(e.attrs["options"]), ", "))
			}
			return turn(option)(c, e)
		}},
		"select_first":    {do: choose(func(int, int, *call) int { return 0 })},
		"select_last":     {do: choose(func(_, n int, _ *call) int { return n - 1 })},
		"select_next":     {fields: cycle, do: choose(func(i, n int, c *call) int { return around(i+1, n, c) })},
		"select_previous": {fields: cycle, do: choose(func(i, n int, c *call) int { return around(i-1, n, c) })},
	}
}

func choose(which func(now, count int, c *call) int) func(*call, *entity) error {
	return func(c *call, e *entity) error {
		options := words(e.attrs["options"])
		if len(options) == 0 {
			return refuse("Entity %s has no options to select from", e.ID)
		}
		now := max(slices.Index(options, e.state), 0)
		return turn(options[which(now, len(options), c)])(c, e)
	}
}

func around(i, count int, c *call) int {
	if c.bool("cycle") {
		return (i + count) % count
	}
	return min(max(i, 0), count-1)
}
