package differential

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// list is the reviewed list of differences, testdata/differences.json. It is
// safe for concurrent use.
type list struct {
	reasons []*reason
	mu      sync.Mutex
}

// reason is why some differences are right.
type reason struct {
	// Title says in a sentence what is different, Why why ours is right.
	Title string `json:"title"`
	Why   string `json:"why"`
	Rows  []*row `json:"rows"`

	// found counts the differences that it was the reason of, first is one.
	found int
	first *difference
}

// row matches differences: all that is said must hold. Each is a pattern in
// which * stands for anything, or a list of such patterns of which one must
// hold.
type row struct {
	House   patterns `json:"house,omitempty"`
	From    patterns `json:"from,omitempty"`
	Payload patterns `json:"payload,omitempty"`
	// These must be said.
	Endpoint  patterns `json:"endpoint"`
	Directive patterns `json:"directive"`
	What      patterns `json:"what"`
	Theirs    patterns `json:"theirs"`
	Ours      patterns `json:"ours"`

	// Fault names the fault of Home Assistant's that it is, "" for none.
	Fault string `json:"fault,omitempty"`
	// Seldom says why the difference need not occur in every run; "" for one that
	// must.
	Seldom string `json:"seldom,omitempty"`

	used bool
}

// difference is something in which LEE and Home Assistant's own differ.
type difference struct {
	house, endpoint string
	// from names the state of the house from which the directive was sent.
	from               string
	directive, payload string
	// what is different: "event", "payload validRange", "property …", "state …",
	// "report …" or a path in discovery.
	what string
	// theirs and ours are the two in JSON, or "nothing". Each may have another
	// name besides, like "before" for the value that held before.
	theirs, ours       string
	theirsToo, oursToo string
}

// nothing stands for what is not there.
const nothing = "nothing"

func (d difference) String() string {
	s := fmt.Sprintf("%s %s", d.house, d.endpoint)
	if d.directive != "" {
		s += fmt.Sprintf(": %s %s", d.directive, d.payload)
	}
	if d.from != "" {
		s += " from " + d.from
	}
	return fmt.Sprintf("%s: %s: theirs %s%s, ours %s%s", s, d.what, d.theirs, besides(d.theirsToo), d.ours, besides(d.oursToo))
}

func besides(name string) string {
	if name == "" {
		return ""
	}
	return " (" + name + ")"
}

type patterns []string

func (p *patterns) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*p = patterns{one}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(p))
}

// match says whether one of the patterns matches one of the names; no patterns
// match everything.
func (p patterns) match(names ...string) bool {
	return len(p) == 0 || slices.ContainsFunc(p, func(pattern string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return like(pattern, name) })
	})
}

// like says whether name has the form of pattern, in which * stands for any
// number of characters.
func like(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	name, ok := strings.CutPrefix(name, parts[0])
	last := parts[len(parts)-1]
	if !ok || !strings.HasSuffix(name, last) {
		return false
	}
	name = name[:len(name)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return true
}

func (r *row) match(d difference) bool {
	return r.House.match(d.house) && r.Endpoint.match(d.endpoint) && r.From.match(d.from) &&
		r.Directive.match(d.directive) && r.Payload.match(d.payload) && r.What.match(d.what) &&
		r.Theirs.match(d.theirs, d.theirsToo) && r.Ours.match(d.ours, d.oursToo)
}

// readList reads the reviewed list.
func readList(t *testing.T) *list {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "differences.json"))
	if err != nil {
		t.Fatal(err)
	}
	l := &list{}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&l.reasons); err != nil {
		t.Fatalf("differences.json: %v", err)
	}
	return l
}

// reasonOf returns the reason why a difference is right, nil when it is not in
// the list.
func (l *list) reasonOf(d difference) *reason {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, reason := range l.reasons {
		for _, row := range reason.Rows {
			if row.match(d) {
				row.used = true
				if reason.found++; reason.first == nil {
					reason.first = &d
				}
				return reason
			}
		}
	}
	return nil
}

// knows says whether a difference is in the list, without noting that it occurs.
func (l *list) knows(d difference) bool {
	return slices.ContainsFunc(l.reasons, func(r *reason) bool {
		return slices.ContainsFunc(r.Rows, func(row *row) bool { return row.match(d) })
	})
}

// unused returns what is listed and did not occur.
func (l *list) unused() []string {
	var all []string
	for _, reason := range l.reasons {
		for i, row := range reason.Rows {
			if !row.used && row.Seldom == "" {
				raw, _ := json.Marshal(row)
				all = append(all, fmt.Sprintf("%s: row %d: %s", reason.Title, i+1, raw))
			}
		}
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
