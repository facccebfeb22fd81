package capability_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
)

// TestEveryKindHasCases: each kind, each of its interfaces and each of their directives
// has a case in testdata.
func TestEveryKindHasCases(t *testing.T) {
	t.Parallel()
	has := covered(t)
	for _, kind := range capability.Kinds() {
		if !has.discovered[kind.Domain] {
			t.Errorf("testdata/discovery has no entity of the domain %s. Add one, with what discovery must say of it.", kind.Domain)
		}
		for _, face := range kind.Interfaces {
			name := named(face.Namespace, face.Instance)
			if !has.discovered[kind.Domain+" "+name] {
				t.Errorf("testdata/discovery has no %s with %s. Add an entity that has this interface.", kind.Domain, name)
			}
			if face.Read != nil && face.Namespace != alexa.EndpointHealth && !has.told[kind.Domain+" "+name] {
				t.Errorf("testdata/reports has no %s that tells a property of %s. Add a report, or a case in testdata/cases that ends with one.", kind.Domain, name)
			}
			for _, directive := range slices.Sorted(maps.Keys(face.Directives)) {
				if !has.directed[kind.Domain+" "+named(face.Namespace, face.Instance)+"."+directive] {
					t.Errorf("testdata/cases has no %s that is told %s.%s. Add a case.", kind.Domain, name, directive)
				}
			}
		}
	}
}

// coverage is what the cases in testdata have. Interfaces are keyed by the entity's
// domain and their name.
type coverage struct {
	// discovered has the domains and the interfaces that discovery lists, told the
	// interfaces of which a property is told, directed the directives.
	discovered, told, directed map[string]bool
}

func covered(t *testing.T) coverage {
	t.Helper()
	has := coverage{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, path := range glob(t, "testdata/discovery/*.json") {
		var file discoveryFile
		readJSON(t, path, &file)
		for _, entity := range file.Entities {
			domain := entity.ID.Domain()
			has.discovered[domain] = true
			has.discovered[domain+" "+string(alexa.EndpointHealth)] = has.discovered[domain+" "+string(alexa.EndpointHealth)] || entity.Health
			for _, one := range entity.Capabilities {
				described, _ := one.(map[string]any)
				of, _ := described["interface"].(string)
				instance, _ := described["instance"].(string)
				has.discovered[domain+" "+named(alexa.Namespace(of), instance)] = true
			}
		}
	}
	tells := func(domain string, properties map[string]any) {
		for property := range properties { // "Alexa.RangeController/fan.percentage.rangeValue"
			has.told[domain+" "+property[:strings.LastIndexByte(property, '.')]] = true
		}
	}
	for _, path := range glob(t, "testdata/reports/*.json") {
		var file reportFile
		readJSON(t, path, &file)
		for _, r := range file.Reports {
			tells(r.Entity.Domain(), r.Properties)
		}
	}
	for _, path := range glob(t, "testdata/cases/*.json") {
		var file caseFile
		readJSON(t, path, &file)
		for _, c := range file.Cases {
			tells(c.Entity.Domain(), c.Properties)
			dot := max(strings.LastIndexByte(c.Directive, '.'), 0)
			has.directed[c.Entity.Domain()+" "+named(alexa.Namespace(c.Directive[:dot]), c.Instance)+c.Directive[dot:]] = true
		}
	}
	return has
}

// named returns the name of an interface as testdata has it.
func named(namespace alexa.Namespace, instance string) string {
	if instance == "" {
		return string(namespace)
	}
	return string(namespace) + "/" + instance
}

// TestAllIsOffered: each kind is in Kinds, and each interface in a kind. What nothing
// calls is in neither.
func TestAllIsOffered(t *testing.T) {
	t.Parallel()
	type made struct{ result, file string }
	functions, called := map[string]made{}, map[string]bool{}
	for _, path := range glob(t, "*.go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if results := n.Type.Results; n.Recv == nil && results != nil && len(results.List) == 1 {
					if result, ok := results.List[0].Type.(*ast.Ident); ok {
						functions[n.Name.Name] = made{result.Name, filepath.Base(path)}
					}
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); ok {
					called[name.Name] = true
				}
			}
			return true
		})
	}
	kinds, interfaces := 0, 0
	for name, f := range functions {
		switch f.result {
		case "Kind":
			if kinds++; !called[name] {
				t.Errorf("kinds.go does not have %s() of %s. Add a line for it.", name, f.file)
			}
		case "Interface":
			if interfaces++; !called[name] {
				t.Errorf("no kind has the interface %s() of %s. Add it to the Interfaces of one, in a kind_*.go.", name, f.file)
			}
		}
	}
	if kinds < len(capability.Kinds()) || interfaces == 0 {
		t.Errorf("found %d functions that make kinds, and %d that make interfaces", kinds, interfaces)
	}
}
