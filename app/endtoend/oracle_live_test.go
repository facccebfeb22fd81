//go:build live

package endtoend

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

// difference is one thing in which our discovery is not Home Assistant's own.
type difference struct {
	endpoint, at string
	ours, theirs string
}

// TestDiscoveryBesideHomeAssistants compares what we tell Alexa of a home with
// what Home Assistant's own Alexa integration tells. Every difference is in the
// table with its reason, and everything in the table is a difference.
func TestDiscoveryBesideHomeAssistants(t *testing.T) {
	h := newReal(t)
	ask := directive{name: "Alexa.Discovery.Discover"}
	ours := endpoints(t, start(t, h, nil).ask(t, ask).raw)
	var theirs json.RawMessage
	h.do(t, http.MethodPost, "/api/alexa/smart_home", map[string]any{"directive": ask.message()}, &theirs)
	found := compare(ours, endpoints(t, theirs))

	occurs := make([]int, len(reviewed))
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "endpoint\tat\ttimes\twhy\n")
	for _, d := range found {
		i := slices.IndexFunc(reviewed, func(r reviewedDifference) bool { return r.covers(d) })
		if i < 0 {
			t.Errorf("not in the reviewed table: %s: %s: ours %s, theirs %s", d.endpoint, d.at, d.ours, d.theirs)
			continue
		}
		occurs[i]++
	}
	for i, r := range reviewed {
		if occurs[i] == 0 {
			t.Errorf("in the reviewed table, and no difference any more: %s: %s", r.endpoint, r.at)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", r.endpoint, r.at, occurs[i], r.why)
	}
	_ = w.Flush()
	t.Logf("%d endpoints of ours, %d of theirs, %d differences:\n%s", len(ours), len(endpoints(t, theirs)), len(found), &table)
}

// endpoints returns the endpoints of an answer to Discover by their ids.
func endpoints(t *testing.T, raw []byte) map[string]map[string]any {
	t.Helper()
	var in struct {
		Event struct {
			Payload struct{ Endpoints []map[string]any }
		}
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		t.Fatal(err)
	}
	byID := map[string]map[string]any{}
	for _, e := range in.Event.Payload.Endpoints {
		id, _ := e["endpointId"].(string)
		byID[id] = e
	}
	return byID
}

// compare returns all differences in the domains that are spoken of, sorted.
func compare(ours, theirs map[string]map[string]any) []difference {
	var found []difference
	for id := range both(ours, theirs) {
		if domain, _, _ := strings.Cut(id, "#"); !slices.Contains(spoken, domain) {
			continue
		}
		a, b := ours[id], theirs[id]
		if a == nil || b == nil {
			found = append(found, difference{id, "endpoint", there(a != nil), there(b != nil)})
			continue
		}
		found = append(found, differ(id, "", flat(a), flat(b))...)
	}
	slices.SortFunc(found, func(a, b difference) int { return strings.Compare(a.endpoint+a.at, b.endpoint+b.at) })
	return found
}

func there(is bool) string {
	if is {
		return here
	}
	return none
}

// flat returns an endpoint with its capabilities by their interfaces.
func flat(e map[string]any) map[string]any {
	e = maps.Clone(e)
	list, _ := e["capabilities"].([]any)
	delete(e, "capabilities")
	for _, c := range list {
		members, _ := c.(map[string]any)
		name, _ := members["interface"].(string)
		if instance, ok := members["instance"].(string); ok {
			name += "[" + instance + "]"
		}
		e[name] = members
	}
	return e
}

// differ returns the differences of two of JSON's values. What is there on one
// side only is one difference, whatever is in it.
func differ(id, at string, a, b any) []difference {
	x, xIs := a.(map[string]any)
	y, yIs := b.(map[string]any)
	if !xIs || !yIs {
		if reflect.DeepEqual(a, b) {
			return nil
		}
		return []difference{{id, at, show(a), show(b)}}
	}
	var found []difference
	for name := range both(x, y) {
		below := strings.TrimPrefix(at+"/"+name, "/")
		_, inX := x[name]
		_, inY := y[name]
		if inX != inY {
			found = append(found, difference{id, below, there(inX), there(inY)})
			continue
		}
		found = append(found, differ(id, below, x[name], y[name])...)
	}
	return found
}

func both[V any](a, b map[string]V) map[string]bool {
	names := map[string]bool{}
	for name := range a {
		names[name] = true
	}
	for name := range b {
		names[name] = true
	}
	return names
}

func show(v any) string {
	raw, _ := json.Marshal(v)
	return string(raw)
}
