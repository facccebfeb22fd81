package architecture

import (
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// wired is app/wiring in SSA form. There each conversion to an interface is an
// instruction of its own, whether the source assigns, returns, passes or stores the
// value.
type wired struct {
	*ssa.Package
	// ports are the names of the I/O ports. methods are their methods by name.
	ports   []string
	methods map[string][]*types.Func
}

// wire reads app/wiring, together with mutants: a further file of the package, "" for
// none.
func wire(t *testing.T, mutants string) *wired {
	t.Helper()
	overlay := map[string]string{}
	if mutants != "" {
		overlay["app/wiring/mutants.go"] = mutants
	}
	p := listTypes(t, root(t), overlay)
	checked, err := p.Import(wiring)
	if err != nil {
		t.Fatal(err)
	}
	program := ssa.NewProgram(p.fset, 0)
	created := map[*types.Package]bool{}
	var create func([]*types.Package)
	create = func(packages []*types.Package) {
		for _, one := range packages {
			if !created[one] {
				created[one] = true
				program.CreatePackage(one, nil, nil, true)
				create(one.Imports())
			}
		}
	}
	create(checked.Imports())
	w := &wired{Package: program.CreatePackage(checked, p.packages[wiring].files, p.packages[wiring].info, false)}
	w.Build()
	w.learn(p.packages[module+"ports"].Package)
	return w
}

// learn notes the I/O ports.
func (w *wired) learn(ports *types.Package) {
	w.ports, w.methods = ioPorts(ports), map[string][]*types.Func{}
	for _, name := range w.ports {
		if port, ok := ports.Scope().Lookup(name).Type().Underlying().(*types.Interface); ok {
			for method := range port.Methods() {
				if takesContext(method) {
					w.methods[method.Name()] = append(w.methods[method.Name()], method)
				}
			}
		}
	}
}

// ioPorts returns the names of the I/O ports: the interfaces of package ports that have a
// method which takes a context. A call that does I/O takes time, and must end with its
// context.
func ioPorts(ports *types.Package) (names []string) {
	for _, name := range ports.Scope().Names() {
		if port, ok := ports.Scope().Lookup(name).Type().Underlying().(*types.Interface); ok &&
			!strings.HasSuffix(name, "Session") && // a face hands it out for one call
			slices.ContainsFunc(slices.Collect(port.Methods()), takesContext) {
			names = append(names, name)
		}
	}
	return names
}

// takesContext says whether a method's first parameter is a context.
func takesContext(method *types.Func) bool {
	first := method.Signature().Params()
	return first.Len() > 0 && types.TypeString(first.At(0).Type(), nil) == "context.Context"
}

// functions returns all functions of the package: those declared, the functions
// inside them, methods, and the one that sets the package's variables.
func (w *wired) functions() []*ssa.Function {
	var all []*ssa.Function
	var add func(...*ssa.Function)
	add = func(functions ...*ssa.Function) {
		for _, f := range functions {
			if f != nil && f.Pkg == w.Package {
				all = append(all, f)
				add(f.AnonFuncs...)
			}
		}
	}
	for _, member := range w.Members {
		switch member := member.(type) {
		case *ssa.Function:
			add(member)
		case *ssa.Type:
			if named, ok := member.Type().(*types.Named); ok {
				for method := range named.Methods() {
					add(w.Prog.FuncValue(method))
				}
			}
		}
	}
	return all
}
