package flamegraph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
)

// ErrNone is the error of Read when there is no trace.
var ErrNone = errors.New("no trace in it: it wants the answer to the operations trace or diagnostics, or lines of LEE's log that have crumbs")

// Read finds the traces in r: a JSON value that has some, however deep in it (the
// answer to an operation, or an HTTP answer with it as its body), or a log whose
// lines have some among others. The error is ErrNone or the reader's.
func Read(r io.Reader) ([]Trace, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var found []Trace
	if value, ok := parse(raw); ok {
		found = search(value)
	} else {
		for line := range bytes.Lines(raw) {
			// What stands before the object is the log's own: a time, a level.
			if at := bytes.IndexByte(line, '{'); at >= 0 {
				if value, ok := parse(line[at:]); ok {
					found = append(found, search(value)...)
				}
			}
		}
	}
	if len(found) == 0 {
		return nil, ErrNone
	}
	return found, nil
}

func parse(raw []byte) (value any, ok bool) {
	return value, json.Unmarshal(raw, &value) == nil
}

// search returns the traces in a value. An object with crumbs is one.
func search(value any) (found []Trace) {
	switch value := value.(type) {
	case map[string]any:
		if crumbs, ok := value["crumbs"].([]any); ok {
			return []Trace{trace(value, crumbs)}
		}
		names := make([]string, 0, len(value))
		for name := range value {
			names = append(names, name)
		}
		slices.Sort(names) // so that the same file gives the same picture
		for _, name := range names {
			found = append(found, search(value[name])...)
		}
	case []any:
		for _, item := range value {
			found = append(found, search(item)...)
		}
	case string: // the body of an HTTP answer
		if strings.HasPrefix(value, "{") {
			if inner, ok := parse([]byte(value)); ok {
				return search(inner)
			}
		}
	}
	return found
}

func trace(object map[string]any, crumbs []any) Trace {
	t := Trace{
		Correlation: text(object, "correlation"), What: text(object, "what"), Outcome: text(object, "outcome"),
		Took: duration(object, "took"), Missed: int(number(object, "missed", 0)),
	}
	for _, name := range []string{"directive", "operation", "path", "event"} { // as lines of the log have it
		if t.What == "" {
			t.What = text(object, name)
		}
	}
	numbered := 0 // the number of the first crumb, which need not be told
	for i, item := range crumbs {
		members, _ := item.(map[string]any)
		c := Crumb{
			Number: int(number(members, "number", -1)), Within: int(number(members, "within", -1)),
			Name: text(members, "name"), Outcome: text(members, "outcome"),
			Start: duration(members, "start"), Took: duration(members, "took"), Attempts: int(number(members, "attempts", 1)),
		}
		_, c.Timed = members["start"]
		c.Cached, _ = members["cached"].(bool)
		if c.Number >= 0 {
			numbered = c.Number - i
		}
		t.Crumbs = append(t.Crumbs, c)
	}
	for i := range t.Crumbs {
		t.Crumbs[i].Number = numbered + i
	}
	return t
}

func text(object map[string]any, name string) string {
	s, _ := object[name].(string)
	return s
}

func number(object map[string]any, name string, missing float64) float64 {
	if f, ok := object[name].(float64); ok {
		return f
	}
	return missing
}

// duration returns a member that is in milliseconds.
func duration(object map[string]any, name string) time.Duration {
	return time.Duration(max(number(object, name, 0), 0) * float64(time.Millisecond))
}
