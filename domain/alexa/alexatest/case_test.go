package alexatest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// broken is a change to something good, and what is complained of then.
type broken struct {
	// Change holds new values by JSON pointer. null removes a member or an
	// item, a pointer that ends in - adds an item.
	Change map[string]any `json:"change"`
	// Complaints are those of our own rules, Amazon those of its schema.
	Complaints []string `json:"complaints"`
	Amazon     []string `json:"amazon"`
}

func (b broken) name() string {
	raw, _ := json.Marshal(b.Change)
	return string(raw)
}

// expect compares complaints about tree with those of the case.
func (b broken) expect(t *testing.T, what subject, tree any) {
	t.Helper()
	if ours := examine(tree, what.ours); !slices.Equal(ours, b.Complaints) {
		t.Errorf("complaints:\n%s\nwant:\n%s", strings.Join(ours, "\n"), strings.Join(b.Complaints, "\n"))
	}
	s := amazon(t)
	if s == nil {
		return
	}
	if theirs := notExcused(what.amazons(s, spot{value: tree})); !slices.Equal(theirs, b.Amazon) {
		t.Errorf("complaints of the schema:\n%s\nwant:\n%s", strings.Join(theirs, "\n"), strings.Join(b.Amazon, "\n"))
	}
}

// apply returns what raw is after the case's change.
func (b broken) apply(t *testing.T, raw []byte) any {
	t.Helper()
	tree, err := decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, pointer := range slices.Sorted(maps.Keys(b.Change)) {
		value, err := json.Marshal(b.Change[pointer])
		if err != nil {
			t.Fatal(err)
		}
		to, err := decode(value)
		if err != nil {
			t.Fatal(err)
		}
		if tree, err = changed(tree, strings.Split(pointer, "/")[1:], to); err != nil {
			t.Fatalf("%s: %v", pointer, err)
		}
	}
	return tree
}

func changed(tree any, path []string, to any) (any, error) {
	if len(path) == 0 {
		return to, nil
	}
	last := len(path) == 1
	switch tree := tree.(type) {
	case map[string]any:
		if last && to == nil {
			delete(tree, path[0])
			return tree, nil
		}
		member, err := changed(tree[path[0]], path[1:], to)
		tree[path[0]] = member
		return tree, err
	case []any:
		if path[0] == "-" {
			return append(tree, to), nil
		}
		i, err := strconv.Atoi(path[0])
		if err != nil || i >= len(tree) {
			return nil, fmt.Errorf("there is no item %q", path[0])
		}
		if last && to == nil {
			return slices.Delete(tree, i, i+1), nil
		}
		tree[i], err = changed(tree[i], path[1:], to)
		return tree, err
	default:
		return nil, errors.New("there is nothing to change")
	}
}

func read(t *testing.T, path string, into any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", path))
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// recorder is a test that is expected to fail.
type recorder struct {
	testing.TB
	errors []string
}

func (*recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
