package endtoend

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// update says that the test shall write what the stories tell into docs/lifecycle.md.
var update = os.Getenv("UPDATE") != ""

// document is where the stories are told, and every figure of the diagnostics is
// explained.
const document = "../../docs/lifecycle.md"

// told finds what a step tells in the document.
func told(name string) *regexp.Regexp {
	return regexp.MustCompile("(?s)(<!-- told: " + regexp.QuoteMeta(name) + " -->\n```text\n)(.*?)(```)")
}

// writing is held while the document is written.
var writing sync.Mutex

// check compares what a step tells with what the document says that it does.
func check(t *testing.T, name, tells string) {
	t.Helper()
	if tells == "" {
		tells = "nothing\n"
	}
	writing.Lock()
	defer writing.Unlock()
	raw, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	found := told(name).FindSubmatch(raw)
	if found == nil {
		t.Fatalf("docs/lifecycle.md does not tell %q:\n%s", name, tells)
	}
	if alike(tells) == alike(string(found[2])) {
		return
	}
	if !update {
		t.Errorf("%s: told\n%s\nand docs/lifecycle.md says\n%s(UPDATE=1 writes it there)", name, tells, found[2])
		return
	}
	raw = told(name).ReplaceAll(raw, []byte("${1}"+strings.ReplaceAll(tells, "$", "$$")+"${3}"))
	if err := os.WriteFile(document, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// alike returns a text without what is different each time it is told.
func alike(text string) string {
	return regexp.MustCompile(`~[0-9.]+`).ReplaceAllString(text, "~")
}

// checkExplained checks that the document explains all that the diagnostics tell.
func checkExplained(t *testing.T, figures map[string]any) {
	t.Helper()
	raw, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for place := range figures {
		key := explainedAs(place)
		if key != "" && !strings.Contains(string(raw), "`"+key+"`") && !slices.Contains(missing, key) {
			missing = append(missing, key)
		}
	}
	slices.Sort(missing)
	if len(missing) > 0 {
		t.Errorf("docs/lifecycle.md does not explain %s", strings.Join(missing, ", "))
	}
}

// parts are those of the diagnostics that the document is about.
var parts = []string{"invocations", "gateway", "reflex", "cache", "breakers", "ligs", "lugs", "memory"}

// explainedAs returns by what name a figure is explained, "" for one that is
// explained elsewhere: "ligs.ports.*.loads" for any port's.
func explainedAs(place string) string {
	part, rest, _ := strings.Cut(place, ".")
	if !slices.Contains(parts, part) {
		return ""
	}
	for _, list := range []string{"ports", "rows", "sections", "hot", "events", "outcomes"} {
		if at, ok := strings.CutPrefix(rest, list+"."); ok {
			if before, _, ok := strings.Cut(at, ".refused."); ok {
				at = before + ".refused" // by the check, which lugs.refused explains
			}
			return fmt.Sprintf("%s.%s.*%s", part, list, at[len(at)-len(lastOf(at)):])
		}
	}
	if part == "gateway" || part == "breakers" {
		return part + ".*" + lastOf(rest)
	}
	return place
}

// lastOf returns the last part of a place with its dot, "" where there is only a
// name.
func lastOf(place string) string {
	if i := strings.LastIndexByte(place, '.'); i >= 0 {
		return place[i:]
	}
	return ""
}
