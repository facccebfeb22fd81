//go:build live

package differential

import (
	"encoding/json"
	"maps"
	"math"
	"reflect"
	"slices"
)

// comparison is of what came of a directive on both sides.
type comparison struct {
	house, from string
	message
	// start is the endpoint's state before.
	start state
	// offered is the endpoint as LEE discovers it.
	offered endpoint
	// before and after are the properties that Home Assistant's own reports
	// before the directive, and after ours.
	before, after map[string]string
}

// of returns in what the two differ.
func (c comparison) of(theirs, ours side) []difference {
	var list []difference
	add := func(what, theirs, ours string, theirsToo, oursToo string) {
		if !same(theirs, ours) {
			list = append(list, difference{
				house: c.house, from: c.from, endpoint: c.endpoint, directive: c.directive(), payload: c.said(),
				what: what, theirs: theirs, ours: ours, theirsToo: theirsToo, oursToo: oursToo,
			})
		}
	}
	if theirs.event != ours.event {
		because := ""
		if excuse := c.excuse(ours.answer); excuse != "" {
			because = ", " + excuse
		}
		add("event", theirs.event+", "+c.moved(theirs), ours.event+because+", "+c.moved(ours), "", "")
	} else {
		t, o := apart(theirs.after.features(), ours.after.features())
		add("state", t, o, c.moved(theirs), c.moved(ours))
	}
	for _, name := range names(theirs.payload, ours.payload) {
		if _, extra := ours.payload[name]; theirs.failed == ours.failed || ours.failed && extra {
			add("payload "+name, or(theirs.payload[name]), or(ours.payload[name]), "", "")
		}
	}
	if theirs.failed || ours.failed {
		return list
	}
	for _, name := range names(theirs.properties, ours.properties) {
		if c.name == reportState {
			break // that is the comparison below
		}
		t, o := or(theirs.properties[name]), or(ours.properties[name])
		if t == nothing && c.after[name] == "" {
			continue // one that Home Assistant's own does not know: below
		}
		theirsToo, oursToo := "", ""
		if same(t, or(c.before[name])) {
			theirsToo = "before"
		}
		if same(o, or(c.after[name])) {
			oursToo = "true"
		}
		add("property "+name, t, o, theirsToo, oursToo)
	}
	// What we answer must be what is.
	assumed := ""
	if ours.assumed {
		assumed = "assumed"
	}
	for _, name := range names(c.after, ours.properties) {
		add("truth "+name, or(c.after[name]), or(ours.properties[name]), "", assumed)
	}
	return list
}

// moved says whether a directive has changed the endpoint's state.
func (c comparison) moved(s side) string {
	if s.after.same(c.start) {
		return "unchanged"
	}
	return "changed"
}

// apart returns those features of two states in JSON in which they differ.
func apart(a, b map[string]any) (string, string) {
	x, y := map[string]any{}, map[string]any{}
	for _, name := range names(a, b) {
		if !alike(a[name], b[name]) {
			x[name], y[name] = a[name], b[name]
		}
	}
	return compact(x), compact(y)
}

// ofState says whether the difference is in what the house is like afterwards.
func (d difference) ofState() bool { return d.what == "state" }

func names[V any](a, b map[string]V) []string {
	both := map[string]bool{}
	for name := range a {
		both[name] = true
	}
	for name := range b {
		both[name] = true
	}
	return slices.Sorted(maps.Keys(both))
}

func or(value string) string {
	if value == "" {
		return nothing
	}
	return value
}

// same says whether two of JSON's values are the same, numbers to a hundredth.
func same(a, b string) bool {
	if a == b {
		return true
	}
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		return false
	}
	return alike(x, y)
}

// alikeBy says whether two values are numbers that differ by less than most.
func alikeBy(a, b any, most float64) bool {
	x, isNumber := a.(float64)
	y, isNumberToo := b.(float64)
	return isNumber && isNumberToo && math.Abs(x-y) < most
}

func alike(a, b any) bool {
	switch a := a.(type) {
	case float64:
		return alikeBy(a, b, 0.01)
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for name, value := range a {
			if other, ok := b[name]; !ok || !alike(value, other) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, alike)
	default:
		return reflect.DeepEqual(a, b)
	}
}
