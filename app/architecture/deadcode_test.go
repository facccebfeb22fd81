//go:build check

package architecture

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDeadCode: a program reaches each function, by whatever way. It runs the tool
// deadcode on a copy with a function planted that has only a test for a caller, and
// wants that found, and what is excused. An excuse that nothing needs fails it too.
func TestDeadCode(t *testing.T) {
	const place = "domain/fault/planted"
	tree := copied(t)
	for name, content := range map[string]string{
		place + ".go":      "package fault\n\nfunc Planted() int { return planted() }\n\nfunc planted() int { return 1 }\n",
		place + "_test.go": "package fault\n\nimport \"testing\"\n\nfunc TestPlanted(*testing.T) { _ = Planted() }\n",
	} {
		if err := write(filepath.Join(tree, name), []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	planted := []string{"domain/fault.Planted", "domain/fault.planted"}
	found := unreachable(t, tree)
	for _, name := range found {
		if !slices.Contains(planted, name) && !excused(name) {
			t.Errorf("%s: no program reaches it. Delete it, or move it to the tests; or add it to excuses with the reason.", name)
		}
	}
	for _, name := range planted {
		if !slices.Contains(found, name) {
			t.Errorf("%s was planted, and deadcode let it pass", name)
		}
	}
	found = append(found, unused(loadProduct(t))...)
	for _, e := range excuses {
		for _, name := range e.names {
			if !slices.Contains(found, name) {
				t.Errorf("%s needs no excuse: a program uses it, or it is gone. Take it out of excuses.", name)
			}
		}
	}
}

// unreachable returns the functions that no program in a tree reaches, built as the
// Makefile builds them.
func unreachable(t *testing.T, tree string) []string {
	t.Helper()
	makefile, err := os.ReadFile(filepath.Join(root(t), "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	tags := regexp.MustCompile(`(?m)^tags\s*:= (\S+)$`).FindSubmatch(makefile)
	if tags == nil {
		t.Fatal("the Makefile does not say with which tags the programs are built")
	}
	run := exec.CommandContext(t.Context(), "go", "tool", "-modfile=tools/deadcode.mod", "deadcode", "-json", "-tags", string(tags[1]), "./cmd/...")
	run.Dir = tree
	var stderr bytes.Buffer
	run.Stderr = &stderr
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", run, err, stderr.String())
	}
	var packages []struct {
		Path  string
		Funcs []struct{ Name string }
	}
	if err := json.Unmarshal(out, &packages); err != nil {
		t.Fatalf("%v: %.200s", err, out)
	}
	var names []string
	for _, p := range packages {
		for _, f := range p.Funcs {
			names = append(names, fmt.Sprintf("%s.%s", strings.TrimPrefix(p.Path, module), f.Name))
		}
	}
	return names
}
