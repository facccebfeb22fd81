package capability

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
)

// words returns the words of labels.go: the constants whose names begin with "word",
// by what they say in English.
func words(t *testing.T) map[phrase]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "labels.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[phrase]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "word") {
			return true
		}
		if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
			said, _ := strconv.Unquote(literal.Value)
			found[phrase(said)] = spec.Names[0].Name
		}
		return true
	})
	if found[wordPosition] != "wordPosition" {
		t.Fatalf("labels.go has the words %v", found)
	}
	return found
}

// TestTranslations makes sure that every language has every word, once.
func TestTranslations(t *testing.T) {
	t.Parallel()
	words := words(t)
	for _, language := range translations {
		has, seen := map[phrase]bool{}, map[string]phrase{}
		for _, translated := range language.words {
			word, said := translated.word, translated.text
			if has[word] {
				t.Errorf("translations.go has %q in the language %s twice. Remove one.", word, language.name)
			}
			has[word] = true
			if words[word] == "" {
				t.Errorf("translations.go has %q in the language %s, which is no word of labels.go. Remove it.", word, language.name)
			}
			if strings.TrimSpace(said) == "" || strings.TrimSpace(said) != said {
				t.Errorf("%s says %q for %s", language.name, said, word)
			}
			if other, double := seen[said]; double {
				t.Errorf("%s says %q for both %s and %s", language.name, said, word, other)
			}
			seen[said] = word
		}
		for word, name := range words {
			if !has[word] {
				t.Errorf("translations.go has no %s (%q) in the language %s. Add it.", name, word, language.name)
			}
		}
	}
	for _, language := range []string{"ar", "de", "es", "fr", "hi", "it", "ja", "nl", "pt"} {
		if translationsInto(language) == nil {
			t.Errorf("%s is not there", language)
		}
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		locale string
		phrase phrase
		want   alexa.Label
	}{
		{"", wordPosition, alexa.Text("Position", "en-US")},
		{"en-GB", wordPosition, alexa.Text("Position", "en-GB")},
		{"es-MX", wordPosition, alexa.Text("Posición", "es-MX")},
		{"sv-SE", wordPosition, alexa.Text("Position", "en-US")},
		{"de-DE", assetOpening, alexa.Asset("Alexa.Setting.Opening")},
	} {
		if got := (House{Locale: c.locale}).label(c.phrase); got != c.want {
			t.Errorf("in %q %s is %v, should be %v", c.locale, c.phrase, got, c.want)
		}
	}
}

// TestEveryLocale wants every word of LEE's own to be said in the language of every
// locale that Alexa has, and under that locale.
func TestEveryLocale(t *testing.T) {
	t.Parallel()
	for locale, position := range map[string]string{
		"ar-SA": "الموضع", "de-DE": "Position", "en-AU": "Position", "en-CA": "Position", "en-GB": "Position", "en-IN": "Position", "en-US": "Position",
		"es-ES": "Posición", "es-MX": "Posición", "es-US": "Posición", "fr-CA": "Position", "fr-FR": "Position", "hi-IN": "स्थिति",
		"it-IT": "Posizione", "ja-JP": "位置", "nl-NL": "Positie", "pt-BR": "Posição",
	} {
		house := House{Locale: locale}
		if got := house.label(wordPosition); got != alexa.Text(position, locale) {
			t.Errorf("in %s it is %v", locale, got)
		}
		for word := range words(t) {
			if got := house.label(word); got.Value.Locale != locale || got.Value.Text == "" {
				t.Errorf("in %s %s is %v", locale, word, got)
			}
		}
	}
}

func TestHomeLabels(t *testing.T) {
	t.Parallel()
	names := []string{
		"auto", "Auto", "light_speed", "light speed", "music", "!!!", "Über-Nacht", " sleep  well ", "50%", "AUTOMATIC",
		strings.Repeat("x", 200), "\x00\ufffd", "é", "日本語", "max", "maximum",
	}
	want := []alexa.Label{
		alexa.Asset("Alexa.Setting.Auto"), alexa.Text("Auto 2", "fr-FR"), alexa.Text("light speed", "fr-FR"), alexa.Text("light speed 2", "fr-FR"),
		alexa.Text("music mode", "fr-FR"), alexa.Text("mode", "fr-FR"), alexa.Text("Über-Nacht", "fr-FR"), alexa.Text("sleep well", "fr-FR"),
		alexa.Text("50", "fr-FR"), alexa.Text("AUTOMATIC", "fr-FR"), alexa.Text(strings.Repeat("x", 64), "fr-FR"), alexa.Text("mode 2", "fr-FR"),
		alexa.Text("é", "fr-FR"), alexa.Text("日本語", "fr-FR"), alexa.Asset("Alexa.Value.Maximum"), alexa.Text("maximum", "fr-FR"),
	}
	got := House{Locale: "fr-FR"}.homeLabels(names)
	for i := range names {
		if got[i] != want[i] {
			t.Errorf("%.20q is %v, should be %v", names[i], got[i], want[i])
		}
	}
}
