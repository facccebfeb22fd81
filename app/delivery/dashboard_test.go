package delivery

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// update says that the test shall write what is derived.
var update = os.Getenv("UPDATE") != ""

// place is where deploy/template.yaml has the dashboard: after this line, as a
// block of text that is indented by eight.
const place = "      DashboardBody: !Sub |\n"

// TestDashboard: the template has the dashboard of deploy/dashboard.json, with the
// names of the function and the region left to be filled in.
func TestDashboard(t *testing.T) {
	file := filepath.Join(root, "deploy", "template.yaml")
	template := read(t, file)
	before, rest, found := strings.Cut(template, place)
	block, after, more := strings.Cut(rest, "\n\n")
	if !found || !more {
		t.Fatalf("the template has no %q with an empty line after it", place)
	}
	var source, want, got any
	parse(t, read(t, filepath.Join(root, "deploy", "dashboard.json")), &source)
	want = replaced(source)
	if update {
		block = indented(t, want)
		if err := os.WriteFile(file, []byte(before+place+block+"\n\n"+after), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parse(t, block, &got)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the template's dashboard is not deploy/dashboard.json: UPDATE=1 go test ./app/delivery -run Dashboard writes it")
	}
}

// replaced returns a dashboard's body with !Sub's words for what differs.
func replaced(body any) any {
	switch body := body.(type) {
	case string:
		switch body {
		case "lee":
			return "${FunctionName}"
		case "us-east-1":
			return "${AWS::Region}"
		}
		return strings.ReplaceAll(body, "${", "${!")
	case []any:
		out := make([]any, len(body))
		for i := range body {
			out[i] = replaced(body[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name, value := range body {
			out[name] = replaced(value)
		}
		return out
	}
	return body
}

// indented writes a dashboard with a line for each of its widgets.
func indented(t *testing.T, body any) string {
	t.Helper()
	members, ok := body.(map[string]any)
	if !ok {
		t.Fatalf("a dashboard is %T", body)
	}
	widgets, ok := members["widgets"].([]any)
	if !ok {
		t.Fatalf("a dashboard's widgets are %T", members["widgets"])
	}
	delete(members, "widgets")
	defer func() { members["widgets"] = widgets }()
	lines := []string{strings.TrimSuffix(compact(t, members), "}") + `,"widgets":[`}
	for i, w := range widgets {
		line := compact(t, w)
		if i < len(widgets)-1 {
			line += ","
		}
		lines = append(lines, line)
	}
	lines = append(lines, "]}")
	return "        " + strings.Join(lines, "\n        ")
}

func compact(t *testing.T, v any) string {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(out.String())
}

func read(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func parse(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil && !update {
		t.Fatalf("%v in %.200s", err, text)
	}
}
