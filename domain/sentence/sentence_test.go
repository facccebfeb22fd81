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
	raw, err := os.ReadFile("testdata/clauses.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Language, Carrier, Said, Asked string }
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
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

func TestSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language, intent string
		texts            map[string]string
		want             string
	}{
		{"en", intent.SetHelperNumber, map[string]string{"helper": "the thermostat", "number": "21"}, "set the thermostat to 21"},
		{"en", intent.RunScript, map[string]string{"script": " dishwasher ", "area": ""}, "run dishwasher"},
		{"en", intent.StartTimer, map[string]string{"timer": "egg", "duration": "5 minutes"}, "start the egg timer for 5 minutes"},
		{"en", intent.StartTimer, map[string]string{"timer": "egg"}, "start the egg timer"},
		{"de", intent.LightsOff, map[string]string{"area": "Küche und Flur"}, "schalte das licht im Küche und Flur aus"},
		{"fr", intent.SwitchHelperOn, map[string]string{"helper": "la machine à café"}, "allume la machine à café"},
		{"es", intent.SetHelperOption, map[string]string{"helper": "clima", "option": "eco"}, "pon clima en eco"},
		{"it", intent.PauseTimer, map[string]string{"timer": "pasta"}, "metti in pausa il timer pasta"},
		{"en", intent.RunScript, nil, ""},
		{"en", intent.SetHelperNumber, map[string]string{"helper": "thermostat"}, ""},
		{"en", intent.ThisIs, map[string]string{"area": "kitchen"}, ""},
		{"nl", intent.RunScript, map[string]string{"script": "nacht"}, ""},
	} {
		if got, ok := sentence.Said(c.language, c.intent, c.texts); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %s of %v is %q, %v, should be %q", c.language, c.intent, c.texts, got, ok, c.want)
		}
	}
}

// TestWordings wants every language to have a wording for what each other has one for,
// and only slots of the intent in it.
func TestWordings(t *testing.T) {
	t.Parallel()
	english := sentence.Wordings("en")
	for _, language := range intent.Languages() {
		own := sentence.Wordings(language)
		for name, wordings := range english {
			if len(own[name]) != len(wordings) {
				t.Errorf("%s has %d wordings of %s, English has %d. Add them to wordings, in sentence.go.", language, len(own[name]), name, len(wordings))
			}
		}
		for name, wordings := range own {
			i := slices.IndexFunc(intent.All(), func(i intent.Intent) bool { return i.Name == name })
			if i < 0 || len(english[name]) == 0 {
				t.Errorf("%s words %s, which is no intent or has no wording in English", language, name)
				continue
			}
			for _, wording := range wordings {
				for _, slot := range sentence.Slots(wording) {
					if !slices.ContainsFunc(intent.All()[i].Slots, func(s intent.Slot) bool { return s.Name == slot }) {
						t.Errorf("%s: %q has the slot %s, which %s has not", language, wording, slot, name)
					}
				}
			}
		}
	}
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
