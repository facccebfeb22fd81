// Package exposure decides which entities of a home Alexa may know of. It is
// pure, so that the engine and the failsafe decide alike.
//
// A filter is a list of rules, separated by commas, semicolons or new lines. A
// line that begins with # is a remark.
//
//	light                 entities of a domain
//	light.kitchen_lights  one entity
//	light.kitchen_*       entities by name; * stands for anything, ? for one character
//	area:Kitchen          entities in an area, by its name, alias or id
//	label:alexa           entities with a label, by its name or id
//	exposed               entities shown to an assistant on Home Assistant's page "Expose";
//	                      exposed:alexa or exposed:assist to one of them
//	all, none             every entity, no entity
//	-RULE                 leaves out what RULE is about
//	+RULE                 lets in what RULE is about even if it is hidden, diagnostic or a setting
//
// Of all rules that are about an entity the last one decides. An entity that no
// rule is about is let in by a filter that only leaves out, and by an empty one.
// What Home Assistant hides, and what it counts as diagnostic or as a setting,
// stays out unless a + rule or a rule that is the entity's whole id lets it in.
package exposure

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// Filter is a list of rules. The zero Filter is empty: it lets in every entity
// that is not hidden, diagnostic or a setting. It is a value, safe for concurrent
// use.
type Filter struct {
	rules []rule
	// closed says that what no rule is about is left out.
	closed bool
}

// None returns the filter that lets nothing in.
func None() Filter { return Filter{rules: []rule{{subject: nobody, text: "none"}}, closed: true} }

// Parse reads a filter. Its error, a Mistakes, names every rule that cannot be
// taken; the filter is None then, since nobody knows what it should have left
// out.
func Parse(text string) (Filter, error) {
	var f Filter
	var mistakes Mistakes
	n := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' }) {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			n++
			r, problem := parseRule(part)
			if problem != "" {
				mistakes = append(mistakes, Mistake{n, part, problem})
				continue
			}
			f.rules = append(f.rules, r)
			f.closed = f.closed || r.sign != minus
		}
	}
	if len(mistakes) > 0 {
		return None(), mistakes
	}
	return f, nil
}

// String returns the filter as Parse reads it, "" for an empty one.
func (f Filter) String() string { return strings.Join(f.Rules(), ", ") }

// Rules returns the rules as they are written.
func (f Filter) Rules() []string {
	texts := make([]string, len(f.rules))
	for i, r := range f.rules {
		texts[i] = r.String()
	}
	return texts
}

// Decision is what a filter says of an entity.
type Decision struct {
	// In says that the entity is let in.
	In bool
	// Named says that it is let in even if it is hidden, diagnostic or a setting.
	Named bool
	// By is the place among Rules of the rule that decided, -1 when none did.
	By int
	// Unknown is the place among Rules of a rule that would decide otherwise, and
	// of which nobody can tell whether it is about the entity; -1 when there is
	// none. In is false then.
	Unknown int
}

// Decide says whether an entity is let in, as far as the registry tells.
func (f Filter) Decide(id home.EntityID, r home.Registry) Decision {
	d := Decision{In: !f.closed, By: -1, Unknown: -1}
	var doubtful [2]int // one more than the last doubtful rule that would let in, leave out
	for i := len(f.rules) - 1; i >= 0 && d.By < 0; i-- {
		switch about, known := f.rules[i].about(id, r); {
		case !known:
			verdict := f.rules[i].verdict()
			doubtful[verdict] = max(doubtful[verdict], i+1)
		case about:
			d.By, d.In = i, f.rules[i].verdict() == letIn
		}
	}
	against := leaveOut
	if !d.In {
		against = letIn
	}
	if doubtful[against] > 0 {
		return Decision{By: -1, Unknown: doubtful[against] - 1}
	}
	d.Named = d.In && f.names(id, r, d.By)
	return d
}

// Withholds says whether the filter leaves an entity out whatever the registries
// say. Alexa may know of it from before; directives for it are refused. A filter
// that lets in nothing at all withholds nothing: it is what is taken for one that
// cannot be read, and devices are to go on working then.
func (f Filter) Withholds(id home.EntityID) bool {
	if len(f.rules) == 1 && f.rules[0].subject == nobody {
		return false
	}
	d := f.Decide(id, home.Registry{})
	return !d.In && d.Unknown < 0
}

// names says whether one of the rules up to the place given names an entity, with
// none after it that leaves the entity out.
func (f Filter) names(id home.EntityID, r home.Registry, last int) bool {
	for i := last; i >= 0; i-- {
		about, known := f.rules[i].about(id, r)
		switch {
		case f.rules[i].sign == minus && (about || !known):
			return false
		case about && known && f.rules[i].names():
			return true
		}
	}
	return false
}

// Idle returns the rules that are about none of these entities, as far as the
// registry tells: most often they are misspelt.
func (f Filter) Idle(ids []home.EntityID, r home.Registry) []string {
	var idle []string
	for _, rule := range f.rules {
		if rule.subject == nobody || slices.ContainsFunc(ids, func(id home.EntityID) bool {
			about, known := rule.about(id, r)
			return about || !known
		}) {
			continue
		}
		idle = append(idle, rule.String())
	}
	return idle
}
