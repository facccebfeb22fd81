package architecture

import (
	"go/ast"
	"go/types"
	"slices"
	"testing"
)

// TestPhrasesAreSaid: the product says each phrase of domain/phrase.
func TestPhrasesAreSaid(t *testing.T) {
	for _, problem := range unsaidPhrases(t, loadProduct(t)) {
		t.Error(problem)
	}
}

// TestUnsaidPhrases wants the planted phrase found that nothing says.
func TestUnsaidPhrases(t *testing.T) {
	_, want := plantPhrases(t)
	onlyPlanted(t, func(p *program) []string { return unsaidPhrases(t, p) }, want)
}

func plantPhrases(t *testing.T) (files map[string]string, want []string) {
	t.Helper()
	const phrases, english = "domain/phrase/phrase.go", "domain/phrase/english.go"
	return map[string]string{
		phrases:                       withPlant(t, phrases, "AnythingElse               //\n", "\tUnsaid\n\tSaid\n"),
		english:                       withPlant(t, english, "var english = [phrases]string{\n", "\tUnsaid: \"Unsaid.\",\n\tSaid: \"Said.\",\n"),
		"domain/assistant/planted.go": "package assistant\n\nimport \"" + module + "domain/phrase\"\n\nvar _ = phrase.Said\n",
	}, []string{"nothing says the phrase Unsaid. Say it, or remove it from domain/phrase."}
}

// unsaidPhrases returns what is wrong: the phrases that nothing says.
func unsaidPhrases(t *testing.T, p *program) (problems []string) {
	t.Helper()
	of := p.packages[module+"domain/phrase"]
	phrase := of.Scope().Lookup("Phrase")
	said := map[types.Object]bool{}
	for _, name := range of.Scope().Names() {
		if constant, ok := of.Scope().Lookup(name).(*types.Const); ok && constant.Exported() && types.Identical(constant.Type(), phrase.Type()) {
			said[constant] = false
		}
	}
	if len(said) < 50 {
		t.Fatalf("domain/phrase has %d phrases", len(said))
	}
	for _, one := range p.packages {
		for _, file := range one.files {
			ast.Inspect(file, func(n ast.Node) bool {
				if pair, ok := n.(*ast.KeyValueExpr); ok && one == of {
					ast.Inspect(pair.Value, func(n ast.Node) bool { return mark(one, n, said) })
					return false // a language's text for it says nothing yet
				}
				return mark(one, n, said)
			})
		}
	}
	for constant, is := range said {
		if !is {
			problems = append(problems, "nothing says the phrase "+constant.Name()+". Say it, or remove it from domain/phrase.")
		}
	}
	slices.Sort(problems)
	return problems
}

// mark marks the object that an identifier uses, where that is one of those looked for.
func mark(of *typed, n ast.Node, used map[types.Object]bool) bool {
	if name, ok := n.(*ast.Ident); ok {
		if _, known := used[of.info.Uses[name]]; known {
			used[of.info.Uses[name]] = true
		}
	}
	return true
}
