package wiring

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

const module = "github.com/lambda-execution-engine/lee/"

// walk goes through values and all that they hold, and notes which hold an I/O port.
type walk struct {
	seen map[visit]bool
	// reached are the module's structs that it came to, "control.Service".
	reached map[string]bool
	// excused are the names in noFaces that it came to.
	excused    map[string]bool
	complaints []complaint
}

// complaint says what is wrong with a field, "control.Service.home".
type complaint struct{ at, what string }

// visit is a value that was seen.
type visit struct {
	at uintptr
	of reflect.Type
}

// walked walks through all that the constructors return.
func walked(t *testing.T, options ...fx.Option) *walk {
	t.Helper()
	var parts []any
	for _, constructor := range constructors() {
		for i := range reflect.TypeOf(constructor).NumOut() {
			parts = append(parts, reflect.New(reflect.TypeOf(constructor).Out(i)).Interface())
		}
	}
	start := Start{Environment: setting.Environment{Lookup: func(string) (string, bool) { return "", false }}, Log: io.Discard, Metrics: io.Discard}
	app := fx.New(fx.NopLogger, fx.Supply(start), Module(), fx.Populate(parts...), fx.Options(options...))
	if err := app.Err(); err != nil {
		t.Fatal(err)
	}
	w := &walk{seen: map[visit]bool{}, reached: map[string]bool{}, excused: map[string]bool{}}
	for _, part := range parts {
		w.through(reflect.ValueOf(part).Elem(), "constructors.result")
	}
	return w
}

// through walks through a value. at is the field that it is in.
func (w *walk) through(v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Interface:
		if (!asks(v.Type()) || w.isFace(v, at)) && !v.IsNil() {
			w.through(v.Elem(), at)
		}
	case reflect.Pointer:
		if key := (visit{v.Pointer(), v.Type()}); !v.IsNil() && !w.seen[key] {
			w.seen[key] = true
			w.through(v.Elem(), at)
		}
	case reflect.Func:
		for result := range v.Type().Outs() {
			if returns := "returns " + result.String(); asks(result) && !w.excuses(at+" "+returns) {
				w.complaints = append(w.complaints, complaint{at, returns})
			}
		}
	case reflect.Map:
		for each := v.MapRange(); each.Next(); {
			w.through(each.Value(), at)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			w.through(v.Index(i), at)
		}
	case reflect.Struct:
		w.inside(v, at)
	default: // it holds nothing
	}
}

// inside walks through a struct: one of the module that is not behind the faces, or
// an atomic.Pointer.
func (w *walk) inside(v reflect.Value, at string) {
	path := v.Type().PkgPath()
	switch {
	case path == "sync/atomic" && strings.HasPrefix(v.Type().Name(), "Pointer["):
		to := v.Type().Field(0).Type.Elem().Elem() // [0]*T
		w.through(reflect.NewAt(to, v.FieldByName("v").UnsafePointer()), at)
	case path == module+"app/gateway", path == module+"app/lifecycle", strings.HasPrefix(path, module+"adapters/"):
	case strings.HasPrefix(path, module), path == "":
		name := at
		if path != "" {
			name = v.Type().String()
			w.reached[name] = true
		}
		for i := range v.NumField() {
			w.through(v.Field(i), name+"."+v.Type().Field(i).Name)
		}
	}
}

// isFace says whether an I/O port is a face, or excused, and complains of one that is
// not. That of a port that is nil nobody can tell.
func (w *walk) isFace(port reflect.Value, at string) bool {
	if port.IsNil() {
		w.complaints = append(w.complaints, complaint{at, "is nil"})
		return false
	}
	held := port.Elem().Type()
	if held.Kind() == reflect.Pointer {
		held = held.Elem()
	}
	if held.PkgPath() == module+"app/gateway" || w.excuses(held.String()) {
		return true
	}
	w.complaints = append(w.complaints, complaint{at, fmt.Sprintf("holds %v as %v", held, port.Type())})
	return false
}

func (w *walk) excuses(what string) bool {
	_, ok := noFaces[what]
	w.excused[what] = w.excused[what] || ok
	return ok
}

// asks says whether a type is an interface of the module, or one without a name, that
// has a method which takes a context. A call that does I/O takes time, and must end with
// its context.
func asks(t reflect.Type) bool {
	if t.Kind() != reflect.Interface || t.Name() != "" && !strings.HasPrefix(t.PkgPath(), module) {
		return false
	}
	for method := range t.Methods() {
		for parameter := range method.Type.Ins() {
			if parameter == reflect.TypeFor[context.Context]() {
				return true
			}
		}
	}
	return false
}
