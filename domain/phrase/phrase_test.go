package phrase_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/phrase"
)

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// parts are phrases that stand within others: they are no sentences.
var parts = []phrase.Phrase{
	phrase.Yes, phrase.No, phrase.Continue, phrase.And, phrase.Or, phrase.Hour, phrase.Hours, phrase.Minute, phrase.Minutes, phrase.Second, phrase.Seconds,
}

// names returns the names of the phrases in phrase.go, in their order.
func names(t *testing.T) (names []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "phrase.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, declared := range file.Decls {
		if list, ok := declared.(*ast.GenDecl); ok && list.Tok == token.CONST && list.Lparen.IsValid() {
			for _, spec := range list.Specs {
				if constant, ok := spec.(*ast.ValueSpec); ok && constant.Names[0].IsExported() {
					names = append(names, constant.Names[0].Name)
				}
			}
		}
	}
	if len(names) != int(phrase.Phrases) {
		t.Fatalf("phrase.go names %d phrases, and there are %d", len(names), phrase.Phrases)
	}
	return names
}

// TestSameInAll wants every phrase in every language, with the same names in
// braces, as a sentence of its own in words and not a copy of the English one.
func TestSameInAll(t *testing.T) {
	t.Parallel()
	english, names := phrase.In("en"), names(t)
	for _, tag := range intent.Languages() {
		language := phrase.In(tag)
		if language.Tag() != tag {
			t.Errorf("%s is spoken as %s", tag, language.Tag())
		}
		for p := range phrase.Phrases {
			said, original := language.Say(p), english.Say(p)
			places := func(s string) []string { return slices.Sorted(slices.Values(placeholder.FindAllString(s, -1))) }
			switch sentence := !slices.Contains(parts, p); {
			case said == "":
				t.Errorf("the language %s does not have the phrase %s. Add it to its file.", tag, names[p])
			case !slices.Equal(places(said), places(original)):
				t.Errorf("%s: %q has other names than %q", tag, said, original)
			case sentence && !strings.ContainsAny(said[len(said)-1:], ".?!"):
				t.Errorf("%s: %q does not end", tag, said)
			case sentence && tag != "en" && said == original:
				t.Errorf("%s: %q is English", tag, said)
			case strings.ContainsAny(said, "<>&\n"):
				t.Errorf("%s: %q cannot be said", tag, said)
			}
		}
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ got, want string }{
		{phrase.In("en-GB").Say(phrase.IsNow, "thing", "Boiler", "value", "{thing}"), "Boiler is now {thing}."},
		{phrase.In("DE").Say(phrase.IsOn, "thing", "Licht"), "Licht ist an."},
		{phrase.In("sv-SE").Say(phrase.Goodbye), "Goodbye."},
		{phrase.In("").Tag(), "en"},
		{phrase.In("en").AllOf(nil), ""},
		{phrase.In("en").AllOf([]string{"a"}), "a"},
		{phrase.In("en").OneOf([]string{"a", "b", "c"}), "a, b or c"},
		{phrase.In("de").AllOf([]string{"a", "b"}), "a und b"},
		{phrase.In("en").Number(21.5), "21.5"},
		{phrase.In("fr").Number(21.5), "21,5"},
		{phrase.In("fr").Number(-3), "-3"},
		{phrase.In("en").Duration(5 * time.Minute), "5 minutes"},
		{phrase.In("en").Duration(time.Hour + time.Minute + time.Second), "one hour, one minute and one second"},
		{phrase.In("de").Duration(2*time.Hour + 30*time.Minute), "2 Stunden und 30 Minuten"},
		{phrase.In("es").Duration(0), "0 segundos"},
		{phrase.In("it").Duration(-time.Minute), "0 secondi"},
	} {
		if test.got != test.want {
			t.Errorf("it says %q, should %q", test.got, test.want)
		}
	}
}

func TestAmount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language, unit, want string
		number               float64
	}{
		{"en", "%", "50%", 50}, {"de", "%", "50 %", 50}, {"fr", "%", "12,5 %", 12.5}, {"es", "%", "50 %", 50}, {"it", "%", "50%", 50},
		{"en", "°C", "21.5 °C", 21.5}, {"es-MX", "°C", "21.5 °C", 21.5}, {"es-ES", "°C", "21,5 °C", 21.5}, {"de", "°C", "21,5 °C", 21.5}, {"en", " ", "7", 7}, {"it", "", "-3", -3},
	} {
		if got := phrase.In(c.language).Amount(c.number, c.unit); got != c.want {
			t.Errorf("%s: %v %q is said %q, should be %q", c.language, c.number, c.unit, got, c.want)
		}
	}
}

// TestConversationLanguages wants the languages that have conversation alone to say all
// that people can hear there, with the same names in it, and in their own words.
func TestConversationLanguages(t *testing.T) {
	t.Parallel()
	english, names := phrase.In("en"), names(t)
	heard := []phrase.Phrase{
		phrase.Greeting, phrase.Invitation, phrase.Help, phrase.Goodbye, phrase.Pardon, phrase.AnythingElse, phrase.LinkAccount, phrase.OffConversation,
		phrase.Thinking, phrase.NotYet, phrase.NotYetNudge, phrase.StillNotYet, phrase.MoreComes, phrase.NothingComes, phrase.Done, phrase.NotUnderstood,
		phrase.AgentBroke, phrase.AskQuery, phrase.NotFollowed, phrase.WentInternal, phrase.WentUnreachable, phrase.WentUnanswered, phrase.WentUnavailable,
		phrase.WentNotFound, phrase.WentRefused, phrase.WentFailed, phrase.WentUnsupported, phrase.WentNotAllowed, phrase.WentThrottled,
		phrase.WentMisconfigured, phrase.WentDeadline, phrase.OutOfService, phrase.NotThisSkill, phrase.TooLate, phrase.NoRequest,
		phrase.Yes, phrase.No, phrase.And, phrase.Or,
	}
	for _, tag := range intent.ConversationLanguages() {
		language := phrase.In(tag)
		if language.Tag() != tag {
			t.Errorf("%s is spoken as %s", tag, language.Tag())
		}
		for _, p := range heard {
			said, original := language.Say(p), english.Say(p)
			places := func(s string) []string { return slices.Sorted(slices.Values(placeholder.FindAllString(s, -1))) }
			switch {
			case said == original:
				t.Errorf("the language %s says %s in English. Add it to its file.", tag, names[p])
			case !slices.Equal(places(said), places(original)):
				t.Errorf("%s: %q has other names than %q", tag, said, original)
			case strings.ContainsAny(said, "<>&\n"):
				t.Errorf("%s: %q cannot be said", tag, said)
			}
		}
		if language.Say(phrase.Continue) == "" || language.Say(phrase.NoSuch, "heard", "x") != english.Say(phrase.NoSuch, "heard", "x") {
			t.Errorf("%s does not say in English what nobody hears there", tag)
		}
	}
}
