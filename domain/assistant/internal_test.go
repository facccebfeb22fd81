package assistant

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

// TestServices wants every intent to be answered by somebody, every feature to have
// words for being turned off and every kind of failure a sentence.
func TestServices(t *testing.T) {
	t.Parallel()
	for _, i := range intent.All() {
		s, ok := services[i.Name]
		switch {
		case !ok:
			t.Errorf("nothing answers the intent %s. Add what does to answers, in dispatch.go.", i.Name)
		case s.feature != i.Feature:
			t.Errorf("%s is answered as a part of %q, and is one of %q", i.Name, s.feature, i.Feature)
		case (s.feature == intent.FeatureNone) != (s.off == 0):
			t.Errorf("nothing is said where the feature %q of %s is off. Add a phrase to offs, in dispatch.go.", s.feature, i.Name)
		}
	}
	for kind := fault.Internal; kind <= fault.Open; kind++ {
		if troubles[kind] == 0 {
			t.Errorf("nothing is said of %v", kind)
		}
	}
}

// TestCommands wants each language to have words for each intent that some language has
// words for.
func TestCommands(t *testing.T) {
	t.Parallel()
	meant := map[string]map[string]bool{} // by intent and language
	for language, words := range commands {
		for said, name := range words {
			if _, ok := services[name]; !ok {
				t.Errorf("%s: %q means %s, which nothing answers", language, said, name)
			}
			if meant[name] == nil {
				meant[name] = map[string]bool{}
			}
			meant[name][language] = true
		}
	}
	for name, in := range meant {
		for _, language := range intent.Languages() {
			if !in[language] {
				t.Errorf("commands has no words for %s in the language %s, in words.go. Add some.", name, language)
			}
		}
	}
	if len(meant) == 0 {
		t.Error("there are no commands")
	}
}

// TestWordings wants each language to have a wording for what each other has one for.
func TestWordings(t *testing.T) {
	t.Parallel()
	for _, language := range intent.Languages() {
		said := map[string]bool{}
		worded := map[string]bool{}
		for _, w := range wordings[language] {
			if strings.Count(w.says, "*") != 1 || w.says != strings.ToLower(w.says) || said[w.says] {
				t.Errorf("%s: %q is no wording, or is there twice", language, w.says)
			}
			said[w.says], worded[w.intent] = true, true
		}
		for name, a := range abouts {
			if i := slices.IndexFunc(intent.All(), func(i intent.Intent) bool { return i.Name == name }); i < 0 || intent.All()[i].Slots[0].Name != a.slot {
				t.Errorf("%s is not about %s", name, a.slot)
			}
			if !worded[name] {
				t.Errorf("%s: nothing is worded like %s", language, name)
			}
			delete(worded, name)
		}
		if len(worded) != 0 {
			t.Errorf("%s: nobody knows what %v is about", language, worded)
		}
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		language, heard string
		want            time.Duration
	}{
		{"en", "PT5M", 5 * time.Minute}, {"en", "pt1h30m5s", 90*time.Minute + 5*time.Second}, {"en", "P1DT2H", 26 * time.Hour},
		{"en", "P1W", 168 * time.Hour}, {"en", "PT90M", 90 * time.Minute},
		{"en", "five minutes", 5 * time.Minute}, {"en", "an hour", 0}, {"en", "one hour and 5 minutes", 65 * time.Minute},
		{"de", "eine Stunde", time.Hour}, {"de", "10 Minuten", 10 * time.Minute}, {"fr", "une minute et 10 secondes", 70 * time.Second},
		{"it", "un'ora", time.Hour}, {"es", "dos horas", 2 * time.Hour}, {"en", "0.5 hours", 30 * time.Minute},
		{"en", "", 0}, {"en", "P", 0}, {"en", "PT", 0}, {"en", "PT0S", 0}, {"en", "P1Y", 0}, {"en", "P1M", 0}, {"en", "PT5", 0}, {"en", "PTM", 0},
		{"en", "PT-5M", 0}, {"en", "PT99999999999999999999H", 0}, {"en", "PT5000H", 0}, {"en", "P999999999W", 0}, {"en", "PT1H1", 0},
		{"en", "minutes", 0}, {"en", "five", 0}, {"en", "five six minutes", 0}, {"en", "later", 0}, {"en", "PT1D", 0},
	} {
		d, ok := duration(phrase.In(test.language), test.heard)
		if ok != (test.want > 0) || ok && d != test.want {
			t.Errorf("%q is %v, %v, should be %v", test.heard, d, ok, test.want)
		}
	}
	for text, want := range map[string]time.Duration{
		"0:05:00": 5 * time.Minute, "1 day, 2:00:01": 26*time.Hour + time.Second, "2 days, 0:00:00": 48 * time.Hour, "0:00:01.5": 1500 * time.Millisecond,
		"": 0, "x": 0, "x, 0:05:00": 0, "5": 0,
	} {
		if got := clockTime(text); got != want {
			t.Errorf("%q is %v, should be %v", text, got, want)
		}
	}
}

// TestDurationComesBack wants what is written for the home to be what it writes.
func TestDurationComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.IntRange(0, int(longestDuration/time.Second)).Draw(t, "seconds")) * time.Second
		if got := clockTime(asClockTime(d)); got != d {
			t.Fatalf("%v comes back as %v", d, got)
		}
		heard := rapid.String().Draw(t, "heard")
		if got, ok := duration(phrase.In("en"), heard); ok && (got <= 0 || got > longestDuration) {
			t.Fatalf("%q is %v", heard, got)
		}
	})
}
