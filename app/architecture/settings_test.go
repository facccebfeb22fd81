package architecture

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// settingsRead are the files of app/config that fill in and check settings. What
// they read of a setting has no effect on what LEE does.
var settingsRead = []string{"table.go", "check.go", "read.go"}

// TestSettingsAreRead: each setting of the table has an effect, so each field of
// config.Settings is read by the product.
func TestSettingsAreRead(t *testing.T) {
	for _, problem := range unreadSettings(t, loadProduct(t)) {
		t.Error(problem)
	}
}

// TestUnreadSettings wants planted settings found that nothing reads, and what the table
// and the fields lack.
func TestUnreadSettings(t *testing.T) {
	_, want := plantSettings(t)
	onlyPlanted(t, func(p *program) []string { return unreadSettings(t, p) }, want)
}

func plantSettings(t *testing.T) (files map[string]string, want []string) {
	t.Helper()
	const settings, table, user = "app/config/settings.go", "app/config/table.go", "app/wiring/settings.go"
	const unread = "%s: nothing reads config.Settings.%s. Read it where it has its effect, or remove the row and the field."
	var fields, rows, code strings.Builder
	for _, c := range []struct {
		// field is the planted field, "" for none, and row its row of the table.
		field, row string
		// code is what app/wiring does with the field of s, a config.Settings.
		code string
		// want is what must be found, "" for nothing.
		want string
	}{
		{"A", "a", "", fmt.Sprintf(unread, "a", "A")},
		{"B", "b", "s.B = 1", fmt.Sprintf(unread, "b", "B")},
		{"C", "c", "s = config.Settings{C: 1}", fmt.Sprintf(unread, "c", "C")},
		{"D", "d", "_ = s.D", ""},
		{"E", "e", "_ = initial{&s}.E", ""},
		{"F", "f", "other.Mode = s.F", ""},
		{"", "g", "", "g: its row in app/config/table.go does not return the address of a field of config.Settings."},
		{"H", "", "_ = s.H", "config.Settings.H has no row in app/config/table.go. Add one, or remove the field."},
	} {
		place := "new(Mode)"
		if c.field != "" {
			fmt.Fprintf(&fields, "\t%s Mode\n", c.field)
			place = "&s." + c.field
		}
		if c.row != "" {
			fmt.Fprintf(&rows, "\t{Name: %q, field: in(oneOf[Mode](modes[:]), func(s *Settings) *Mode { return %s })},\n", c.row, place)
		}
		fmt.Fprintf(&code, "\t%s\n", c.code)
		if c.want != "" {
			want = append(want, c.want)
		}
	}
	return map[string]string{
		settings: withPlant(t, settings, "type Settings struct {\n", fields.String()),
		table:    withPlant(t, table, "var table = []Variable{\n", rows.String()),
		user:     withPlant(t, user, "\n)\n", "\nfunc plant(s, other config.Settings) {\n"+code.String()+"}\n"),
	}, want
}

// unreadSettings returns what is wrong: the rows of the table whose field nothing
// reads, or that have none, and the exported fields without a row.
func unreadSettings(t *testing.T, p *program) []string {
	t.Helper()
	config := p.packages[module+"app/config"]
	settings, ok := config.Scope().Lookup("Settings").Type().Underlying().(*types.Struct)
	if !ok {
		t.Fatal("config.Settings is not a struct")
	}
	fields := map[types.Object]bool{} // whether something reads it
	for field := range settings.Fields() {
		if field.Exported() {
			fields[field] = false
		}
	}
	for _, one := range p.packages {
		for _, file := range one.files {
			name := filepath.Base(p.fset.Position(file.Pos()).Filename)
			if one != config || !slices.Contains(settingsRead, name) {
				markRead(one, file, fields)
			}
		}
	}
	var problems []string
	rows := map[types.Object]bool{}
	for _, r := range tableRows(t, config) {
		switch {
		case r.field == nil:
			problems = append(problems, r.name+": its row in app/config/table.go does not return the address of a field of config.Settings.")
		case !fields[r.field]:
			problems = append(problems, r.name+": nothing reads config.Settings."+r.field.Name()+". Read it where it has its effect, or remove the row and the field.")
		}
		rows[r.field] = true
	}
	for field := range settings.Fields() {
		if field.Exported() && !rows[field] {
			problems = append(problems, "config.Settings."+field.Name()+" has no row in app/config/table.go. Add one, or remove the field.")
		}
	}
	return problems
}

// markRead marks the fields that a file reads. To assign to one is not to read it.
func markRead(of *typed, file *ast.File, fields map[types.Object]bool) {
	assigned := map[ast.Expr]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				assigned[to] = n.Tok == token.ASSIGN
			}
		case *ast.SelectorExpr:
			selected := of.info.Selections[n]
			if selected == nil || assigned[n] {
				return true
			}
			if _, known := fields[selected.Obj()]; known {
				fields[selected.Obj()] = true
			}
		}
		return true
	})
}

// tableRow is a row of the table of settings.
type tableRow struct {
	name string
	// field is the field of config.Settings that it sets, nil for none.
	field types.Object
}

// tableRows returns the rows of config's table.
func tableRows(t *testing.T, config *typed) []tableRow {
	t.Helper()
	var rows []tableRow
	for _, file := range config.files {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Names[0].Name != "table" {
				return true
			}
			list, ok := spec.Values[0].(*ast.CompositeLit)
			if !ok {
				t.Fatal("app/config's table is not written as a list")
			}
			for _, row := range list.Elts {
				rows = append(rows, rowOf(t, config, row))
			}
			return false
		})
	}
	if len(rows) == 0 {
		t.Fatal("app/config has no table")
	}
	return rows
}

// rowOf reads one row: its name, and the field whose address its `field` returns.
func rowOf(t *testing.T, config *typed, row ast.Expr) tableRow {
	t.Helper()
	r := tableRow{}
	literal, ok := row.(*ast.CompositeLit)
	if !ok {
		t.Fatal("a row of app/config's table is not written out")
	}
	for _, member := range literal.Elts {
		pair, ok := member.(*ast.KeyValueExpr)
		if !ok {
			t.Fatal("a row of app/config's table has members without names")
		}
		switch types.ExprString(pair.Key) {
		case "Name":
			r.name, _ = strconv.Unquote(types.ExprString(pair.Value))
		case "field":
			ast.Inspect(pair.Value, func(n ast.Node) bool {
				if address, ok := n.(*ast.UnaryExpr); ok && address.Op == token.AND {
					if of, ok := address.X.(*ast.SelectorExpr); ok && config.info.Selections[of] != nil {
						r.field = config.info.Selections[of].Obj()
					}
				}
				return true
			})
		}
	}
	return r
}
