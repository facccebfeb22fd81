package architecture

import (
	"cmp"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

const (
	wiring  = module + "app/wiring"
	gateway = module + "app/gateway"
)

// crossing is a way around the gateway: a service that goes it would call an adapter with
// no breaker, no cache and no count.
type crossing struct {
	// in is the function it is in, what says what happens there.
	in, what string
}

// exception is a crossing that is allowed.
type exception struct {
	crossing
	why string
}

// exceptions are all crossings that are allowed.
var exceptions = []exception{
	{
		crossing{"newRooms", "*rooms.Book becomes ports.Rooms"},
		"it is no adapter: it keeps rooms through a ports.ParameterKeeper, which is a face",
	},
	{
		crossing{"newOperators", "*telemetry.Flaws becomes ports.FlawMeter"},
		"it reads counts in memory",
	},
	{
		crossing{"newOperators", "*cache.Cache becomes ports.CacheMeter"},
		"it reads counts in memory",
	},
	{
		crossing{"newMeter", "*cache.Cache becomes ports.CacheMeter"},
		"it reads counts in memory",
	},
	{
		crossing{"newKeeper", "*cache.Cache becomes lifecycle.Shrinker"},
		"it gives up memory",
	},
	{
		crossing{"newMeter", "*telemetry.Metrics becomes ports.Meter"},
		"it writes a line to the process's own output, as the log does",
	},
}

// TestCrossings wants an adapter to be reached through the gateway only.
func TestCrossings(t *testing.T) {
	unused := slices.Clone(exceptions)
	for _, c := range wire(t, nil).crossings() {
		isC := func(e exception) bool { return e.crossing == c }
		if !slices.ContainsFunc(exceptions, isC) {
			t.Errorf("%s goes around the gateway: %s. Put the adapter behind a lifecycle.Lazy and hand out a face of app/gateway.", c.in, c.what)
		}
		unused = slices.DeleteFunc(unused, isC)
	}
	for _, e := range unused {
		t.Errorf("the exception %q in %s is of no use any more: remove it", e.what, e.in)
	}
}

// crossings returns all ways around the gateway, each once, by function.
func (w *wired) crossings() []crossing {
	var all []crossing
	for _, f := range w.functions() {
		for _, block := range f.Blocks {
			for _, instruction := range block.Instrs {
				for _, what := range w.around(instruction) {
					all = append(all, crossing{declared(f), what})
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b crossing) int { return cmp.Or(cmp.Compare(a.in, b.in), cmp.Compare(a.what, b.what)) })
	return slices.Compact(all)
}

// declared returns the name of the declared function that f is, or is inside of:
// "newDoctor", or "smarthome.New" where it is not of app/wiring.
func declared(f *ssa.Function) string {
	for f.Parent() != nil {
		f = f.Parent()
	}
	return strings.NewReplacer(wiring+".", "", module+"app/", "").Replace(f.String())
}

// around says how an instruction goes around the gateway.
func (w *wired) around(instruction ssa.Instruction) []string {
	var found []string
	becomes := func(v, from ssa.Value, rule func(t, i types.Type) bool) {
		if rule(from.Type(), v.Type()) && !handed(v) {
			found = append(found, short(from.Type())+" becomes "+short(v.Type()))
		}
	}
	switch i := instruction.(type) {
	case *ssa.MakeInterface:
		becomes(i, i.X, w.needsFace)
	case *ssa.ChangeInterface:
		becomes(i, i.X, w.hidesAdapter)
	case *ssa.ChangeType:
		becomes(i, i.X, w.hidesAdapter)
	case *ssa.TypeAssert:
		if w.asks(i.AssertedType) {
			found = append(found, short(i.X.Type())+" is asserted to be "+short(i.AssertedType))
		}
	}
	for _, operand := range instruction.Operands(nil) {
		if f, ok := (*operand).(*ssa.Function); ok {
			found = append(found, w.uses(f)...)
		}
	}
	return found
}

// needsFace says whether a value of type t must not become the interface i: an
// adapter's no interface with methods, and nothing but a face an I/O port.
func (w *wired) needsFace(t, i types.Type) bool {
	return adapted(t) && types.NewMethodSet(i).Len() > 0 || w.asks(i) && packageOf(t) != gateway
}

// hidesAdapter says the same where t is an interface itself: one for what is behind
// a face, or a type parameter, which may be anything.
func (w *wired) hidesAdapter(t, i types.Type) bool {
	_, parameter := t.(*types.TypeParam)
	return w.asks(i) && (parameter || types.IsInterface(t) && packageOf(t) == gateway)
}

// uses says how a function that is called, or passed on, goes around the gateway.
func (w *wired) uses(f *ssa.Function) []string {
	object, ok := f.Object().(*types.Func)
	if !ok || object.Pkg() == nil {
		return nil
	}
	var found []string
	receiver := object.Signature().Recv()
	switch path := object.Pkg().Path(); {
	case path == "go.uber.org/fx" && object.Name() == "As":
		found = append(found, "fx.As makes an interface of a type that this check does not see")
	case path == module+"app/lifecycle" && receiver != nil && strings.Contains(short(receiver.Type()), "lifecycle.Lazy[") && slices.Contains([]string{"Acquire", "Hold"}, object.Name()):
		found = append(found, "(*lifecycle.Lazy)."+object.Name()+" takes out what is behind a face")
	case strings.HasPrefix(path, module+"adapters/"):
		if receiver != nil && w.isMethod(object) {
			found = append(found, "("+short(receiver.Type())+")."+object.Name()+" is used")
		}
	}
	for i, argument := range f.TypeArgs() {
		if constraint := f.TypeParams().At(i).Constraint(); w.asks(constraint) && packageOf(argument) != gateway {
			found = append(found, short(argument)+" stands for "+short(constraint))
		}
	}
	return found
}

// handed says whether all that is done with a value hands it to the gateway: as an
// argument, in a struct of its options, or as the result of a function literal that is
// handed to it or to lifecycle.NewLazy.
func handed(v ssa.Value) bool {
	users := v.Referrers()
	return users != nil && !slices.ContainsFunc(*users, func(user ssa.Instruction) bool { return !hands(user) })
}

func hands(user ssa.Instruction) bool {
	switch user := user.(type) {
	case ssa.CallInstruction:
		callee := user.Common().StaticCallee()
		return callee != nil && opens(callee)
	case *ssa.Store:
		field, ok := user.Addr.(*ssa.FieldAddr)
		return ok && packageOf(field.X.Type()) == gateway
	case *ssa.Return:
		return handed(user.Parent())
	case *ssa.MakeClosure:
		return handed(user)
	case *ssa.ChangeType:
		return handed(user)
	default:
		return false
	}
}

// opens says whether a function is the gateway's, or lifecycle.NewLazy.
func opens(f *ssa.Function) bool {
	object := f.Object()
	if object == nil || object.Pkg() == nil {
		return false
	}
	return object.Pkg().Path() == gateway || object.Pkg().Path() == module+"app/lifecycle" && object.Name() == "NewLazy"
}

// asks says whether a type is an interface that has a method of an I/O port: one
// port, several, or a part of one.
func (w *wired) asks(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for method := range i.Methods() {
		if w.isMethod(method) {
			return true
		}
	}
	return false
}

// isMethod says whether a method is that of an I/O port.
func (w *wired) isMethod(method *types.Func) bool {
	return slices.ContainsFunc(w.methods[method.Name()], func(m *types.Func) bool {
		return types.Identical(m.Type(), method.Type())
	})
}

// adapted says whether a type is an adapter's.
func adapted(t types.Type) bool { return strings.HasPrefix(packageOf(t), module+"adapters/") }

// packageOf returns the package that declares a type or what it points to, "" where
// none does.
func packageOf(t types.Type) string {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		return named.Obj().Pkg().Path()
	}
	return ""
}

// short returns a type by the names of its packages, "*homeassistant.Client".
func short(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}
