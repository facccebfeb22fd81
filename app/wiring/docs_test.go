package wiring_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/telemetry"
)

const operationsPage = "../../docs/operations.md"

// blocks are the JSON examples of a page.
var blocks = regexp.MustCompile("(?s)```json\n(.*?)```\n")

// TestDocumentedExamples sends every request on the page, and looks whether the
// answer has what the page shows.
func TestDocumentedExamples(t *testing.T) {
	page, err := os.ReadFile(operationsPage)
	if err != nil {
		t.Fatal(err)
	}
	_, w := wellWatched(t, env{"USE_PARAMETER_STORE": "false", "CONFIGURATION_TIER": "standard", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST"})
	w.ask(t, `{"operation":"ha_status"}`) // so that there is something to tell
	asked, seen := "", 0
	for _, block := range blocks.FindAllStringSubmatch(string(page), -1) {
		var shown map[string]any
		if err := json.Unmarshal([]byte(block[1]), &shown); err != nil {
			t.Errorf("not JSON: %v: %s", err, block[1])
			continue
		}
		if shown["operation"] != nil || shown["source"] != nil {
			asked = block[1]
			continue
		}
		if asked == "" {
			continue // a body of POST /webhook
		}
		var got any
		if err := json.Unmarshal([]byte(w.ask(t, asked)), &got); err != nil {
			t.Fatal(err)
		}
		for _, difference := range has(got, shown, "") {
			t.Errorf("%s\n%s", strings.TrimSpace(asked), difference)
		}
		asked = ""
		seen++
	}
	if seen < 18 {
		t.Errorf("only %d examples were found", seen)
	}
}

// has returns what is missing in got of what is shown: members, and their types.
// Lists are compared by their first items, where both have some.
func has(got, shown any, at string) (differences []string) {
	switch shown := shown.(type) {
	case map[string]any:
		members, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s is %v, and the page shows an object", at, got)}
		}
		for name, value := range shown {
			inner, there := members[name]
			if !there {
				differences = append(differences, fmt.Sprintf("%s.%s is not there: %v", at, name, members))
				continue
			}
			differences = append(differences, has(inner, value, at+"."+name)...)
		}
	case []any:
		list, ok := got.([]any)
		if !ok {
			return []string{fmt.Sprintf("%s is %v, and the page shows a list", at, got)}
		}
		if len(list) > 0 && len(shown) > 0 {
			return has(list[0], shown[0], at+"[0]")
		}
	default:
		if fmt.Sprintf("%T", got) != fmt.Sprintf("%T", shown) {
			return []string{fmt.Sprintf("%s is %v, and the page shows %v", at, got, shown)}
		}
	}
	return differences
}

// TestEveryOperationIsDocumented: each has a section with a request and an answer,
// and there is none for what does not exist.
func TestEveryOperationIsDocumented(t *testing.T) {
	raw, err := os.ReadFile(operationsPage)
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	_, w := wellWatched(t, nil)
	answer := w.ask(t, `{"operation":"?"}`)
	_, list, _ := strings.Cut(answer, "it knows ")
	list, _, _ = strings.Cut(list, ".")
	known := map[string]bool{}
	for name := range strings.SplitSeq(list, ", ") {
		known[name] = true
		_, section, there := strings.Cut(page, "\n### "+name+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		section, _, _ = strings.Cut(section, "\n### ")
		if !there || strings.Count(section, "```json\n") < 2 {
			t.Errorf("%s has no section with a request and an answer", name)
		}
		if !strings.Contains(page, "| [`"+name+"`](#"+name+") |") {
			t.Errorf("%s is not in the table", name)
		}
	}
	for _, heading := range regexp.MustCompile(`\n### (\S+)\n`).FindAllStringSubmatch(page, -1) {
		if !known[heading[1]] {
			t.Errorf("there is no operation %s", heading[1])
		}
	}
	if len(known) < 16 {
		t.Errorf("it knows %v", known)
	}
}

// TestEveryMetricIsDocumented, in the order of the tiers.
func TestEveryMetricIsDocumented(t *testing.T) {
	raw, err := os.ReadFile(operationsPage)
	if err != nil {
		t.Fatal(err)
	}
	page, at := string(raw), 0
	for i, name := range telemetry.MetricNames() {
		tier := []string{"minimum", "minimum", "minimum", "standard", "standard", "standard"}
		want := "maximum"
		if i < len(tier) {
			want = tier[i]
		}
		found := regexp.MustCompile(`\n\| ` + name + ` \| \S+ \| ` + want + ` \|`).FindStringIndex(page[at:])
		if found == nil {
			t.Errorf("%s, of the tier %s, has no row", name, want)
			continue
		}
		at += found[0] + 1
	}
}

// TestEveryModeIsDocumented, and what is said of each is so.
func TestEveryModeIsDocumented(t *testing.T) {
	raw, err := os.ReadFile(operationsPage)
	if err != nil {
		t.Fatal(err)
	}
	for _, mode := range []string{"normal", "failsafe", "diagnostic", "ha_connection_test", "ha_discovery", "emergency"} {
		_, row, there := strings.Cut(string(raw), "\n| `"+mode+"` |")
		if row, _, _ = strings.Cut(row, "\n"); !there || mode == "failsafe" {
			if !there {
				t.Errorf("%s has no row", mode)
			}
			continue
		}
		h := demohome.New(demohome.Options{Token: tokenCanary})
		w := watch(t, h, env{"LAMBDA_MODE": mode})
		cells := strings.Split(row, "|")
		operations, http := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		if answered := strings.Contains(w.ask(t, `{"operation":"ha_status"}`), "connected"); answered != (operations == "yes") {
			t.Errorf("%s: operations are answered: %v, and the page says %s", mode, answered, operations)
		}
		if status, _ := w.respond(t, "GET", "/health", "", false); (status == 200) != (http == "yes") || status != 200 && http != fmt.Sprint(status) {
			t.Errorf("%s: HTTP is answered %d, and the page says %s", mode, status, http)
		}
	}
}
