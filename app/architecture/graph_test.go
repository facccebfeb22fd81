package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the prefix of this module's packages.
const module = "github.com/lambda-execution-engine/lee/"

// root returns the module's folder.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, ".go-arch-lint.yml")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// graph is all packages of the module, all that they import, and the standard
// library, by import path. Tests' imports are not in it.
type graph map[string]importer

// importer is a package with what it imports itself.
type importer struct {
	ImportPath string
	Standard   bool
	Imports    []string
	ImportMap  map[string]string
	Error      *struct{ Err string }
}

// load reads the graph of the module at root, as it is built for Lambda. A copy
// with mutants need not compile; anything else must.
func load(t *testing.T, root string, mutants bool) graph {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-tags=lambda.norpc,nethttpomithttp2",
		"-json=ImportPath,Standard,Imports,ImportMap,Error", "./...", "std")
	list.Dir = root
	list.Env = append(os.Environ(), "GOOS=linux", "CGO_ENABLED=0")
	var stderr bytes.Buffer
	list.Stderr = &stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", list, err, stderr.String())
	}
	g := graph{}
	for packages := json.NewDecoder(bytes.NewReader(out)); ; {
		var p importer
		if err := packages.Decode(&p); errors.Is(err, io.EOF) {
			return g
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Error != nil && !mutants {
			t.Fatalf("%s: %s", p.ImportPath, p.Error.Err)
		}
		for i, path := range p.Imports {
			if mapped, ok := p.ImportMap[path]; ok { // the standard library's own copies
				p.Imports[i] = mapped
			}
		}
		g[p.ImportPath] = p
	}
}

// reach returns how from comes to each package that it imports, itself or by way
// of others: the shortest chain, from and the package included.
func (g graph) reach(from string) map[string][]string {
	chains := map[string][]string{from: {from}}
	for next := []string{from}; len(next) > 0; next = next[1:] {
		for _, path := range g[next[0]].Imports {
			if _, seen := chains[path]; !seen {
				chains[path] = append(slices.Clone(chains[next[0]]), path)
				next = append(next, path)
			}
		}
	}
	delete(chains, from)
	return chains
}

// matching returns the packages that a pattern means, sorted.
func (g graph) matching(pattern string) []string {
	var found []string
	for path := range g {
		if match(pattern, path) {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found
}

// match says whether the pattern, a package or one with all below it ("net/..."),
// means the package at path.
func match(pattern, path string) bool {
	parent, all := strings.CutSuffix(pattern, "/...")
	return path == parent || all && strings.HasPrefix(path, parent+"/")
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"net", "net", true},
		{"net", "net/http", false},
		{"net/...", "net", true},
		{"net/...", "net/http", true},
		{"net/...", "network", false},
	} {
		if got := match(c.pattern, c.path); got != c.want {
			t.Errorf("match(%q, %q) = %v", c.pattern, c.path, got)
		}
	}
}

func TestReach(t *testing.T) {
	g := graph{"a": {Imports: []string{"b", "c"}}, "b": {Imports: []string{"d"}}, "c": {Imports: []string{"b", "e"}}, "d": {Imports: []string{"a"}}}
	got := fmt.Sprint(g.reach("a"))
	if want := "map[b:[a b] c:[a c] d:[a b d] e:[a c e]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
