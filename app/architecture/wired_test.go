package architecture

import (
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// wired is app/wiring, and each package of the app that it may hand ports to, in SSA form.
// There each conversion to an interface is an instruction of its own, whether the source
// assigns, returns, passes or stores the value.
type wired struct {
	program  *ssa.Program
	packages []*ssa.Package
	// ports are the names of the I/O ports. methods are their methods by name.
	ports   []string
	methods map[string][]*types.Func
}

// door are the packages that adapters are handed to: they hold what is behind the faces.
var door = []string{gateway, module + "app/lifecycle"}

// wire reads the app but for the door. mutants are further files, by their paths below
// the root of the module.
func wire(t *testing.T, mutants map[string]string) *wired {
	t.Helper()
	p := listTypes(t, root(t), mutants)
	w := &wired{program: ssa.NewProgram(p.fset, 0)}
	created := map[string]bool{}
	var create func(*types.Package)
	create = func(one *types.Package) {
		if created[one.Path()] {
			return
		}
		created[one.Path()] = true
		if own := p.packages[one.Path()]; strings.HasPrefix(one.Path(), module+"app/") && !slices.Contains(door, one.Path()) {
			w.packages = append(w.packages, w.program.CreatePackage(one, own.files, own.info, true))
		} else {
			w.program.CreatePackage(one, nil, nil, true)
		}
		for _, imported := range one.Imports() {
			create(imported)
		}
	}
	var app []*types.Package
	for _, path := range slices.Sorted(maps.Keys(p.listed)) {
		if strings.HasPrefix(path, module+"app/") {
			one, err := p.Import(path)
			if err != nil {
				t.Fatal(err)
			}
			app = append(app, one)
		}
	}
	for _, one := range app { // a package is whole only when all that imports it was read
		create(one)
	}
	for _, one := range w.packages {
		one.Build()
	}
	w.learn(p.packages[module+"ports"].Package)
	return w
}

// learn notes the I/O ports: the interfaces of package ports that have a method
// which takes a context. A call that does I/O takes time, and must end with its context.
func (w *wired) learn(ports *types.Package) {
	w.methods = map[string][]*types.Func{}
	for _, name := range ports.Scope().Names() {
		port, ok := ports.Scope().Lookup(name).Type().Underlying().(*types.Interface)
		if !ok || strings.HasSuffix(name, "Session") { // a face hands it out for one call
			continue
		}
		for method := range port.Methods() {
			if first := method.Signature().Params(); first.Len() > 0 && types.TypeString(first.At(0).Type(), nil) == "context.Context" {
				w.ports = append(w.ports, name)
				w.methods[method.Name()] = append(w.methods[method.Name()], method)
			}
		}
	}
	w.ports = slices.Compact(w.ports)
}

// functions returns all functions of the packages: those declared, the functions
// inside them, methods, and the ones that set the packages' variables.
func (w *wired) functions() []*ssa.Function {
	var all []*ssa.Function
	var add func(...*ssa.Function)
	add = func(functions ...*ssa.Function) {
		for _, f := range functions {
			if f != nil && slices.Contains(w.packages, f.Pkg) {
				all = append(all, f)
				add(f.AnonFuncs...)
			}
		}
	}
	for _, one := range w.packages {
		for _, member := range one.Members {
			switch member := member.(type) {
			case *ssa.Function:
				add(member)
			case *ssa.Type:
				if named, ok := member.Type().(*types.Named); ok {
					for method := range named.Methods() {
						add(w.program.FuncValue(method))
					}
				}
			}
		}
	}
	return all
}
