package config

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// FromEnvironment returns the settings that the environment and the defaults
// give, without the Parameter Store. Where there is a mistake the default is
// taken. lookup is os.LookupEnv or the like; files that variables name are read
// from the disk (Environment.Settings reads them from elsewhere).
func FromEnvironment(lookup func(name string) (string, bool)) (Settings, Mistakes) {
	return Environment{Lookup: lookup, ReadFile: ReadFile}.Settings()
}

// Defaults returns the settings of an empty environment.
func Defaults() Settings {
	s, _ := FromEnvironment(func(string) (string, bool) { return "", false })
	return s
}

// Settings returns the settings that the environment and the defaults give.
func (e Environment) Settings() (Settings, Mistakes) {
	r := read(e, nil, false)
	return r.settings, r.mistakes
}

// reading is the table read once.
type reading struct {
	settings Settings
	entries  []Entry // one for each row of the table
	mistakes Mistakes
	// secrets are the raw values of secrets, to be kept out of every text.
	secrets []string
}

// read reads the whole table. parameters are those of the Parameter Store by
// their path below the prefix; complete says whether they are known, so that
// what is missing now will stay missing.
func read(e Environment, parameters map[string]ports.Parameter, complete bool) reading {
	r := reading{entries: make([]Entry, 0, len(table))}
	for i := range table {
		v := &table[i]
		g, ok := e.given(v)
		if !ok {
			g, ok = fromParameters(v, parameters, r.settings.ParameterPrefix)
		}
		r.row(v, e.fallback(v, &r.settings), g, ok)
		r.rowsBelow(v, parameters)
	}
	complete = complete || !r.settings.UseParameterStore
	for _, c := range checks {
		if complete || !c.late {
			r.check(c)
		}
	}
	r.conceal()
	return r
}

// row reads one row, with its default.
func (r *reading) row(v *Variable, fallback string, g given, ok bool) {
	if fallback != "" {
		// A default is always one of the values allowed: TestDefaults.
		_ = v.field.set(&r.settings, fallback)
	}
	entry := Entry{Variable: v.Name, Default: fallback}
	if ok {
		if v.Secret && (g.path == "" || g.wrong == nil) {
			r.secrets = append(r.secrets, g.text)
		}
		err := g.wrong
		if err == nil {
			err = v.field.set(&r.settings, g.text)
		}
		if err != nil {
			if v.WhenWrong != "" {
				_ = v.field.set(&r.settings, v.WhenWrong)
			}
			r.mistaken(v, g, err)
		} else {
			entry.Source, entry.Origin, entry.Note = g.source, g.origin, g.note
		}
	}
	entry.Value = v.field.show(&r.settings)
	r.entries = append(r.entries, entry)
}

// rowsBelow reads the parameters below that of a row, where there may be some.
func (r *reading) rowsBelow(v *Variable, parameters map[string]ports.Parameter) {
	if v.below == nil {
		return
	}
	for _, path := range slices.Sorted(maps.Keys(parameters)) {
		if name, ok := strings.CutPrefix(path, v.Path+"/"); ok {
			v.below(&r.settings, name, strings.TrimSpace(parameters[path].Value.Reveal()))
		}
	}
	entry := &r.entries[len(r.entries)-1]
	value := v.field.show(&r.settings)
	if entry.Value != value && entry.Source == FromDefault {
		entry.Source, entry.Origin = FromParameterStore, r.settings.ParameterPrefix+"/"+v.Path+"/…"
	}
	entry.Value = value
}

func (r *reading) mistaken(v *Variable, g given, err error) {
	m := Mistake{
		Variable: v.Name, Origin: g.origin, Value: setting.Shown(g.text),
		Problem: err.Error(), Allowed: v.Allowed(), Taken: v.field.show(&r.settings),
	}
	switch {
	case g.path != "":
		m.Value = setting.Shown(g.path)
	case v.Secret:
		m.Value = secret.Mask
	}
	r.mistakes = append(r.mistakes, m)
}

// shortestConcealed is from how many bytes a secret is looked for in other texts:
// a shorter one would take ordinary words out of them.
const shortestConcealed = 8

// conceal takes secrets out of what is said of other variables: a token that was
// put into two of them.
func (r *reading) conceal() {
	for _, value := range r.settings.HomeHeaders {
		r.secrets = append(r.secrets, value.Reveal())
	}
	for _, s := range r.secrets {
		if len(s) < shortestConcealed {
			continue
		}
		for i := range r.mistakes {
			m := &r.mistakes[i]
			m.Value = strings.ReplaceAll(m.Value, s, secret.Mask)
			m.Problem = strings.ReplaceAll(m.Problem, s, secret.Mask)
		}
		for i := range r.entries {
			e := &r.entries[i]
			e.Value = strings.ReplaceAll(e.Value, s, secret.Mask)
		}
	}
}

// fromParameters returns what the Parameter Store says of a setting.
func fromParameters(v *Variable, parameters map[string]ports.Parameter, prefix string) (given, bool) {
	p, ok := parameters[v.Path]
	if v.Path == "" || !ok {
		return given{}, false
	}
	text := strings.TrimSpace(p.Value.Reveal())
	g := given{source: FromParameterStore, origin: prefix + "/" + v.Path, text: text}
	switch {
	case p.Type == ports.ParameterStringList && !v.List:
		g.wrong = errors.New("is a StringList, which this setting is not")
	case text == "":
		g.wrong = errors.New("is empty")
	case v.Secret && p.Type != ports.ParameterSecureString:
		g.note = "a secret that is kept as " + p.Type.String() + ": make it a SecureString"
	}
	return g, true
}
