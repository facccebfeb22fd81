package wiring

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// holders returns the structs of the domain and the app that hold one of the ports, or
// something that returns one, by their source and sorted: "control.Service".
func holders(t *testing.T, ports ...string) []string {
	t.Helper()
	var names []string
	for _, folder := range []string{"domain/*", "app/*"} {
		for name, spec := range declared(t, folder) {
			holds := func(n ast.Node) bool { return mentions(n, "ports", ports...) }
			if s, ok := spec.(*ast.StructType); ok && !strings.HasPrefix(name, "gateway.") && slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool { return holds(f.Type) }) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// sessionSuffix ends the name of what a port's face hands out for the time of one
// call, as ports.RegistrySession. Nobody keeps a session, so it is no port of its own.
const sessionSuffix = "Session"

// ioPorts returns the names of the I/O ports, by the source of package ports.
func ioPorts(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for name, spec := range declared(t, "ports") {
		if _, ok := spec.(*ast.InterfaceType); ok && mentions(spec, "context", "Context") && !strings.HasSuffix(name, sessionSuffix) {
			names[strings.TrimPrefix(name, "ports.")] = true
		}
	}
	if len(names) == 0 {
		t.Fatal("there is no I/O port")
	}
	return names
}

// mentions says whether a piece of source names something of a package.
func mentions(n ast.Node, from string, names ...string) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			x, _ := s.X.(*ast.Ident)
			found = found || x != nil && x.Name == from && slices.Contains(names, s.Sel.Name)
		}
		return true
	})
	return found
}

// declared returns the types that are declared in folders of the module, tests left
// out, by package and name.
func declared(t *testing.T, folders string) map[string]ast.Expr {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(folders), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	specs := map[string]ast.Expr{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				specs[file.Name.Name+"."+spec.Name.Name] = spec.Type
			}
			return true
		})
	}
	return specs
}
