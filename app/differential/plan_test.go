//go:build live

package differential

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// facts are what one must know of the houses to test in them,
// testdata/houses.json. Entities are named by patterns.
type facts struct {
	// Late are devices that report late, and after how many milliseconds at the
	// latest.
	Late map[string]int `json:"late"`
	// Slow are devices that take seconds to get where they are sent. It is
	// enough that both send them there.
	Slow patterns `json:"slow"`
	// Together are entities of which one moves another, besides the members of
	// groups and scenes.
	Together []patterns `json:"together"`
}

func readFacts(t *testing.T) facts {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "houses.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f facts
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// lateness returns how long to wait for what an entity reports.
func (f facts) lateness(id string) time.Duration {
	for pattern, late := range f.Late {
		if like(pattern, id) {
			return time.Duration(late) * time.Millisecond
		}
	}
	return 0
}

// clusters divides entities into sets of which none moves another's.
func (f facts) clusters(h *house, ids []string) [][]string {
	leader := map[string]string{}
	for _, id := range ids {
		leader[id] = id
	}
	var lead func(id string) string
	lead = func(id string) string {
		if next, ok := leader[id]; ok && next != id {
			leader[id] = lead(next)
		}
		return leader[id]
	}
	join := func(together []string) {
		first := ""
		for _, id := range together {
			if _, ok := leader[id]; !ok {
				leader[id] = id
			}
			if first == "" {
				first = lead(id)
			}
			leader[lead(id)] = first
		}
	}
	for _, id := range h.all() {
		if members := listed(h.of(id).Attributes["entity_id"]); len(members) > 0 {
			join(append(members, id))
		}
	}
	for _, together := range f.Together {
		var those []string
		for _, id := range h.all() {
			if together.match(id) {
				those = append(those, id)
			}
		}
		join(those)
	}
	byLeader := map[string][]string{}
	for id := range leader {
		if h.of(id).ID != "" {
			byLeader[lead(id)] = append(byLeader[lead(id)], id)
		}
	}
	var all [][]string
	for _, first := range slices.Sorted(maps.Keys(byLeader)) {
		slices.Sort(byLeader[first])
		all = append(all, byLeader[first])
	}
	return all
}

func endpointOf(entity string) string { return strings.Replace(entity, ".", "#", 1) }
