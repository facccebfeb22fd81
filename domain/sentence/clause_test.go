package sentence_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/sentence"
)

func carrier(t testing.TB, language, name string) intent.Carrier {
	t.Helper()
	all := intent.Carriers(language)
	i := slices.IndexFunc(all, func(c intent.Carrier) bool { return c.Intent == name })
	if i < 0 {
		t.Fatalf("%s has no %s", language, name)
	}
	return all[i]
}

// TestAsk is of the clauses in testdata/clauses.json.
func TestAsk(t *testing.T) {
	t.Parallel()
	cases := read[struct{ Language, Carrier, Said, Asked string }](t, "clauses.json")
	spoken := map[string]bool{}
	for _, c := range cases {
		spoken[c.Language] = true
		if got := sentence.Ask(c.Language, carrier(t, c.Language, c.Carrier), c.Said); got != c.Asked {
			t.Errorf("%s: %s %q becomes %q, should %q", c.Language, c.Carrier, c.Said, got, c.Asked)
		}
	}
	for _, language := range intent.Languages() {
		if !spoken[language] {
			t.Errorf("testdata/clauses.json has no clause in the language %s. Add some.", language)
		}
	}
}

// TestWordsStay wants a question to have the words of its clause, each as often, and
// nothing else but the words that lead to it.
func TestWordsStay(t *testing.T) {
	t.Parallel()
	words := rapid.SampledFrom([]string{
		"the", "kitchen", "is", "are", "that", "it", "warm", "in", "many", "Fenster", "viele", "ist", "sind", "die", "offen", "und", "está", "la", "puerta",
		"no", "hay", "porte", "est", "aperta", "è", "what", "do", "was", "läuft",
	})
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom(intent.Languages()).Draw(t, "language")
		c := rapid.SampledFrom(intent.Carriers(language)).Draw(t, "carrier")
		clause := rapid.SliceOfN(words, 1, 8).Draw(t, "clause")
		got := sentence.Ask(language, c, strings.Join(clause, " "))
		want := append(strings.Fields(c.Before), clause...)
		for _, lead := range []string{"est-ce que ", "est-ce qu'"} {
			if c.Before == "" && c.Clause && language == "fr" {
				got = strings.TrimPrefix(got, lead)
			}
		}
		if !slices.Equal(slices.Sorted(slices.Values(strings.Fields(got))), slices.Sorted(slices.Values(want))) {
			t.Fatalf("%s: %s %q becomes %q", language, c.Intent, clause, got)
		}
	})
}

// FuzzAsk wants all that was said to be in the question.
func FuzzAsk(f *testing.F) {
	f.Add("en", 0, "the garage is open")
	f.Add("de", 6, "die Garage offen ist oder nicht")
	f.Fuzz(func(t *testing.T, language string, which int, said string) {
		carriers := intent.Carriers(language)
		c := carriers[uint(which)%uint(len(carriers))]
		got := sentence.Ask(language, c, said)
		for _, word := range strings.Fields(said) {
			if !strings.Contains(got, word) && !slices.Contains([]string{"or", "oder", "o", "not", "nicht", "no"}, strings.ToLower(word)) {
				t.Errorf("%q after %s becomes %q", said, c.Intent, got)
			}
		}
	})
}
