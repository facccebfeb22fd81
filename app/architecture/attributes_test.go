package architecture

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestAttributes: each attribute that the product reads is one of home.Attributes, which
// are those that adapters keep.
func TestAttributes(t *testing.T) {
	for _, problem := range attributeProblems(t, loadProduct(t)) {
		t.Error(problem)
	}
}

// TestAttributeProblems wants found what planted attributes lack.
func TestAttributeProblems(t *testing.T) {
	_, want := plantAttributes(t)
	onlyPlanted(t, func(p *program) []string { return attributeProblems(t, p) }, want)
}

func plantAttributes(t *testing.T) (files map[string]string, want []string) {
	t.Helper()
	const list = "domain/home/attribute.go"
	text := withPlant(t, list, "const (\n", "\tAttrKept = \"kept\"\n\tAttrUnkept = \"unkept\"\n")
	return map[string]string{
			list: strings.Replace(text, "return []string{\n", "return []string{\n\t\tAttrKept,\n", 1),
			"domain/control/planted.go": `package control

import "` + module + `domain/home"

func planted(s home.State) {
	_ = s.Text(home.AttrKept)
	_ = s.Text(home.AttrUnkept)
	_ = s.Flag("brightness")
	_, _ = s.Number("unlisted")
	_ = s.Attributes.Get("unlisted too")
}
`}, []string{
			`domain/control/planted.go reads the attribute "unlisted too". ` + listAttribute,
			`domain/control/planted.go reads the attribute "unlisted". ` + listAttribute,
			`home.AttrUnkept is not in home.Attributes, so adapters drop the attribute. Add it there.`,
		}
}

const listAttribute = "Adapters drop it. Add a constant for it to domain/home/attribute.go, and list that in Attributes."

// attributeProblems returns what is wrong with the attributes that the program reads.
func attributeProblems(t *testing.T, p *program) (problems []string) {
	t.Helper()
	home := p.packages[module+"domain/home"]
	kept, known, constants := keptAttributes(home), map[string]bool{}, 0
	for _, name := range home.Scope().Names() {
		attribute, ok := home.Scope().Lookup(name).(*types.Const)
		if !ok || !strings.HasPrefix(name, "Attr") {
			continue
		}
		constants++
		known[constant.StringVal(attribute.Val())] = true
		if !kept[attribute] {
			problems = append(problems, "home."+name+" is not in home.Attributes, so adapters drop the attribute. Add it there.")
		}
	}
	if constants < 50 {
		t.Fatalf("domain/home has %d attributes", constants)
	}
	for _, one := range p.packages {
		if one.Path() == module+"ports/portstest" {
			continue // its home reads what it is told, which are no attributes
		}
		for _, file := range one.files {
			path := p.pathOf(one, file)
			for _, name := range one.attributesRead(file) {
				if !known[name] {
					problems = append(problems, fmt.Sprintf("%s reads the attribute %q. ", path, name)+listAttribute)
				}
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// keptAttributes returns the constants that the function Attributes lists.
func keptAttributes(home *typed) map[types.Object]bool {
	kept := map[types.Object]bool{}
	for _, file := range home.files {
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && f.Name.Name == "Attributes" && f.Recv == nil {
				ast.Inspect(f, func(n ast.Node) bool {
					if name, ok := n.(*ast.Ident); ok && home.info.Uses[name] != nil {
						kept[home.info.Uses[name]] = true
					}
					return true
				})
			}
		}
	}
	return kept
}

// attributesRead returns the names by which a file reads attributes of a state, as far as
// they are constants.
func (p *typed) attributesRead(file *ast.File) []string {
	names := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 1 && readsAttribute(p.callee(call)) {
			if value := p.info.Types[call.Args[0]].Value; value != nil {
				names[constant.StringVal(value)] = true
			}
		}
		return true
	})
	return slices.Sorted(maps.Keys(names))
}

// readsAttribute says whether the method is one that reads an attribute by its name.
func readsAttribute(method string) bool {
	const state, fields = "(" + module + "domain/home.State).", "(" + module + "domain/home.Fields).Get"
	switch strings.TrimPrefix(method, state) {
	case "Number", "Numbers", "Text", "Texts", "Flag":
		return strings.HasPrefix(method, state)
	default:
		return method == fields
	}
}
