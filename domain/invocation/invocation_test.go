package invocation

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// named is a name with the rules that it breaks, those with errors in Breaks and those
// with warnings in Warns.
type named struct {
	Name, Locale  string
	Breaks, Warns []string
	Better        string
}

func names(t *testing.T) (all []named) {
	t.Helper()
	raw, err := os.ReadFile("testdata/names.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if all[i].Locale == "" {
			all[i].Locale = "en-US"
		}
	}
	return all
}

func TestCheck(t *testing.T) {
	broken := map[string]bool{}
	for _, c := range names(t) {
		t.Run(c.Locale+" "+c.Name, func(t *testing.T) {
			var breaks, warns []string
			findings := Check(c.Name, c.Locale)
			for _, f := range findings {
				broken[f.Rule] = true
				if f.Severity == Error {
					breaks = append(breaks, f.Rule)
				} else {
					warns = append(warns, f.Rule)
				}
				if f.Proposal != c.Better || f.Locale != c.Locale || f.Sentence == "" {
					t.Errorf("%+v, want the proposal %q", f, c.Better)
				}
			}
			if !slices.Equal(breaks, c.Breaks) || !slices.Equal(warns, c.Warns) {
				t.Errorf("%q are errors and %q warnings, want %q and %q", breaks, warns, c.Breaks, c.Warns)
			}
			if refused := Refusal(findings); (refused != nil) != (breaks != nil) {
				t.Errorf("%v: refused is %v", findings, refused)
			}
			if again := Check(c.Better, c.Locale); c.Better != "" && again != nil {
				t.Errorf("the proposal breaks rules itself: %v", again)
			}
		})
	}
	for _, r := range Rules() {
		if !broken[r.ID] {
			t.Errorf("no name breaks %s", r.ID)
		}
	}
}

// TestRules: each has what documentation shows, and its example breaks it.
func TestRules(t *testing.T) {
	for _, r := range Rules() {
		if r.ID == "" || !strings.HasSuffix(r.Says, ".") {
			t.Errorf("%+v", r)
		}
		found := Check(r.Wrong, r.Locale)
		if i := slices.IndexFunc(found, func(f Finding) bool { return f.Rule == r.ID }); i < 0 || found[i].Severity != r.Severity {
			t.Errorf("%q does not break %s: %v", r.Wrong, r.ID, found)
		}
	}
}

// TestLanguages: the data holds together.
func TestLanguages(t *testing.T) {
	for tag, l := range languages {
		if n := len(strings.Fields(l.digits)); n != 10 {
			t.Errorf("%s has %d digits", tag, n)
		}
		if found := l.breaches(l.byDefault); found != nil {
			t.Errorf("%s: %q: %v", tag, l.byDefault, found)
		}
		for name, list := range map[string]string{"wake": l.wake, "reserved": l.reserved, "launch": l.launch, "connecting": l.connecting, "small": l.small} {
			words := strings.Fields(list)
			if list != "" && list != " "+strings.Join(words, " ")+" " || list != strings.ToLower(list) {
				t.Errorf("%s: %s is not written as lists are: %q", tag, name, list)
			}
			slices.Sort(words)
			if len(slices.Compact(slices.Clone(words))) != len(words) {
				t.Errorf("%s: %s has a word twice", tag, name)
			}
			for _, r := range strings.ReplaceAll(list, " ", "") {
				if !l.letter(r) {
					t.Errorf("%s: %s has %q, which is no letter of the language", tag, name, r)
				}
			}
		}
	}
}

// TestProposals: whatever the name, the proposal has nothing to find in it.
func TestProposals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		locale := rapid.SampledFrom([]string{"en-GB", "de-DE", "fr-CA", "es-US", "it-IT", "pt-BR", "nl-NL", "hi-IN", "ar-SA", "ja-JP", "xx"}).Draw(t, "locale")
		pieces := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom(strings.Fields("Alexa the der le 7 b.c. o' Jarvis ß ö und and open skill TV ホーム"))), 0, 8).Draw(t, "pieces")
		name := strings.Join(pieces, " ")
		for _, f := range Check(name, locale) {
			if again := Check(f.Proposal, locale); again != nil {
				t.Fatalf("%q: %s: %v", name, f, again)
			}
			if n := utf8.RuneCountInString(f.Proposal); n < shortest || n > longest {
				t.Fatalf("%q has %d characters", f.Proposal, n)
			}
		}
	})
}

func TestName(t *testing.T) {
	for said, want := range map[string]string{"Home Assistant": "home assistant", "  Sam’s\tHouse ": "sam's house", "": ""} {
		if got := Name(said); got != want {
			t.Errorf("%q is called %q, want %q", said, got, want)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for b.Loop() {
		if Check("Home Assistant", "en-US") != nil {
			b.Fatal("it is a good name")
		}
	}
}

func ExampleCheck() {
	for _, f := range Check("Alexa 2", "en-GB") {
		fmt.Println(f.Severity, f)
	}
	// Output:
	// error en-GB: the name has a number in digits, which must be spelled out (number); better: two home
	// error en-GB: "alexa" wakes devices up (wake-word); better: two home
}
