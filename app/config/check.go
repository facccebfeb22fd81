package config

import (
	"slices"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

// check is something that several settings must be together.
type check struct {
	// variables are the settings in question. The first one is blamed; all of
	// them get their defaults back.
	variables []string
	// late says that the Parameter Store must have been asked before.
	late bool
	// problem returns what is wrong, "" for nothing.
	problem func(*Settings) string
}

var checks = []check{
	{
		variables: []string{"LUGS_MEMORY_THRESHOLD"},
		problem: func(s *Settings) string {
			if s.LUGSMemoryThreshold > s.FunctionMemory {
				return "is more than the function's memory"
			}
			return ""
		},
	}, {
		variables: []string{"HOME_ASSISTANT_CLIENT_CERT", "HOME_ASSISTANT_CLIENT_KEY"},
		late:      true,
		problem:   checkClientCertificate,
	}, {
		variables: []string{"HOME_ASSISTANT_URL"},
		late:      true,
		problem: func(s *Settings) string {
			if s.HomeEnabled && s.HomeURL == "" {
				return "is not set, and HOME_ASSISTANT_ENABLED is true"
			}
			return ""
		},
	},
}

func checkClientCertificate(s *Settings) string {
	if err := setting.ClientCertificate(s.HomeClientCert, s.HomeClientKey); err != nil {
		return err.Error()
	}
	return ""
}

// check makes one check. Its mistake is left out where a value of one of its
// variables was a mistake already: that says it better.
func (r *reading) check(c check) {
	problem := c.problem(&r.settings)
	if problem == "" {
		return
	}
	blamed := slices.IndexFunc(table, func(v Variable) bool { return v.Name == c.variables[0] })
	m := Mistake{Variable: c.variables[0], Origin: r.entries[blamed].Origin, Problem: problem, Allowed: table[blamed].Allowed()}
	if m.Origin == "" {
		m.Origin = m.Variable
	} else {
		m.Value = setting.Shown(r.entries[blamed].Value)
	}
	known := slices.ContainsFunc(r.mistakes, func(m Mistake) bool { return slices.Contains(c.variables, m.Variable) })
	for i := range table {
		if v := &table[i]; slices.Contains(c.variables, v.Name) {
			r.reset(i, v)
		}
	}
	if !known {
		m.Taken = r.entries[blamed].Value
		r.mistakes = append(r.mistakes, m)
	}
}

// reset gives a row its default back.
func (r *reading) reset(i int, v *Variable) {
	var empty Settings
	v.field.copy(&r.settings, &empty)
	fallback := r.entries[i].Default
	if fallback != "" {
		_ = v.field.set(&r.settings, fallback)
	}
	r.entries[i] = Entry{Variable: v.Name, Value: v.field.show(&r.settings), Default: fallback}
}
