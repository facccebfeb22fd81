//go:build live

package differential

import (
	"fmt"
	"slices"
	"strings"
)

// keyed are the lists in discovery whose items are told apart by something in
// them: two such lists are compared item by item.
var keyed = map[string]func(item map[string]any) string{
	"capabilities": func(item map[string]any) string {
		return strings.TrimSpace(fmt.Sprint(item["interface"], " ", or2(item["instance"])))
	},
	"supported":      func(item map[string]any) string { return fmt.Sprint(item["name"]) },
	"supportedModes": func(item map[string]any) string { return fmt.Sprint(item["value"]) },
	"presets":        func(item map[string]any) string { return fmt.Sprint(item["rangeValue"]) },
	"inputs":         func(item map[string]any) string { return fmt.Sprint(item["name"]) },
	"friendlyNames": func(item map[string]any) string {
		value, _ := item["value"].(map[string]any)
		return fmt.Sprint(or2(value["assetId"]), or2(value["text"]))
	},
	"actionMappings": func(item map[string]any) string { return compact(item["actions"]) },
	"stateMappings":  func(item map[string]any) string { return compact(item["states"]) },
}

func or2(v any) any {
	if v == nil {
		return ""
	}
	return v
}

// flat returns the leaves of an endpoint, by paths like
// "capabilities/Alexa.RangeController fan.percentage/configuration/supportedRange/precision".
func flat(path string, tree any, into map[string]string) {
	switch tree := tree.(type) {
	case map[string]any:
		if len(tree) == 0 {
			into[path] = "{}"
		}
		for name, v := range tree {
			flat(strings.TrimPrefix(path+"/"+name, "/"), v, into)
		}
	case []any:
		key := keyed[path[strings.LastIndexByte(path, '/')+1:]]
		if _, objects := first(tree).(map[string]any); key == nil || !objects {
			into[path] = compact(tree)
			return
		}
		for _, item := range tree {
			if item, ok := item.(map[string]any); ok {
				flat(path+"/"+key(item), item, into)
			}
		}
	default:
		into[path] = compact(tree)
	}
}

func first(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// discovered compares what both discover.
func (r *run) discovered() {
	for _, id := range names(r.theirs, r.ours) {
		r.tally.count(r.name+" discovery", r.endpointDifferences(id))
	}
}

func (r *run) endpointDifferences(id string) []difference {
	d := difference{house: r.name, endpoint: id, directive: "Alexa.Discovery.Discover"}
	theirs, inTheirs := r.theirs[id]
	ours, inOurs := r.ours[id]
	switch {
	case !inTheirs:
		d.what, d.theirs, d.ours = "endpoint", nothing, "an endpoint"
		return []difference{d}
	case !inOurs:
		d.what, d.theirs, d.ours = "endpoint", "an endpoint", nothing
		return []difference{d}
	}
	var list []difference
	t, o := map[string]string{}, map[string]string{}
	flat("", theirs.whole, t)
	flat("", ours.whole, o)
	missing := missingItems(t, o)
	for _, path := range names(t, o) {
		if slices.ContainsFunc(missing, func(item string) bool { return path != item && strings.HasPrefix(path, item+"/") }) {
			continue // the item as a whole is told below
		}
		if t, o := or(t[path]), or(o[path]); !same(t, o) {
			d.what, d.theirs, d.ours = path, t, o
			list = append(list, d)
		}
	}
	for _, item := range missing {
		d.what, d.theirs, d.ours = item, nothing, "an item"
		if has(t, item) {
			d.theirs, d.ours = d.ours, d.theirs
		}
		list = append(list, d)
	}
	return list
}

// missingItems returns the paths of items of keyed lists that only one has.
func missingItems(a, b map[string]string) []string {
	var missing []string
	for path := range a {
		missing = appendMissing(missing, path, b)
	}
	for path := range b {
		missing = appendMissing(missing, path, a)
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

func appendMissing(missing []string, path string, other map[string]string) []string {
	parts := strings.Split(path, "/")
	for i := 1; i < len(parts); i++ {
		if keyed[parts[i-1]] == nil {
			continue
		}
		if item := strings.Join(parts[:i+1], "/"); !has(other, item) {
			return append(missing, item)
		}
	}
	return missing
}

// has says whether there is a leaf at or below a path.
func has(leaves map[string]string, path string) bool {
	for leaf := range leaves {
		if leaf == path || strings.HasPrefix(leaf, path+"/") {
			return true
		}
	}
	return false
}

// discover asks both for their endpoints.
func (r *run) discover() {
	r.Helper()
	m := message{name: "Alexa.Discovery.Discover"}
	theirs, status, err := r.post("/api/alexa/smart_home", m.wire())
	if err != nil || status != 200 {
		r.Fatalf("Home Assistant's own discovery: status %d, %v", status, err)
	}
	_, ours, err := newLEE(r.T, r.house).ask(r.T, m)
	if err != nil {
		r.Fatal(err)
	}
	if r.theirs, err = endpointsOf(theirs); err != nil {
		r.Fatal(err)
	}
	if r.ours, err = endpointsOf(ours); err != nil {
		r.Fatal(err)
	}
}

// reports compares what both report of every endpoint.
func (r *run) reports() {
	l := newLEE(r.T, r.house)
	for _, id := range names(r.theirs, r.ours) {
		m := message{name: reportState, endpoint: id}
		theirs, err := r.own(m)
		if err != nil {
			r.Error(err)
			continue
		}
		ours, _, err := l.ask(r.T, m)
		if err != nil {
			r.Error(err)
			continue
		}
		c := comparison{house: r.name, from: "as found", message: m, after: theirs.properties}
		r.tally.count(r.name+" reports", c.of(side{answer: theirs}, side{answer: ours}))
	}
}
