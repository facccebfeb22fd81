package checkup_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/checkup"
)

// page is the page that lists all findings.
const page = "../../docs/doctor.md"

// TestTable: every row is said somewhere, and what is said is a row.
func TestTable(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	quoted := regexp.MustCompile(`"((?:function|settings|network|encryption|home|alexa|speed)\.[a-z0-9.-]+)"`)
	for _, file := range files {
		if strings.HasPrefix(file, "table") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range quoted.FindAllStringSubmatch(string(source), -1) {
			said[match[1]] = true
		}
	}
	known := map[string]bool{}
	for _, row := range checkup.Rows() {
		if known[row.ID] {
			t.Errorf("there are two rows %s", row.ID)
		}
		known[row.ID] = true
		if !said[row.ID] {
			t.Errorf("nothing says the finding %s of the table. Say it where it is found (say), or remove its row.", row.ID)
		}
		if (row.Fix != "") != (row.Severity != checkup.Fine) {
			t.Errorf("%s is %s, and its fix is %q", row.ID, row.Severity, row.Fix)
		}
		for _, text := range []string{row.Sentence, row.Fix} {
			if text != "" && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "`.") && !strings.HasSuffix(text, "{problem}") {
				t.Errorf("%s does not end: %s", row.ID, text)
			}
		}
	}
	for id := range said {
		if !known[id] {
			t.Errorf("the finding %s is said and has no row. Add one to a table.", id)
		}
	}
}

// TestEachFindingHasACase: some test wants each finding, by its id and what it says.
func TestEachFindingHasACase(t *testing.T) {
	wanted := map[string]bool{}
	wants := regexp.MustCompile("[\"` ]([a-z]+\\.[a-z0-9.-]+): ")
	for _, pattern := range []string{"*_test.go", "../../adapters/homeprobe/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range wants.FindAllStringSubmatch(string(source), -1) {
				wanted[match[1]] = true
			}
		}
	}
	for _, row := range checkup.Rows() {
		if !wanted[row.ID] {
			t.Errorf("no test wants the finding %s. Add a case to TestCases, or one that meets it to a test of adapters/homeprobe.", row.ID)
		}
	}
}

// written writes the table as the page has it.
func written() string {
	var b strings.Builder
	var group checkup.Group
	text := func(s string) string {
		s = regexp.MustCompile(`\{(\w+)\}`).ReplaceAllString(s, "*$1*")
		return strings.NewReplacer("|", `\|`, "<", `\<`).Replace(s)
	}
	for _, row := range checkup.Rows() {
		if row.Group != group {
			group = row.Group
			b.WriteString("\n### " + string(group) + "\n\n| finding | | what it says | what to do |\n|---|---|---|---|\n")
		}
		fix := text(row.Fix)
		if fix == "" {
			fix = "–"
		}
		b.WriteString("| `" + row.ID + "` | " + row.Severity.String() + " | " + text(row.Sentence) + " | " + fix + " |\n")
	}
	return b.String()
}

// TestPage: the page has the table. With UPDATE=1 it is written there.
func TestPage(t *testing.T) {
	const begin, end = "<!-- findings -->\n", "\n<!-- end of findings -->"
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(raw), begin)
	table, after, ended := strings.Cut(rest, end)
	if !ok || !ended {
		t.Fatalf("%s has no place for the findings", page)
	}
	if table == written() {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatalf("%s has another table: UPDATE=1 go test ./domain/checkup writes it", page)
	}
	if err := os.WriteFile(page, []byte(before+begin+written()+end+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestRegionOf is of where the locales of smart home skills are served.
func TestRegionOf(t *testing.T) {
	for region, locales := range map[string][]string{
		"us-east-1": {"en-US", "en-CA", "es-MX", "es-US", "fr-CA", "pt-BR"},
		"eu-west-1": {"ar-SA", "de-DE", "en-GB", "en-IN", "es-ES", "fr-FR", "hi-IN", "it-IT", "nl-NL"},
		"us-west-2": {"en-AU", "ja-JP"},
	} {
		if slices.ContainsFunc(locales, func(locale string) bool { return checkup.RegionOf(locale) != region }) {
			t.Errorf("of %q not all are served from %s", locales, region)
		}
	}
}
