package architecture

import (
	"fmt"
	"slices"
	"strings"
)

// rule says what some packages may not import.
type rule struct {
	// of are the packages, except are those that the rule is not about.
	of, except []string
	// own says that only the packages' own imports count, not what these import
	// in turn.
	own bool
	// never are packages that must not be imported.
	never []ban
	// only are, when there are any, the packages that may be imported; all
	// others may not. Of the standard library that is said only when own is.
	only []string
}

// ban is a pattern for packages that must not be imported, and why.
type ban struct{ pattern, why string }

// violation is a rule broken.
type violation struct {
	// chain leads from the package to what it must not import.
	chain []string
	why   string
}

func (v violation) String() string {
	short := make([]string, len(v.chain))
	for i, path := range v.chain {
		short[i] = strings.TrimPrefix(path, module)
	}
	return fmt.Sprintf("%s must not import %s: %s\n\t%s", short[0], short[len(short)-1], v.why, strings.Join(short, " → "))
}

// check returns how the graph breaks the rule.
func (r rule) check(g graph) []violation {
	var violations []violation
	for _, pattern := range r.of {
		for _, from := range g.matching(pattern) {
			if matchAny(r.except, from) {
				continue
			}
			for path, chain := range g.reach(from) {
				if r.own && len(chain) > 2 {
					continue
				}
				if why := r.forbids(path, g[path].Standard); why != "" {
					violations = append(violations, violation{chain, why})
				}
			}
		}
	}
	slices.SortFunc(violations, func(a, b violation) int { return slices.Compare(a.chain, b.chain) })
	return violations
}

// forbids returns why a package must not be imported, "" when it may.
func (r rule) forbids(path string, standard bool) string {
	for _, b := range r.never {
		if match(b.pattern, path) {
			return b.why
		}
	}
	if len(r.only) > 0 && (r.own || !standard) && !matchAny(r.only, path) {
		return "it is not among the few that may be"
	}
	return ""
}

// stale returns the patterns of the rule that no package is meant by any more:
// a rule about nothing would hold for ever.
func (r rule) stale(g graph) []string {
	patterns := slices.Concat(r.of, r.except, r.only)
	for _, b := range r.never {
		patterns = append(patterns, b.pattern)
	}
	return slices.DeleteFunc(patterns, func(pattern string) bool { return len(g.matching(pattern)) > 0 })
}

func matchAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return match(pattern, path) })
}
