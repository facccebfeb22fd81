package intent_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// letters are what Amazon allows in an intent's name and a slot's: letters and
// underscores, and a letter first
// (https://developer.amazon.com/en-US/docs/alexa/custom-skills/create-intents-utterances-and-slots.html).
var letters = regexp.MustCompile(`^[A-Za-z][A-Za-z_]*$`)

// everything returns the intents of a language, those of its carriers included.
func everything(language string) []intent.Intent {
	all := intent.All()
	for _, c := range intent.Carriers(language) {
		all = append(all, c.AsIntent())
	}
	return all
}

func TestIntents(t *testing.T) {
	t.Parallel()
	for _, language := range intent.Languages() {
		names := map[string]bool{}
		for _, i := range everything(language) {
			model := intent.Model(i.Name)
			switch {
			case names[i.Name]:
				t.Errorf("%s: %s is there twice", language, i.Name)
			case i.Builtin != strings.HasPrefix(model, "AMAZON."):
				t.Errorf("%s is Amazon's: %v", model, i.Builtin)
			case !i.Builtin && (!letters.MatchString(model) || !strings.HasSuffix(model, "Intent")):
				t.Errorf("%q is no name of an intent", model)
			case intent.Named(model) != i.Name:
				t.Errorf("%s comes back as %s", i.Name, intent.Named(model))
			}
			names[i.Name] = true
			slots := map[string]bool{}
			for _, s := range i.Slots {
				if slots[s.Name] || !letters.MatchString(s.Name) {
					t.Errorf("%s has the slot %q", i.Name, s.Name)
				}
				slots[s.Name] = true
				if s.Type == intent.Query && len(i.Slots) > 1 {
					t.Errorf("%s has a slot beside a query", i.Name)
				}
			}
		}
	}
}

func TestCarriers(t *testing.T) {
	t.Parallel()
	for _, language := range append(intent.Languages(), intent.ConversationLanguages()...) {
		said := map[string]string{}
		for _, c := range intent.Carriers(language) {
			if len(c.Words) == 0 {
				t.Errorf("%s: %s has no words", language, c.Intent)
			}
			for _, words := range c.Words {
				if other, twice := said[words]; twice || words != strings.ToLower(strings.TrimSpace(words)) || words == "" {
					t.Errorf("%s: %s is said %q, and so is %s", language, c.Intent, words, other)
				}
				said[words] = c.Intent
			}
			question := len(c.Words) == 1 && strings.HasSuffix(c.Before, strings.TrimPrefix(c.Words[0], "s")) // "est-ce qu'il" for "s'il"
			if c.Before != "" && !slices.Contains(c.Words, c.Before) && !question {
				t.Errorf("%s: %s puts back %q, which is none of %q", language, c.Intent, c.Before, c.Words)
			}
		}
	}
	if &intent.Carriers("tlh")[0] != &intent.Carriers("en")[0] {
		t.Error("a language that LEE does not speak is not answered in English")
	}
}

// TestWordsPutBack: words that mean something else than their like are put back as
// they were said.
func TestWordsPutBack(t *testing.T) {
	t.Parallel()
	for said, language := range map[string]string{
		"mach": "de", "schalte": "de", "mets": "fr", "règle": "fr", "que": "fr", "qu'est-ce que": "fr",
		"quel": "fr", "quels": "fr", "quel est": "fr", "cuántos": "es", "quanti": "it", "welches": "de",
		"metti": "it", "imposta": "it", "che": "it", "che cosa": "it", "turn": "en", "set": "en", "pon": "es",
	} {
		all := intent.Carriers(language)
		i := slices.IndexFunc(all, func(c intent.Carrier) bool { return slices.Contains(c.Words, said) })
		if i < 0 || all[i].Before != said {
			t.Errorf("%s: what follows %q is not told so", language, said)
		}
	}
}

func TestOrdinals(t *testing.T) {
	t.Parallel()
	for _, language := range intent.Languages() {
		said := map[string]int{}
		for n := 1; n <= intent.Ordinals; n++ {
			words := intent.OrdinalWords(language, n)
			if len(words) < 2 {
				t.Errorf("%s: %d is only said %q", language, n, words)
			}
			for _, word := range words {
				if said[word] != 0 {
					t.Errorf("%s: %q is %d and %d", language, word, said[word], n)
				}
				said[word] = n
			}
		}
	}
}
