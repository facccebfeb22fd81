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

// settingTables are the tables of settings: the package, and the names of its lists of rows.
var settingTables = map[string][]string{
	module + "domain/setting": {"table"},
	module + "app/config":     {"before", "after"},
}

// settingStructs are the structs in which each exported field is a setting, or is a struct
// that holds settings.
var settingStructs = []struct{ of, name string }{
	{module + "app/config", "Settings"}, {module + "domain/setting", "Home"}, {module + "domain/home", "Access"},
}

// settingsRead are the files of those packages that fill in and check settings. What
// they read of a setting has no effect on what LEE does.
var settingsRead = []string{"table.go", "check.go", "read.go"}

// TestSettingsAreRead: each setting of the tables has an effect, so the product reads each
// field that a row sets.
func TestSettingsAreRead(t *testing.T) {
	for _, problem := range unreadSettings(t, loadProduct(t)) {
		t.Error(problem)
	}
}

// TestUnreadSettings wants planted settings found that nothing reads, and what the tables
// and the fields lack.
func TestUnreadSettings(t *testing.T) {
	_, want := plantSettings(t)
	onlyPlanted(t, func(p *program) []string { return unreadSettings(t, p) }, want)
}

const (
	unreadSetting = "%s: nothing reads the field %s. Read it where it has its effect, or remove the row and the field."
	rowlessField  = "%s has no row in a table of settings. Add one, or remove the field."
	fieldlessRow  = "%s: its row does not return the address of a field."
)

func plantSettings(t *testing.T) (files map[string]string, want []string) {
	t.Helper()
	const (
		settings, table, user = "app/config/settings.go", "app/config/table.go", "app/wiring/settings.go"
		home, homeTable       = "domain/setting/home.go", "domain/setting/table.go"
		access                = "domain/home/access.go"
	)
	var fields, rows, homeFields, homeRows, accessFields, code strings.Builder
	for _, c := range []struct {
		// field is the planted field, "" for none, and row its row of the table.
		field, row string
		// code is what app/wiring does with the field of s, a config.Settings.
		code string
		// want is what must be found, "" for nothing.
		want string
	}{
		{"A", "a", "", fmt.Sprintf(unreadSetting, "a", "A")},
		{"B", "b", "s.B = 1", fmt.Sprintf(unreadSetting, "b", "B")},
		{"C", "c", "s = config.Settings{C: 1}", fmt.Sprintf(unreadSetting, "c", "C")},
		{"D", "d", "_ = s.D", ""},
		{"E", "e", "_ = initial{&s}.E", ""},
		{"F", "f", "other.Mode = s.F", ""},
		{"", "g", "", fmt.Sprintf(fieldlessRow, "g")},
		{"H", "", "_ = s.H", fmt.Sprintf(rowlessField, "H of app/config.Settings")},
	} {
		place := "new(Mode)"
		if c.field != "" {
			fmt.Fprintf(&fields, "\t%s Mode\n", c.field)
			place = "&of(t)." + c.field
		}
		if c.row != "" {
			fmt.Fprintf(&rows, "\t{Name: %q, Kind: oneOf[Mode](modes[:]), At: func(t setting.Target) any { return %s }},\n", c.row, place)
		}
		fmt.Fprintf(&code, "\t%s\n", c.code)
		if c.want != "" {
			want = append(want, c.want)
		}
	}
	// The same in the settings of the home, and in a struct of theirs.
	for _, c := range []struct{ field, of, code, want string }{
		{"I", "t.home().I", "", fmt.Sprintf(unreadSetting, "i", "I")},
		{"J", "t.home().J", "_ = s.J", ""},
		{"K", "", "_ = s.Home.K", fmt.Sprintf(rowlessField, "K of domain/setting.Home")},
		{"L", "t.home().Access.L", "", fmt.Sprintf(unreadSetting, "l", "L")},
		{"M", "t.home().Access.M", "_ = s.Access.M", ""},
		{"N", "", "_ = s.Access.N", fmt.Sprintf(rowlessField, "N of domain/home.Access")},
	} {
		if c.field < "L" {
			fmt.Fprintf(&homeFields, "\t%s string\n", c.field)
		} else {
			fmt.Fprintf(&accessFields, "\t%s string\n", c.field)
		}
		if c.of != "" {
			fmt.Fprintf(&homeRows, "\t{Name: %q, Kind: &homeURL, At: func(t Target) any { return &%s }},\n", strings.ToLower(c.field), c.of)
		}
		fmt.Fprintf(&code, "\t%s\n", c.code)
		if c.want != "" {
			want = append(want, c.want)
		}
	}
	return map[string]string{
		settings:  withPlant(t, settings, "type Settings struct {\n", fields.String()),
		table:     withPlant(t, table, "var before = []setting.Variable{\n", rows.String()),
		home:      withPlant(t, home, "type Home struct {\n", homeFields.String()),
		homeTable: withPlant(t, homeTable, "var table = []Variable{\n", homeRows.String()),
		access:    withPlant(t, access, "type Access struct {\n", accessFields.String()),
		user:      withPlant(t, user, "\n)\n", "\nfunc plant(s, other config.Settings) {\n"+code.String()+"}\n"),
	}, slices.Sorted(slices.Values(want))
}

