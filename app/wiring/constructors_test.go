package wiring

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestWiringHoldsConstructors: the package makes parts and hands them to each other. What
// has methods or a goroutine of its own does something, and belongs in a package of its
// own.
func TestWiringHoldsConstructors(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files, read := token.NewFileSet(), 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		read++
		for _, found := range working(file) {
			t.Errorf("%s: this is not for app/wiring. Move it to the package that it is about.", files.Position(found.Pos()))
		}
	}
	if read == 0 {
		t.Error("no file was read")
	}
	planted, err := parser.ParseFile(files, "planted.go", `package wiring
type part struct{}
func (part) work() {}
func newPart() part { go part{}.work(); return part{} }
`, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(working(planted)); n != 2 {
		t.Errorf("of a method and a goroutine %d were found", n)
	}
}

// working returns the methods and the goroutines of a file.
func working(file *ast.File) (found []ast.Node) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv != nil {
				found = append(found, n)
			}
		case *ast.GoStmt:
			found = append(found, n)
		}
		return true
	})
	return found
}
