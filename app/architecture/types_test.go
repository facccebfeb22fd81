package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	goimporter "go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// program is the module's packages with the types of all that they say, without
// their tests. It type-checks a package when that is first imported: the module's
// own from their files, all others from what the compiler exported. It implements
// types.Importer.
type program struct {
	overlay  map[string]string
	fset     *token.FileSet
	listed   map[string]listed
	others   types.Importer
	packages map[string]*typed
}

// listed is what `go list` says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	ImportMap               map[string]string
}

// typed is a package of the module with its types.
type typed struct {
	*types.Package
	files []*ast.File
	info  *types.Info
}

// product is the module as it is; nil before it was loaded.
var product *program

// loadProduct returns the module as it is, with all packages type-checked. Tests share it
// and do not change it.
func loadProduct(t *testing.T) *program {
	t.Helper()
	if product == nil {
		product = loadTypes(t, root(t), nil)
	}
	return product
}

// planted is the module with the mistakes that tests plant to see them found; nil before
// it was loaded.
var planted *program

// loadPlanted returns the module with all planted mistakes. They do not meet: each is
// there for one of the tests, which share the time that loading takes.
func loadPlanted(t *testing.T) *program {
	t.Helper()
	if planted != nil {
		return planted
	}
	overlay := map[string]string{}
	for _, plant := range []func(*testing.T) (files map[string]string, want []string){
		plantSettings, plantLines, plantAttributes, plantPorts, plantPhrases,
	} {
		files, _ := plant(t)
		for path, content := range files {
			if overlay[path] != "" {
				t.Fatalf("%s is planted twice", path)
			}
			overlay[path] = content
		}
	}
	planted = loadTypes(t, root(t), overlay)
	return planted
}

// withPlant returns a file of the module with text after the first mark.
func withPlant(t *testing.T, path, mark, text string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root(t), path))
	if err != nil {
		t.Fatal(err)
	}
	before, after, ok := strings.Cut(string(content), mark)
	if !ok {
		t.Fatalf("%s does not have %q: adapt this test", path, mark)
	}
	return before + mark + text + after
}

// onlyPlanted compares what find finds in the module with the planted mistakes, besides
// what it finds in the product as it is, with what was planted for it.
func onlyPlanted(t *testing.T, find func(*program) []string, want []string) {
	t.Helper()
	before := find(loadProduct(t))
	got := slices.DeleteFunc(find(loadPlanted(t)), func(problem string) bool { return slices.Contains(before, problem) })
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// pathOf returns a file's path below the root of the module.
func (p *program) pathOf(of *typed, file *ast.File) string {
	return strings.TrimPrefix(of.Path(), module) + "/" + filepath.Base(p.fset.Position(file.Pos()).Filename)
}

// loadTypes returns the module at root, with all packages type-checked. overlay
// replaces the content of files, by their paths below root, and adds files.
func loadTypes(t *testing.T, root string, overlay map[string]string) *program {
	t.Helper()
	p := listTypes(t, root, overlay)
	for _, path := range slices.Sorted(maps.Keys(p.listed)) {
		if strings.HasPrefix(path, module) {
			if _, err := p.Import(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	return p
}

// listTypes is loadTypes with no package type-checked yet.
func listTypes(t *testing.T, root string, overlay map[string]string) *program {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,ImportMap", "./...")
	list.Dir = root
	var stderr bytes.Buffer
	list.Stderr = &stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", list, err, stderr.String())
	}
	p := &program{overlay: overlay, fset: token.NewFileSet(), listed: map[string]listed{}, packages: map[string]*typed{}}
	for packages := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := packages.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		p.listed[l.ImportPath] = l
	}
	p.others = goimporter.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(p.listed[path].Export) })
	return p
}

// Import implements types.Importer.
func (p *program) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if !strings.HasPrefix(path, module) {
		return p.others.Import(path)
	}
	if known := p.packages[path]; known != nil {
		return known.Package, nil
	}
	l := p.listed[path]
	one := &typed{info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{},
		Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}}
	folder := strings.TrimPrefix(path, module)
	names := slices.Clone(l.GoFiles)
	for below := range p.overlay {
		if name, ok := strings.CutPrefix(below, folder+"/"); ok && !strings.Contains(name, "/") && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		var content any
		if replaced, ok := p.overlay[folder+"/"+name]; ok {
			content = replaced
		}
		file, err := parser.ParseFile(p.fset, filepath.Join(l.Dir, name), content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		one.files = append(one.files, file)
	}
	var err error
	one.Package, err = (&types.Config{Importer: p}).Check(path, p.fset, one.files, one.info)
	p.packages[path] = one
	return one.Package, err
}
