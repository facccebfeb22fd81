//go:build check

package architecture

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestForbiddenImportsTurnTheGateRed adds all mutations to one copy of the tree,
// each in a file of its own, and wants each to be complained of, and nothing
// else.
func TestForbiddenImportsTurnTheGateRed(t *testing.T) {
	tree := copied(t)
	var byLint, byRules []string
	all := mutations(t, tree)
	for i, m := range all {
		source := fmt.Sprintf("package %s\n\nimport _ %q\n", m.packageName(), m.imports)
		if err := write(filepath.Join(tree, m.file(i)), []byte(source)); err != nil {
			t.Fatal(err)
		}
		if m.byLint {
			byLint = append(byLint, m.file(i)+": "+m.String())
		}
		if m.byRules {
			byRules = append(byRules, m.String())
		}
	}
	const newcomer = "adapters/newcomer"
	if err := write(filepath.Join(tree, newcomer, "newcomer.go"), []byte("package newcomer\n")); err != nil {
		t.Fatal(err)
	}

	found := lintSound(t, tree, newcomer)
	var complaints []string
	for _, w := range found.ArchWarningsDeps {
		file := strings.TrimPrefix(w.FileRelativePath, "/")
		complaints = append(complaints, file+": "+edge(path.Dir(file), w.ResolvedImportName))
	}
	compare(t, "go-arch-lint", complaints, byLint)
	if len(found.ArchWarningsNotMatched) != 1 {
		t.Errorf("go-arch-lint let a package pass that it does not know: %s", newcomer)
	}

	caught := map[string]bool{}
	g := load(t, tree, true)
	for _, r := range rules {
		for _, v := range r.check(g) {
			caught[edge(v.chain[0], v.chain[1])] = true
			if !slices.ContainsFunc(all, func(m mutation) bool { return m.in(v.chain) }) {
				t.Errorf("a rule complained of what is no mutation: %s", v)
			}
		}
	}
	for _, m := range byRules {
		if !caught[m] {
			t.Errorf("the rules let pass: %s", m)
		}
	}
}

// TestHandingAnAdapterToTheDomainTurnsTheGateRed wants the deep scan to see a
// value of an adapter's type that is handed to a service as it is.
func TestHandingAnAdapterToTheDomainTurnsTheGateRed(t *testing.T) {
	tree := copied(t)
	source := `package wiring

import (
	"` + module + `adapters/homeassistant"
	"` + module + `domain/batch"
)

func mutant(home *homeassistant.Client) {
	batch.New(home)
}
`
	if err := write(filepath.Join(tree, "app", "wiring", "mutant.go"), []byte(source)); err != nil {
		t.Fatal(err)
	}
	found := lintSound(t, tree, "")
	for _, w := range found.ArchWarningsDeps {
		t.Fatalf("the tree was red before: %s imports %s", w.FileRelativePath, w.ResolvedImportName)
	}
	var complaints []string
	for _, w := range found.ArchWarningsDeepScan {
		complaints = append(complaints, w.Gate.ComponentName+"."+w.Gate.MethodName+" gets "+w.Dependency.ComponentName)
	}
	compare(t, "the deep scan", complaints, []string{"batch.New gets homeassistant"})
}

// TestAMissingPackageTurnsTheGateRed wants both checks to notice that a package
// which they name is gone.
func TestAMissingPackageTurnsTheGateRed(t *testing.T) {
	tree := copied(t)
	if err := os.RemoveAll(filepath.Join(tree, "cmd", "failsafe")); err != nil {
		t.Fatal(err)
	}
	if w := lint(t, tree).ExecutionWarnings; len(w) != 1 || !strings.Contains(w[0].Text, "'cmd/failsafe'") {
		t.Errorf("go-arch-lint said %v", w)
	}
	var complaints []string
	g := load(t, tree, true)
	for _, r := range rules {
		complaints = append(complaints, r.stale(g)...)
	}
	compare(t, "the rules", complaints, []string{module + "cmd/failsafe"})
}