// unreadSettings returns what is wrong: the rows whose field nothing reads, or that have
// none, and the exported fields without a row.
func unreadSettings(t *testing.T, p *program) []string {
	t.Helper()
	var problems []string
	var rows []tableRow
	read := map[types.Object]bool{} // whether something reads the field
	for path, tables := range settingTables {
		rows = append(rows, tableRows(t, p.packages[path], tables)...)
	}
	for _, r := range rows {
		if r.field != nil {
			read[r.field] = false
		}
	}
	for path, one := range p.packages {
		for _, file := range one.files {
			name := filepath.Base(p.fset.Position(file.Pos()).Filename)
			if settingTables[path] == nil || !slices.Contains(settingsRead, name) {
				markRead(one, file, read)
			}
		}
	}
	for _, r := range rows {
		switch {
		case r.field == nil:
			problems = append(problems, fmt.Sprintf(fieldlessRow, r.name))
		case !read[r.field]:
			problems = append(problems, fmt.Sprintf(unreadSetting, r.name, r.field.Name()))
		}
	}
	for _, s := range settingStructs {
		fields, ok := p.packages[s.of].Scope().Lookup(s.name).Type().Underlying().(*types.Struct)
		if !ok {
			t.Fatalf("%s.%s is not a struct", s.of, s.name)
		}
		for field := range fields.Fields() {
			_, row := read[field]
			if field.Exported() && !row && !holdsSetting(field.Type(), read) {
				problems = append(problems, fmt.Sprintf(rowlessField, field.Name()+" of "+strings.TrimPrefix(s.of, module)+"."+s.name))
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// holdsSetting says whether a type is a struct in which a row sets a field, at any depth.
func holdsSetting(of types.Type, rows map[types.Object]bool) bool {
	fields, ok := of.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range fields.Fields() {
		if _, row := rows[field]; row || holdsSetting(field.Type(), rows) {
			return true
		}
	}
	return false
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
	// field is the field that it sets, nil for none.
	field types.Object
}

// tableRows returns the rows of a package's tables.
func tableRows(t *testing.T, of *typed, tables []string) []tableRow {
	t.Helper()
	var rows []tableRow
	for _, file := range of.files {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || !slices.Contains(tables, spec.Names[0].Name) {
				return true
			}
			list, ok := spec.Values[0].(*ast.CompositeLit)
			if !ok {
				t.Fatalf("the table %s is not written as a list", spec.Names[0].Name)
			}
			for _, row := range list.Elts {
				rows = append(rows, rowOf(t, of, row))
			}
			return false
		})
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no table", of.Path())
	}
	return rows
}

// rowOf reads one row: its name, and the field whose address its At returns.
func rowOf(t *testing.T, in *typed, row ast.Expr) tableRow {
	t.Helper()
	r := tableRow{}
	literal, ok := row.(*ast.CompositeLit)
	if !ok {
		t.Fatal("a row of a table is not written out")
	}
	for _, member := range literal.Elts {
		pair, ok := member.(*ast.KeyValueExpr)
		if !ok {
			t.Fatal("a row of a table has members without names")
		}
		switch types.ExprString(pair.Key) {
		case "Name":
			r.name, _ = strconv.Unquote(types.ExprString(pair.Value))
		case "At":
			ast.Inspect(pair.Value, func(n ast.Node) bool {
				if address, ok := n.(*ast.UnaryExpr); ok && address.Op == token.AND {
					if of, ok := address.X.(*ast.SelectorExpr); ok && in.info.Selections[of] != nil {
						r.field = in.info.Selections[of].Obj()
					}
				}
				return true
			})
		}
	}
	return r
}
