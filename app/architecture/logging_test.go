package architecture

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// logsByItself are the functions whose lines of the log name their invocation in
// another way, and which.
var logsByItself = map[string]string{
	"app/engine/note.go log": "the invocation is over, and its trace has the id",
}

// TestLinesNameTheirInvocation: each line that the product logs shows the invocation
// that it belongs to, from its context.
func TestLinesNameTheirInvocation(t *testing.T) {
	found, seen := linesWithoutInvocation(loadProduct(t))
	for _, problem := range found {
		t.Error(problem)
	}
	for where, why := range logsByItself {
		if !seen[where] {
			t.Errorf("%s logs nothing any more (%s). Remove it from logsByItself.", where, why)
		}
	}
}

// TestLinesWithoutInvocation wants planted lines of the log found that do not show their
// invocation.
func TestLinesWithoutInvocation(t *testing.T) {
	_, want := plantLines(t)
	onlyPlanted(t, func(p *program) []string {
		problems, _ := linesWithoutInvocation(p)
		return problems
	}, want)
}

func plantLines(*testing.T) (files map[string]string, want []string) {
	var code strings.Builder
	for i, c := range []struct {
		line string
		want string
	}{
		{`log.Info("x")`, noInvocation},
		{`log.Warn("x", zap.String("correlation", "1"))`, noInvocation},
		{`log.With(zap.Int("x", 1)).Error("x")`, noInvocation},
		{`if line := log.Check(zap.DebugLevel, "x"); line != nil { line.Write(zap.Int("x", 1)) }`, noInvocation},
		{`log.Warn("x", correlation.Field(ctx), zap.Error(err))`, noCrumbs},
		{`log.Error("x", correlation.Field(ctx))`, noCrumbs},
		{`log.Info("x", correlation.Field(ctx))`, ""},
		{`log.Debug("x", zap.Int("x", 1), correlation.Field(ctx), zap.Error(err))`, ""},
		{`log.Warn("x", correlation.Field(ctx))`, ""},
		{`log.Warn("x", correlation.Failure(ctx, err))`, ""},
		{`log.Error("x", correlation.Failure(ctx, nil))`, ""},
		{`if line := log.Check(zap.DebugLevel, "x"); line != nil { line.Write(correlation.Field(ctx)) }`, ""},
		{`_ = log.Name()`, ""},
	} {
		fmt.Fprintf(&code, "func plant%d(ctx context.Context, log *zap.Logger, err error) { %s }\n", i, c.line)
		if c.want != "" {
			want = append(want, fmt.Sprintf("app/wiring/planted.go plant%d: %s", i, c.want))
		}
	}
	return map[string]string{"app/wiring/planted.go": `package wiring

import (
	"context"

	"go.uber.org/zap"

	"` + module + `app/correlation"
)

` + code.String()}, want
}

const (
	noInvocation = "a line of the log does not show its invocation. Give it correlation.Field(ctx), or correlation.Failure(ctx, err) where it is about an error."
	noCrumbs     = "a line of the log about an error does not show what came before it. Give it correlation.Failure(ctx, err)."
)

// logging are zap's methods that write a line, by their full names.
var logging = func() map[string]bool {
	all := map[string]bool{"(*go.uber.org/zap/zapcore.CheckedEntry).Write": true}
	for _, level := range []string{"Debug", "Info", "Warn", "Error", "DPanic", "Panic", "Fatal", "Log"} {
		all["(*go.uber.org/zap.Logger)."+level] = true
	}
	return all
}()

// linesWithoutInvocation returns what is wrong with the lines that the program logs,
// and all functions that log one.
func linesWithoutInvocation(p *program) (problems []string, seen map[string]bool) {
	seen = map[string]bool{}
	for _, one := range p.packages {
		for _, file := range one.files {
			path := p.pathOf(one, file)
			for _, declared := range file.Decls {
				within, ok := declared.(*ast.FuncDecl)
				if !ok {
					continue
				}
				where := path + " " + within.Name.Name
				ast.Inspect(within, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if !ok || !logging[one.callee(call)] {
						return true
					}
					seen[where] = true
					if problem := one.lineProblem(call); problem != "" && logsByItself[where] == "" {
						problems = append(problems, where+": "+problem)
					}
					return true
				})
			}
		}
	}
	slices.Sort(problems)
	return problems, seen
}

// lineProblem returns what is wrong with a call that writes a line, "" for nothing.
func (p *typed) lineProblem(call *ast.CallExpr) string {
	var field, failure, err bool
	for _, argument := range call.Args {
		if made, ok := argument.(*ast.CallExpr); ok {
			switch p.callee(made) {
			case module + "app/correlation.Field":
				field = true
			case module + "app/correlation.Failure":
				failure = true
			case "go.uber.org/zap.Error":
				err = true
			}
		}
	}
	written := p.callee(call)
	switch {
	case failure:
		return ""
	case !field:
		return noInvocation
	case strings.HasSuffix(written, ".Error") || strings.HasSuffix(written, ".Warn") && err:
		return noCrumbs
	default:
		return ""
	}
}

// callee returns the full name of the function or method that is called, "" when that
// has none.
func (p *typed) callee(call *ast.CallExpr) string {
	var name *ast.Ident
	switch called := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = called
	case *ast.SelectorExpr:
		name = called.Sel
	default:
		return ""
	}
	if f, ok := p.info.Uses[name].(*types.Func); ok {
		return f.FullName()
	}
	return ""
}
