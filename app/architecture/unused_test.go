package architecture

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// An excuse is why some things may be there that no program uses.
type excuse struct {
	reason string
	names  []string
}

// excuses are for what TestUnused and TestDeadCode find.
var excuses = []excuse{
	{"package errors calls it", []string{"domain/fault.Error.Unwrap", "domain/foreign.filtered.Unwrap"}},
	{"the tests of other packages see by it what the demo house did, and have it fail", []string{
		"adapters/demohome.Call.Name", "adapters/demohome.House.Calls", "adapters/demohome.House.Grow",
		"adapters/demohome.House.Inject", "adapters/demohome.House.Mend", "adapters/demohome.Challenge", "adapters/demohome.Forbidden",
		"adapters/demohome.House.ListenTLS", "adapters/demohome.newAuthority", "adapters/demohome.authority.issue",
		"adapters/demohome.authority.pem", "adapters/demohome.fill",
	}},
	{"the tests of the whole measure a process by it", []string{
		"adapters/lambdaapi.Function.PID", "adapters/lambdaapi.Function.Resources", "adapters/lambdaapi.readResources",
		"adapters/lambdaapi.kilobytes", "adapters/lambdaapi.cpuTime",
	}},
	{"the tests hold the documentation and the dashboard against it", []string{"adapters/telemetry.MetricNames", "domain/invocation.Rules"}},
	{"tests leave nothing running behind; Lambda ends a process without a word", []string{"app/lifecycle.Lazy.Unload", "domain/assistant.Service.Close"}},
}

// testPackages are packages that no program imports, and why they are there.
var testPackages = map[string]string{
	"app/architecture": "tests", "app/bench": "tests", "app/delivery": "tests", "app/differential": "tests", "app/endtoend": "tests",
	"app/covered":            "programs have it that count what tests execute (make live-coverage)",
	"domain/alexa/alexatest": "checks for tests", "domain/skill/skilltest": "checks for tests", "ports/portstest": "contracts for tests",
}

// excused says whether something may be there though no program uses it.
func excused(name string) bool {
	return slices.ContainsFunc(excuses, func(e excuse) bool { return slices.Contains(e.names, name) })
}

// plantedUnused is what TestUnused plants in domain/fault. What has Unused in its name
// must be found, and nothing else.
const plantedUnused = `package fault

var UnusedVariable, usedVariable = 1, 2

const UnusedConstant, UsedConstant = 1, 2

type UnusedType struct{}

// Alone uses nothing but itself.
func UnusedAlone(n int) int { return UnusedAlone(n - UsedConstant) + usedVariable }

type Planted interface{ Used(Holder[int]); UnusedAsked() }

type Holder[T any] struct{ value T }

func (h Holder[T]) Used() T { return h.value }
func (h Holder[T]) UnusedMethod() T { return h.value }
func (h *Holder[T]) UnusedPointerMethod() {}
func (h Holder[T]) String() string { return "" } // of fmt.Stringer
func (h *Holder[T]) Close() error { return nil } // of io.Closer
func (h Holder[T]) private() {}

func init() { var p Planted; p.Used(Holder[int]{}); _ = Holder[int]{1}.Used() }
`

// TestUnused: each exported thing is used by a program. What has only tests for users is
// dead. The test plants such things, and wants them found.
func TestUnused(t *testing.T) {
	const place = "domain/fault/planted.go"
	found := unused(loadTypes(t, root(t), map[string]string{place: plantedUnused}))
	var planted []string
	for _, name := range found {
		switch {
		case strings.HasPrefix(name, "domain/fault.") && strings.Contains(name, "Unused"):
			planted = append(planted, name)
		case !excused(name):
			t.Errorf("%s: no program uses it. Delete it, or move it to the tests; or add it to excuses with the reason.", name)
		}
	}
	var want []string
	for _, name := range []string{
		"Holder.UnusedMethod", "Holder.UnusedPointerMethod", "Planted.UnusedAsked", "UnusedAlone", "UnusedConstant", "UnusedType", "UnusedVariable",
	} {
		want = append(want, "domain/fault."+name)
	}
	if !slices.Equal(planted, want) {
		t.Errorf("of what was planted it found\n%q, want\n%q", planted, want)
	}
}

