package setting

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

// Sources are where settings are looked for.
type Sources struct {
	Environment
	// Parameters are those of the Parameter Store, by their path below the prefix. None
	// is empty unless Store is StoreRead.
	Parameters map[string]Parameter
	// Store says what is known of the Parameter Store.
	Store Store
}

// Store is what a program knows of the Parameter Store.
type Store uint8

const (
	// StoreUnread means that the store was not asked yet. Checks that need its answer wait.
	StoreUnread Store = iota
	// StoreRead means that the store answered: what is missing is not set.
	StoreRead
	// StoreFailed means that the store was asked and did not answer. A setting that guards
	// something (Variable.WhenWrong) may be in it, and is as if it were a mistake.
	StoreFailed
)

// Parameter is a value in the Parameter Store, decrypted.
type Parameter struct {
	Value secret.Text
	// Type is AWS's name for how the value is kept: "String", "StringList" or
	// "SecureString"
	// (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html).
	Type string
}

// Reading is what came of reading a table once.
type Reading struct {
	// Entries has one entry for each variable of the table.
	Entries []Entry
	// Mistakes are the values that were not taken; nil for none.
	Mistakes Mistakes
}

// reader reads a table.
type reader struct {
	Reading
	table Table
	into  Target
	// secrets are the raw values of secrets, which no other text may show.
	secrets []string
}

// Read reads the whole table into a target, which must be zero.
func (t Table) Read(into Target, from Sources) Reading {
	r := reader{Reading: Reading{Entries: make([]Entry, 0, len(t.Variables))}, table: t, into: into}
	for i := range t.Variables {
		v := &t.Variables[i]
		g, ok := from.given(v)
		if !ok {
			g, ok = from.stored(v, into.home().ParameterPrefix)
		}
		r.row(v, from.fallback(v, into), g, ok)
		if !ok && from.Store == StoreFailed && v.WhenWrong != "" {
			r.unanswered(v)
		}
		r.below(v, from.Parameters)
	}
	for _, c := range t.Checks {
		if !c.Late || from.Store != StoreUnread || !into.home().UseParameterStore {
			r.check(c)
		}
	}
	r.conceal()
	return r.Reading
}

// row reads one row, with its default.
func (r *reader) row(v *Variable, fallback string, g given, ok bool) {
	if fallback != "" {
		// A default is always one of the values allowed: a test of each table says so.
		_ = v.Set(r.into, fallback)
	}
	entry := Entry{Variable: v.Name, Default: fallback}
	if ok {
		if v.Secret && (g.path == "" || g.wrong == nil) {
			r.secrets = append(r.secrets, g.text)
		}
		err := g.wrong
		if err == nil {
			err = v.Set(r.into, g.text)
		}
		if err != nil {
			r.mistaken(v, g, err)
		} else {
			entry.Source, entry.Origin, entry.Note = g.source, g.origin, g.note
		}
	}
	entry.Value = v.Show(r.into)
	r.Entries = append(r.Entries, entry)
}

// mistaken replaces a value that is wrong, and notes the mistake.
func (r *reader) mistaken(v *Variable, g given, err error) {
	r.replace(v)
	m := Mistake{
		Variable: v.Name, Origin: g.origin, Value: shown(g.text),
		Problem: err.Error(), Allowed: v.Allowed(), Taken: v.Show(r.into),
	}
	switch {
	case g.path != "":
		m.Value = shown(g.path)
	case v.Secret:
		m.Value = secret.Mask
	}
	r.Mistakes = append(r.Mistakes, m)
}

// unanswered treats a setting that may be in the Parameter Store as a mistake.
func (r *reader) unanswered(v *Variable) {
	r.replace(v)
	r.Entries[len(r.Entries)-1].Value = v.Show(r.into)
	r.Mistakes = append(r.Mistakes, Mistake{
		Variable: v.Name, Origin: v.Name, Problem: "may be in the Parameter Store, which does not answer", Taken: v.Show(r.into),
	})
}

// replace sets what replaces a mistake. The default is set already.
func (r *reader) replace(v *Variable) {
	if v.WhenWrong != "" {
		_ = v.Set(r.into, v.WhenWrong) // as with the defaults
	}
}

// below reads the parameters below that of a row, where there may be some.
func (r *reader) below(v *Variable, parameters map[string]Parameter) {
	if v.Below == nil {
		return
	}
	for _, path := range slices.Sorted(maps.Keys(parameters)) {
		if name, ok := strings.CutPrefix(path, v.Path+"/"); ok {
			v.Below(r.into.home(), name, strings.TrimSpace(parameters[path].Value.Reveal()))
		}
	}
	entry := &r.Entries[len(r.Entries)-1]
	value := v.Show(r.into)
	if entry.Value != value && entry.Source == FromDefault {
		entry.Source, entry.Origin = FromParameterStore, r.into.home().ParameterPrefix+"/"+v.Path+"/…"
	}
	entry.Value = value
}

// minConcealed is the length in bytes from which a secret is looked for in other texts:
// a shorter one would take ordinary words out of them.
const minConcealed = 8

// conceal takes secrets out of what is said of other variables: somebody may put a token
// into two of them.
func (r *reader) conceal() {
	for _, value := range r.into.home().Access.Headers {
		r.secrets = append(r.secrets, value.Reveal())
	}
	for _, s := range r.secrets {
		if len(s) < minConcealed {
			continue
		}
		for i := range r.Mistakes {
			m := &r.Mistakes[i]
			m.Value = strings.ReplaceAll(m.Value, s, secret.Mask)
			m.Problem = strings.ReplaceAll(m.Problem, s, secret.Mask)
		}
		for i := range r.Entries {
			e := &r.Entries[i]
			e.Value = strings.ReplaceAll(e.Value, s, secret.Mask)
		}
	}
}

// stored returns the Parameter Store's value of a setting.
func (s Sources) stored(v *Variable, prefix string) (given, bool) {
	p, ok := s.Parameters[v.Path]
	if v.Path == "" || !ok {
		return given{}, false
	}
	text := strings.TrimSpace(p.Value.Reveal())
	g := given{source: FromParameterStore, origin: prefix + "/" + v.Path, text: text}
	switch {
	case p.Type == "StringList" && !v.List:
		g.wrong = errors.New("is a StringList, which this setting is not")
	case text == "":
		g.wrong = errors.New("is empty")
	case v.Secret && p.Type != "SecureString":
		g.note = "a secret that is kept as " + p.Type + ": make it a SecureString"
	}
	return g, true
}
