package exposure

import (
	"strings"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// rule is one rule of a filter.
type rule struct {
	sign    sign
	subject subject
	// text is what the subject is: a domain, an id, a pattern, a name; the
	// subject's own word where it needs none.
	text string
}

// sign is what stands before a rule.
type sign byte

const (
	plain sign = iota
	plus
	minus
)

var signs = [...]string{plain: "", plus: "+", minus: "-"}

// subject is what a rule is about.
type subject byte

const (
	everybody subject = iota
	nobody
	domain
	entity
	pattern
	area
	label
	exposed
	toAlexa
	toAssist
)

// words are the rules that are one word.
var words = map[string]subject{
	"all": everybody, "*": everybody, "none": nobody,
	"exposed": exposed, "exposed:alexa": toAlexa, "exposed:assist": toAssist,
}

// prefixes are what stands before a name.
var prefixes = map[string]subject{"area": area, "label": label}

// verdict is what a rule does with the entities that it is about.
type verdict byte

const (
	letIn verdict = iota
	leaveOut
)

func (r rule) verdict() verdict {
	if r.sign == minus {
		return leaveOut
	}
	return letIn
}

// names says that the rule lets in what it is about even if it is hidden.
func (r rule) names() bool { return r.sign == plus || r.sign == plain && r.subject == entity }

// String returns the rule as it is written.
func (r rule) String() string {
	for prefix, subject := range prefixes {
		if r.subject == subject {
			return signs[r.sign] + prefix + ":" + r.text
		}
	}
	return signs[r.sign] + r.text
}

// about says whether the rule is about an entity; known is false when that is
// not known.
func (r rule) about(id home.EntityID, registry home.Registry) (about, known bool) {
	switch r.subject {
	case everybody:
		return true, true
	case domain:
		return id.Domain() == r.text, true
	case entity:
		return string(id) == r.text, true
	case pattern:
		return matches(r.text, string(id)), true
	case area:
		return registry.InArea(id, r.text)
	case label:
		return registry.Labelled(id, r.text)
	case exposed:
		return registry.ExposedTo(id, home.Alexa|home.Assist)
	case toAlexa:
		return registry.ExposedTo(id, home.Alexa)
	case toAssist:
		return registry.ExposedTo(id, home.Assist)
	default: // nobody
		return false, true
	}
}

// parseRule reads a rule that is not empty. problem says what is wrong with it,
// "" for nothing.
func parseRule(text string) (r rule, problem string) {
	switch text[0] {
	case '+':
		r.sign, text = plus, text[1:]
	case '-':
		r.sign, text = minus, text[1:]
	case '!':
		return r, "begins with !, and what is to be left out begins with -"
	}
	text = strings.TrimSpace(text)
	lower := strings.ToLower(text)
	if subject, ok := words[lower]; ok {
		r.subject, r.text = subject, lower
		if subject == everybody {
			r.text = "all"
		}
		return r, ""
	}
	if prefix, name, ok := strings.Cut(text, ":"); ok {
		r.text = strings.TrimSpace(name)
		r.subject, ok = prefixes[strings.ToLower(strings.TrimSpace(prefix))]
		switch {
		case !ok:
			return r, "is none of area:NAME, label:NAME, exposed, exposed:alexa and exposed:assist"
		case r.text == "":
			return r, "has no name after its colon"
		}
		return r, ""
	}
	r.text = lower
	r.subject, problem = entities(lower)
	return r, problem
}

// entities finds out which of domain, entity and pattern a text is, and what is
// wrong with it when it is none.
func entities(text string) (of subject, problem string) {
	odd := func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && !strings.ContainsRune("_.*?", c)
	}
	dots := strings.Count(text, ".")
	wild := strings.ContainsAny(text, "*?")
	_, valid := home.ParseEntityID(text)
	switch {
	case text == "":
		return of, "is a sign with nothing behind it"
	case strings.ContainsFunc(text, odd):
		return of, "is no domain and no entity id: these are of letters from a to z, digits and underscores"
	case dots > 1:
		return of, "has more than one dot"
	case dots == 0 && wild:
		return of, "has a wildcard and no dot; " + text + ".* would be about domains, *." + text + " about names"
	case dots == 0:
		return domain, ""
	case wild:
		return pattern, ""
	case !valid:
		return of, "is no entity id, as light.kitchen_lights is one"
	default:
		return entity, ""
	}
}

// matches says whether s has the form of a pattern, in which * stands for any
// text and ? for any one character. It takes no longer than the product of their
// lengths.
func matches(pattern, s string) bool {
	star, again := -1, 0 // where to go on when what followed the last star does not fit
	p, i := 0, 0
	for i < len(s) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, again = p, i
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == s[i]):
			p++
			i++
		case star >= 0:
			again++
			p, i = star+1, again
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}
