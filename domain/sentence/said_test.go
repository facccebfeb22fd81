package sentence_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/sentence"
)

// read reads the cases of a file in testdata.
func read[T any](t testing.TB, file string) (cases []T) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(file, err)
	}
	return cases
}

func TestSaid(t *testing.T) {
	t.Parallel()
	for _, c := range read[struct {
		Language, Intent string
		Slots            map[string]string
		// Want is "" where there is no such sentence.
		Want string
	}](t, "said.json") {
		got, ok := sentence.Said(c.Language, c.Intent, c.Slots)
		if got != c.Want || ok != (c.Want != "") {
			t.Errorf("%s: %s %v was said %q (%v), want %q", c.Language, c.Intent, c.Slots, got, ok, c.Want)
		}
	}
}

// TestEveryIntent: each intent that LEE has samples for has a sentence in each language, with
// all of its slots, with each of them alone and with none. The exceptions are no sentences.
func TestEveryIntent(t *testing.T) {
	t.Parallel()
	short := map[string][]string{intent.SetHelperNumber: {intent.SlotHelper}, intent.SetHelperOption: {intent.SlotHelper, intent.SlotOption}}
	for _, language := range intent.Languages() {
		for _, i := range intent.All() {
			if i.Builtin || i.Name == intent.Converse { // the query is the sentence
				continue
			}
			all := map[string]string{}
			for _, slot := range i.Slots {
				all[slot.Name] = "Zanzibar " + slot.Name
				one := map[string]string{slot.Name: all[slot.Name]}
				if got, ok := sentence.Said(language, i.Name, one); !slices.Contains(short[i.Name], slot.Name) && (!ok || !strings.Contains(got, all[slot.Name])) {
					t.Errorf("%s: %s with nothing but %s has no sentence. Add a sample to domain/sentence.", language, i.Name, slot.Name)
				}
			}
			if i.Name == intent.Choose { // it has one of its slots
				continue
			}
			got, ok := sentence.Said(language, i.Name, all)
			if !ok || strings.ContainsAny(got, "{}") {
				t.Errorf("%s: %s has no sentence with all of its slots: %q. Add a sample to domain/sentence.", language, i.Name, got)
			}
			for _, words := range all {
				if !strings.Contains(got, words) {
					t.Errorf("%s: %s is said %q, without %s", language, i.Name, got, words)
				}
			}
		}
	}
}

// TestSamples: a sentence with the names of the slots for words is a sample of the same
// intent, and no sample is there twice.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, language := range intent.Languages() {
		seen := map[string]string{}
		for _, i := range intent.All() {
			samples := sentence.Samples(language, i.Name)
			if i.Builtin && samples != nil {
				t.Errorf("%s: %s is Amazon's and has samples", language, i.Name)
			}
			for _, s := range samples {
				if seen[s] != "" || s != strings.ToLower(s) || strings.Contains(s, "{place}") {
					t.Errorf("%s: %q is of %s, and of %q", language, s, i.Name, seen[s])
				}
				seen[s] = i.Name
			}
			for _, slot := range i.Slots {
				got, ok := sentence.Said(language, i.Name, map[string]string{slot.Name: "{" + slot.Name + "}"})
				if ok && !slices.Contains(samples, got) {
					t.Errorf("%s: %q is said and taught to nobody", language, got)
				}
			}
		}
	}
}

// TestSaidKeepsWords: whatever was heard is in the sentence, and nothing is added to it but
// the words of a sample: an article of its own may take the place of the sample's.
func TestSaidKeepsWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom(intent.Languages()).Draw(t, "language")
		i := rapid.SampledFrom(intent.All()).Draw(t, "intent")
		slots := map[string]string{}
		for _, slot := range i.Slots {
			slots[slot.Name] = rapid.StringMatching(`(|the |die |la |in )[A-Z][a-z{}]{1,8}( [A-Z][a-z]{1,8})?`).Draw(t, slot.Name)
		}
		got, ok := sentence.Said(language, i.Name, slots)
		if ok == (got == "") {
			t.Fatalf("%q, %v", got, ok)
		}
		for _, words := range slots {
			for _, word := range strings.Fields(words) {
				if ok && word[0] >= 'A' && word[0] <= 'Z' && !strings.Contains(got, word) {
					t.Fatalf("%q is not in %q", word, got)
				}
			}
		}
	})
}
