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
	c := intent.CarrierOf(language, name)
	if c == nil {
		t.Fatalf("%s has no %s", language, name)
	}
	return *c
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

// leads are what a question may have besides the words of its clause.
var leads = []string{"est-ce que ", "est-ce qu'", "if ", "ob "}

// TestWordsStay wants a question to have the words of its clause, each as often, and
// nothing else but the words that lead to it.
func TestWordsStay(t *testing.T) {
	t.Parallel()
	words := rapid.SampledFrom([]string{
		"the", "kitchen", "is", "are", "that", "it", "warm", "in", "many", "Fenster", "viele", "ist", "sind", "die", "offen", "und", "está", "la", "puerta",
		"no", "hay", "porte", "est", "aperta", "è", "what", "was", "läuft", "se", "ha", "abierto", "von", "im", "il", "sont",
	})
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom(intent.Languages()).Draw(t, "language")
		c := rapid.SampledFrom(intent.Carriers(language)).Draw(t, "carrier")
		clause := rapid.SliceOfN(words, 1, 8).Draw(t, "clause")
		got := sentence.Ask(language, c, strings.Join(clause, " "))
		got, _ = strings.CutPrefix(got, c.Before+" ")
		for _, lead := range leads {
			if c.Clause {
				got = strings.Replace(got, lead, "", 1)
			}
		}
		want := clause
		if !slices.Equal(slices.Sorted(slices.Values(strings.Fields(got))), slices.Sorted(slices.Values(want))) {
			t.Fatalf("%s: %s %q becomes %q", language, c.Intent, clause, got)
		}
	})
}

// TestQuestionsStay wants a question that is one already to stay as it is: what Ask makes
// is not turned again.
func TestQuestionsStay(t *testing.T) {
	t.Parallel()
	for _, c := range read[struct{ Language, Carrier, Said, Asked string }](t, "clauses.json") {
		by := carrier(t, c.Language, c.Carrier)
		if !by.Clause {
			continue
		}
		again := strings.TrimSpace(strings.TrimPrefix(c.Asked, by.Before))
		for _, lead := range leads {
			again = strings.TrimPrefix(again, lead)
		}
		if again == c.Said || strings.Contains(c.Asked, "est-ce qu") { // it was left as it is, or is a clause with words before it
			continue
		}
		if got := sentence.Ask(c.Language, by, again); got != c.Asked {
			t.Errorf("%s: the question %q becomes %q", c.Language, c.Asked, got)
		}
	}
}

// changed are words that a question may have otherwise: "does it have" for "it has", "is
// there" for "there's", and those at the end that are no part of the clause.
var changed = []string{
	"has", "had", "does", "did", "there's", "they're", "we're", "you're", "i'm", "or", "oder", "o", "not", "nicht", "no",
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
			if !strings.Contains(got, word) && !slices.Contains(changed, strings.ToLower(word)) {
				t.Errorf("%q after %s becomes %q", said, c.Intent, got)
			}
		}
	})
}
