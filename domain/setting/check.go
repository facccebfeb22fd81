package setting

import "slices"

// Check is something that several settings must be together.
type Check struct {
	// Variables are the settings in question. The first one is blamed; all of
	// them get their defaults back.
	Variables []string
	// Late says that the check needs the Parameter Store's answer.
	Late bool
	// Problem returns what is wrong, "" for nothing.
	Problem func(Target) string
}

// homeChecks are those of the settings of the home.
var homeChecks = []Check{
	{
		Variables: []string{"HOME_ASSISTANT_CLIENT_CERT", "HOME_ASSISTANT_CLIENT_KEY"}, Late: true,
		Problem: func(t Target) string { return clientCertificateProblem(t.home().Access) },
	}, {
		Variables: []string{"HOME_ASSISTANT_URL"}, Late: true,
		Problem: func(t Target) string {
			if t.home().HomeEnabled && t.home().Access.URL == "" {
				return "is not set, and HOME_ASSISTANT_ENABLED is true"
			}
			return ""
		},
	},
}

// check makes one check. It adds no mistake where a value of one of its variables was a
// mistake already: that one says it better.
func (r *reader) check(c Check) {
	problem := c.Problem(r.into)
	if problem == "" {
		return
	}
	known := slices.ContainsFunc(r.Mistakes, func(m Mistake) bool { return slices.Contains(c.Variables, m.Variable) })
	blamed := slices.IndexFunc(r.Entries, func(e Entry) bool { return e.Variable == c.Variables[0] })
	was := r.Entries[blamed]
	for i := range r.table.Variables {
		if slices.Contains(c.Variables, r.table.Variables[i].Name) {
			r.reset(i)
		}
	}
	if known {
		return
	}
	m := Mistake{
		Variable: was.Variable, Origin: was.Origin, Problem: problem,
		Allowed: r.table.Variables[blamed].Allowed(), Taken: r.Entries[blamed].Value,
	}
	if m.Origin == "" {
		m.Origin = m.Variable
	} else {
		m.Value = shown(was.Value)
	}
	r.Mistakes = append(r.Mistakes, m)
}

// reset gives a row its default back.
func (r *reader) reset(i int) {
	v, fallback := &r.table.Variables[i], r.Entries[i].Default
	v.place(r.into).SetZero()
	if fallback != "" {
		_ = v.Set(r.into, fallback) // as when the row was read
	}
	r.Entries[i] = Entry{Variable: v.Name, Value: v.Show(r.into), Default: fallback}
}
