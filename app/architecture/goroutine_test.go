package architecture

import (
	"go/ast"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"testing"
)

// unguarded are the folders and files whose goroutines may end the process, and why.
var unguarded = map[string]string{
	"adapters/demohome":                  "it is the house, not LEE",
	"adapters/homeassistant/registry.go": "it cancels a context and nothing else",
	"adapters/lambdaapi":                 "it is the machine around LEE",
	"ports/portstest":                    "it is for tests",
}

// TestGoroutinesAreGuarded wants every goroutine to call its work through fault.Guard
// or fault.Catch: a panic in a goroutine ends the process.
func TestGoroutinesAreGuarded(t *testing.T) {
	tree, used := root(t), map[string]bool{}
	p := loadProduct(t)
	for _, one := range p.packages {
		for _, start := range starts(one) {
			at := p.fset.Position(start.Pos())
			below, err := filepath.Rel(tree, at.Filename)
			if err != nil {
				t.Fatal(err)
			}
			if excused := placeOf(filepath.ToSlash(below)); excused != "" {
				used[excused] = true
			} else if !guarded(start) {
				t.Errorf("%s:%d: the goroutine does not call its work through fault.Guard", below, at.Line)
			}
		}
	}
	for _, place := range slices.Sorted(maps.Keys(unguarded)) {
		if !used[place] {
			t.Errorf("%s starts no goroutine any more", place)
		}
	}
}

// placeOf returns the place of the table that a file is in, "" for none.
func placeOf(file string) string {
	for place := file; place != "."; place = path.Dir(place) {
		if _, ok := unguarded[place]; ok {
			return place
		}
	}
	return ""
}

// starts returns what the goroutines of a package run: functions of its own where they
// are named, else the calls themselves.
func starts(one *typed) (all []ast.Node) {
	declared := map[types.Object]ast.Node{}
	for _, file := range one.files {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				declared[one.info.Defs[f.Name]] = f
			}
		}
	}
	of := func(call ast.Expr) ast.Node {
		var named types.Object
		switch f := call.(type) {
		case *ast.Ident:
			named = one.info.Uses[f]
		case *ast.SelectorExpr:
			named = one.info.Uses[f.Sel]
		}
		if f, ok := named.(*types.Func); ok {
			named = f.Origin() // of a generic type
		}
		if f, ok := declared[named]; ok {
			return f
		}
		return call
	}
	for _, file := range one.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				all = append(all, of(n.Call.Fun))
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Go", "AfterFunc"}, f.Sel.Name) && len(n.Args) > 0 {
					all = append(all, of(n.Args[len(n.Args)-1]))
				}
			}
			return true
		})
	}
	return all
}

// guarded says whether code calls fault.Guard or fault.Catch.
func guarded(code ast.Node) (is bool) {
	ast.Inspect(code, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			x, named := s.X.(*ast.Ident)
			is = is || named && x.Name == "fault" && (s.Sel.Name == "Guard" || s.Sel.Name == "Catch")
		}
		return true
	})
	return is
}
