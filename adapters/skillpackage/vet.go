package skillpackage

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// largestModel bounds the file of an interaction model, in bytes
// (https://developer.amazon.com/docs/alexa/smapi/interaction-model-operations.html).
const largestModel = 1_500_000

// A custom intent's name, a slot's and a slot type's have letters and underscores
// (https://developer.amazon.com/docs/alexa/custom-skills/create-intents-utterances-and-slots.html).
var identifier = regexp.MustCompile(`^[A-Za-z][A-Za-z_]*$`)

var slotInSample = regexp.MustCompile(`\{([^{}]*)\}`)

// vetting are mistakes in a model that Amazon's specification has nothing against
// and its service refuses.
type vetting struct {
	*model
	mistakes []error
	// said are the intents by what people say for them.
	said map[string]string
}

// vet returns everything in a model that Amazon would not take, or nil. How long its
// file is, it does not look at.
func (m *model) vet() error {
	v := &vetting{model: m, said: map[string]string{}}
	names := map[string]bool{}
	for _, i := range m.Interaction.Language.Intents {
		v.once("intent", names, i.Name)
		v.intent(i)
	}
	kinds := map[string]bool{}
	for _, t := range m.Interaction.Language.Types {
		v.once("slot type", kinds, string(t.Name))
		v.kind(t)
	}
	v.dialog()
	return errors.Join(v.mistakes...)
}

func (v *vetting) wrong(format string, about ...any) {
	v.mistakes = append(v.mistakes, fmt.Errorf(format, about...))
}

func (v *vetting) once(what string, names map[string]bool, name string) {
	if names[name] {
		v.wrong("the %s %s is there twice", what, name)
	}
	names[name] = true
}

func (v *vetting) intent(i modelIntent) {
	slots := map[string]bool{}
	queries := 0
	for _, s := range i.Slots {
		v.once("slot", slots, s.Name)
		if !identifier.MatchString(s.Name) {
			v.wrong("the slot %q of %s has more than letters and underscores in its name", s.Name, i.Name)
		}
		if s.Type == intent.Query {
			queries++
		}
		if !strings.HasPrefix(string(s.Type), amazons) && !slices.ContainsFunc(v.Interaction.Language.Types, func(t slotType) bool { return t.Name == s.Type }) {
			v.wrong("the slot %s of %s is of the type %s, which is not declared", s.Name, i.Name, s.Type)
		}
	}
	if queries > 0 && len(i.Slots) > 1 {
		v.wrong("%s has a slot beside its query", i.Name)
	}
	switch builtin := strings.HasPrefix(i.Name, amazons); {
	case builtin:
		if len(i.Slots) > 0 {
			v.wrong("%s is Amazon's, and has slots of ours", i.Name)
		}
	case !identifier.MatchString(i.Name):
		v.wrong("%q has more than letters and underscores in its name", i.Name)
	case len(i.Samples) == 0:
		v.wrong("%s has no sample utterance", i.Name)
	}
	for _, sample := range i.Samples {
		v.sample(i, sample, queries > 0)
	}
}

// sample looks at a sample utterance; carried says that it needs words besides its
// slot.
func (v *vetting) sample(i modelIntent, sample string, carried bool) {
	said := folded(sample)
	if other, twice := v.said[said]; twice {
		v.wrong("%q is said for %s and for %s", sample, other, i.Name)
	}
	v.said[said] = i.Name
	words := slotInSample.ReplaceAllString(sample, " ")
	for _, r := range words {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" .'_-", r) {
			v.wrong("%q of %s holds %q, which no sample utterance may", sample, i.Name, r)
			break
		}
	}
	filled := slotInSample.FindAllStringSubmatch(sample, -1)
	switch {
	case said == "":
		v.wrong("%s has an empty sample utterance", i.Name)
	case len(filled) > 0 && carried && strings.TrimSpace(words) == "":
		v.wrong("%q of %s has no words beside its query", sample, i.Name)
	}
	for n, in := range filled {
		if !slices.ContainsFunc(i.Slots, func(s slot) bool { return s.Name == in[1] }) {
			v.wrong("%q of %s has the slot %s, which is not declared", sample, i.Name, in[1])
		}
		if slices.ContainsFunc(filled[:n], func(other []string) bool { return other[1] == in[1] }) {
			v.wrong("%q of %s has the slot %s twice", sample, i.Name, in[1])
		}
	}
}

func (v *vetting) kind(t slotType) {
	if !identifier.MatchString(string(t.Name)) {
		v.wrong("the slot type %q has more than letters and underscores in its name", t.Name)
	}
	if len(t.Values) == 0 {
		v.wrong("the slot type %s has no value", t.Name)
	}
	ids, names := map[string]bool{}, map[string]bool{}
	for _, one := range t.Values {
		if one.ID != "" {
			v.once("id "+string(t.Name), ids, one.ID)
		}
		v.once("value of "+string(t.Name), names, folded(one.Name.Value))
		synonyms := map[string]bool{folded(one.Name.Value): true}
		v.value(t, one.Name.Value)
		for _, synonym := range one.Name.Synonyms {
			v.once("synonym of "+one.Name.Value, synonyms, folded(synonym))
			v.value(t, synonym)
		}
	}
}

func (v *vetting) value(t slotType, said string) {
	if n := len([]rune(said)); n == 0 || n > longestValue || strings.TrimSpace(said) != said {
		v.wrong("%q of %s has %d characters, spaces around it counted, and may have from 1 to %d", said, t.Name, n, longestValue)
	}
	for _, r := range said {
		if r != ' ' && !sayable(r) {
			v.wrong("%q of %s holds %q, which no slot's value may", said, t.Name, r)
			return
		}
	}
}

// dialog looks whether what is asked for is there to be asked for.
func (v *vetting) dialog() {
	if v.Interaction.Dialog == nil {
		return
	}
	for _, d := range v.Interaction.Dialog.Intents {
		i := slices.IndexFunc(v.Interaction.Language.Intents, func(i modelIntent) bool { return i.Name == d.Name })
		if i < 0 {
			v.wrong("the dialog has the intent %s, which is not declared", d.Name)
			continue
		}
		for _, s := range d.Slots {
			if !slices.ContainsFunc(v.Interaction.Language.Intents[i].Slots, func(own slot) bool { return own.Name == s.Name && own.Type == s.Type }) {
				v.wrong("the dialog has the slot %s of %s, which is not declared", s.Name, d.Name)
			}
			if !slices.ContainsFunc(v.Interaction.Prompts, func(p prompt) bool { return p.ID == s.Prompts.Elicitation }) {
				v.wrong("the dialog has the prompt %s, which there is not", s.Prompts.Elicitation)
			}
		}
	}
}
