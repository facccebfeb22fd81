package architecture

import (
	"go/ast"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// portLacks are the parts that an I/O port does without, and why.
var portLacks = map[string]string{
	"Pulse adapter": "the gateway's face of ports.House beats",
	"Rooms adapter": "app/rooms keeps them through a ports.ParameterKeeper",
	"Rooms face":    "app/rooms goes through the face of ports.ParameterKeeper",
}

// TestPortsAreWhole: each I/O port has a contract suite that some test runs, an adapter
// and a face, and a face crosses by each operation.
func TestPortsAreWhole(t *testing.T) {
	p := loadProduct(t)
	problems, excused := portProblems(p, testsText(t))
	for _, problem := range append(problems, operationProblems(p)...) {
		t.Error(problem)
	}
	for part, why := range portLacks {
		if !excused[part] {
			t.Errorf("%q is there, or its port is gone (%s). Remove it from portLacks.", part, why)
		}
	}
}

// TestPortProblems wants found what planted ports and operations lack.
func TestPortProblems(t *testing.T) {
	_, want := plantPorts(t)
	tests := testsText(t)
	onlyPlanted(t, func(p *program) []string {
		problems, _ := portProblems(p, tests)
		return append(problems, operationProblems(p)...)
	}, want)
}

func plantPorts(t *testing.T) (files map[string]string, want []string) {
	t.Helper()
	return map[string]string{
			"app/gateway/planted.go": `package gateway

import "` + module + `ports"

var uncrossed = operation("x.x", atHome, Read, ports.SectionNone)
`,
			"ports/planted.go": `package ports

import "context"

type Bare interface{ Bare(ctx context.Context) error }

type Run interface{ Run(ctx context.Context) error }

type Quiet interface{ Quiet() }
`,
			"ports/portstest/planted.go": `package portstest

import (
	"testing"

	"` + module + `ports"
)

func Run(t *testing.T, open func(t *testing.T) ports.Run) { _ = open(t) }
`,
			"adapters/cache/planted.go": `package cache

import "context"

type Runner struct{}

func (*Runner) Run(context.Context) error { return nil }
`,
		}, []string{
			"ports.Bare has no adapter. Add a type to a package in adapters that implements it.",
			"ports.Bare has no contract suite. Add a function to ports/portstest that takes what opens one.",
			"ports.Bare has no face. Add a type to app/gateway that implements it, with an operation for each method.",
			"ports.Run has a contract suite that no test runs. Call portstest.Run in a test of each adapter.",
			"ports.Run has no face. Add a type to app/gateway that implements it, with an operation for each method.",
			"nothing crosses the gateway by uncrossed. Use it in a face, or remove it.",
		}
}

// portProblems returns what the I/O ports lack, and which entries of portLacks excuse
// something. tests is the text of all tests.
func portProblems(p *program, tests string) (problems []string, excused map[string]bool) {
	excused = map[string]bool{}
	missing := func(port, part, problem string) {
		if portLacks[port+" "+part] == "" {
			problems = append(problems, "ports."+port+" has "+problem)
		} else {
			excused[port+" "+part] = true
		}
	}
	ports := p.packages[module+"ports"]
	for _, name := range ioPorts(ports.Package) {
		port := ports.Scope().Lookup(name)
		if !p.implemented(port, module+"adapters/") {
			missing(name, "adapter", "no adapter. Add a type to a package in adapters that implements it.")
		}
		switch suite := p.suite(port); {
		case suite == "":
			missing(name, "suite", "no contract suite. Add a function to ports/portstest that takes what opens one.")
		case !strings.Contains(tests, "portstest."+suite+"("):
			missing(name, "suite", "a contract suite that no test runs. Call portstest."+suite+" in a test of each adapter.")
		}
		if !p.implemented(port, module+"app/gateway") {
			missing(name, "face", "no face. Add a type to app/gateway that implements it, with an operation for each method.")
		}
	}
	return problems, excused
}

// implemented says whether a package below the path has a type that implements the port.
func (p *program) implemented(port types.Object, path string) bool {
	for _, one := range p.packages {
		if !strings.HasPrefix(one.Path(), path) {
			continue
		}
		for _, name := range one.Scope().Names() {
			found, ok := one.Scope().Lookup(name).(*types.TypeName)
			if !ok || types.IsInterface(found.Type()) {
				continue
			}
			if i, ok := port.Type().Underlying().(*types.Interface); ok && types.Implements(types.NewPointer(found.Type()), i) {
				return true
			}
		}
	}
	return false
}

// suite returns the name of the port's contract suite, "" when it has none: a function of
// ports/portstest whose second parameter is a function that returns the port, or a setup
// which holds it.
func (p *program) suite(port types.Object) string {
	suites := p.packages[module+"ports/portstest"]
	for _, name := range suites.Scope().Names() {
		f, ok := suites.Scope().Lookup(name).(*types.Func)
		if !ok || !f.Exported() || f.Signature().Params().Len() != 2 {
			continue
		}
		open, ok := f.Signature().Params().At(1).Type().(*types.Signature)
		if !ok || open.Results().Len() == 0 {
			continue
		}
		result := open.Results().At(0).Type()
		if types.Identical(result, port.Type()) || name == port.Name() && holds(result, port.Type()) {
			return name
		}
	}
	return ""
}

// holds says whether a struct embeds a type.
func holds(setup, embedded types.Type) bool {
	of, ok := setup.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range of.Fields() {
		if field.Embedded() && types.Identical(field.Type(), embedded) {
			return true
		}
	}
	return false
}

// testsText returns the text of all tests below adapters and app.
func testsText(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for _, part := range []string{"adapters", "app"} {
		err := filepath.WalkDir(filepath.Join(root(t), part), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			content, err := os.ReadFile(path)
			text.Write(content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return text.String()
}

// operationProblems returns which of the gateway's operations no face crosses by.
func operationProblems(p *program) (problems []string) {
	gateway := p.packages[module+"app/gateway"]
	crossed := map[types.Object]bool{}
	for _, file := range gateway.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok { // Cross(ctx, port, homeState, …)
				for _, argument := range call.Args {
					crossed[gateway.used(argument)] = true
				}
			}
			return true
		})
	}
	operation := types.NewPointer(gateway.Scope().Lookup("Operation").Type())
	for _, name := range gateway.Scope().Names() {
		one, ok := gateway.Scope().Lookup(name).(*types.Var)
		if ok && types.Identical(one.Type(), operation) && !crossed[one] {
			problems = append(problems, "nothing crosses the gateway by "+name+". Use it in a face, or remove it.")
		}
	}
	return problems
}

// used returns what an identifier refers to, nil for other expressions.
func (p *typed) used(e ast.Expr) types.Object {
	name, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	return p.info.Uses[name]
}