// unused returns the exported things of the module that no file uses, tests left aside,
// sorted: "domain/home.Numbers", "domain/home.State.Number", and packages that nothing
// imports. A use within a thing's own declaration does not count. A method counts as
// used where its type implements an interface that has it.
func unused(p *program) []string {
	used, imported := map[types.Object]bool{}, map[string]bool{}
	for _, one := range p.packages {
		for _, file := range one.files {
			for _, d := range file.Decls {
				markUsed(one, d, used)
			}
		}
		for _, other := range one.Imports() {
			imported[other.Path()] = true
		}
	}
	asked := facesOf(p)
	var names []string
	for path, one := range p.packages {
		at := strings.TrimPrefix(path, module)
		switch {
		case one.Name() == "main" || testPackages[at] != "":
			continue
		case !imported[path]:
			names = append(names, at)
			continue
		}
		for _, name := range one.Scope().Names() {
			object := one.Scope().Lookup(name)
			if object.Exported() && !used[object] {
				names = append(names, at+"."+name)
			}
			for _, method := range methodsOf(object) {
				if method.Exported() && !used[method] && !asked.has(object.Type(), method) {
					names = append(names, at+"."+name+"."+method.Name())
				}
			}
		}
	}
	slices.Sort(names)
	return names
}

// markUsed marks what a declaration uses, but for what it declares.
func markUsed(of *typed, d ast.Decl, used map[types.Object]bool) {
	var own types.Object
	mark := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if object := origin(of.info.Uses[id]); object != nil && object != own {
				used[object] = true
			}
		}
		return true
	}
	switch d := d.(type) {
	case *ast.FuncDecl: // its receiver is no use of the type
		own = of.info.Defs[d.Name]
		ast.Inspect(d.Type, mark)
		if d.Body != nil {
			ast.Inspect(d.Body, mark)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			own = nil
			if t, ok := spec.(*ast.TypeSpec); ok {
				own = of.info.Defs[t.Name]
			}
			ast.Inspect(spec, mark)
		}
	}
}

// origin returns the generic thing of which another is an instance, else itself.
func origin(object types.Object) types.Object {
	switch object := object.(type) {
	case *types.Func:
		return object.Origin()
	case *types.Var:
		return object.Origin()
	default:
		return object
	}
}

// methodsOf returns the methods that a type declares; nil where something is no type.
func methodsOf(object types.Object) []*types.Func {
	named, ok := object.Type().(*types.Named)
	if _, declared := object.(*types.TypeName); !ok || !declared {
		return nil
	}
	if face, ok := named.Underlying().(*types.Interface); ok {
		return slices.Collect(face.ExplicitMethods())
	}
	return slices.Collect(named.Methods())
}

// faces are interfaces, by the names of their methods.
type faces map[string][]*types.Interface

// facesOf returns all interfaces that are declared in a package which the module
// imports, by whatever way, or written out in the module.
func facesOf(p *program) faces {
	all := faces{}
	add := func(t types.Type) {
		if face, ok := t.Underlying().(*types.Interface); ok {
			for method := range face.Methods() {
				all[method.Name()] = append(all[method.Name()], face)
			}
		}
	}
	seen := map[*types.Package]bool{}
	var walk func(*types.Package)
	walk = func(one *types.Package) {
		if seen[one] {
			return
		}
		seen[one] = true
		for _, name := range one.Scope().Names() {
			if declared, ok := one.Scope().Lookup(name).(*types.TypeName); ok {
				add(declared.Type())
			}
		}
		for _, imported := range one.Imports() {
			walk(imported)
		}
	}
	add(types.Universe.Lookup("error").Type())
	for _, one := range p.packages {
		walk(one.Package)
		for _, value := range one.info.Types {
			if _, written := value.Type.(*types.Interface); written && value.IsType() {
				add(value.Type)
			}
		}
	}
	return all
}

// has says whether a type implements an interface that has the method. Interfaces
// themselves do not.
func (f faces) has(t types.Type, method *types.Func) bool {
	return !types.IsInterface(t) && slices.ContainsFunc(f[method.Name()], func(face *types.Interface) bool {
		return types.Implements(t, face) || types.Implements(types.NewPointer(t), face)
	})
}
