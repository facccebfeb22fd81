package sentence

import (
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// places is how a language says where something is.
type places struct {
	// plain is the form of a place that is in no other. With keeps set it keeps the article
	// that was heard.
	plain string
	keeps bool
	// forms are tried one after the other.
	forms []form
	// headFirst says that the noun of a place is its first word ("salle de bain"), otherwise
	// it is the last ("living room").
	headFirst bool
	// articles come before a noun, prepositions before an article. A place that is heard with
	// a preposition keeps it.
	articles, prepositions []string
	// joiner is "and".
	joiner string
}

// form is how to say that something is in some places.
type form struct {
	says string
	// heads are the nouns, in small letters. With compound set the noun may end with one of
	// them, with starting set it begins with one of them.
	heads              []string
	compound, starting bool
}

// here is the form of a place that needs no preposition, "upstairs".
const here = "{" + intent.SlotArea + "}"

// put returns an area with its preposition.
func (p *places) put(area string) string {
	words := strings.Fields(area)
	if len(words) == 0 {
		return ""
	}
	if slices.Contains(p.prepositions, strings.ToLower(words[0])) {
		return area
	}
	form := p.formOf(words)
	keeps := form == here || form == p.plain && p.keeps
	if len(words) > 1 && slices.Contains(p.articles, strings.ToLower(words[0])) && !keeps {
		words = words[1:]
	}
	return strings.ReplaceAll(form, here, strings.Join(words, " "))
}

// known says whether an area is heard with its preposition, or the language knows which it is.
func (p *places) known(area string) bool {
	words := strings.Fields(area)
	return len(words) > 0 && (slices.Contains(p.prepositions, strings.ToLower(words[0])) || p.formOf(words) != p.plain)
}

// formOf returns the form for a place. Several places that are joined are in none: each would
// need its own.
func (p *places) formOf(words []string) string {
	if len(words) > 1 && slices.Contains(p.articles, strings.ToLower(words[0])) {
		words = words[1:]
	}
	if slices.Contains(words, p.joiner) {
		return p.plain
	}
	head := strings.ToLower(words[len(words)-1])
	if p.headFirst {
		head = strings.ToLower(words[0])
	}
	for _, f := range p.forms {
		if f.fits(head) {
			return f.says
		}
	}
	return p.plain
}

func (f form) fits(head string) bool {
	return slices.ContainsFunc(f.heads, func(known string) bool {
		return head == known || f.compound && strings.HasSuffix(head, known) || f.starting && strings.HasPrefix(head, known)
	})
}

// all returns the forms, the plain one first, each once.
func (p *places) all() []string {
	all := []string{p.plain}
	for _, f := range p.forms {
		if !slices.Contains(all, f.says) {
			all = append(all, f.says)
		}
	}
	return all
}
