package endtoend

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/sentence"
)

// TestWhatCanBeSaid wants everything that docs/assistant.md says people can say to
// be something that Alexa is taught in that language.
func TestWhatCanBeSaid(t *testing.T) {
	raw, err := os.ReadFile("../../docs/assistant.md")
	if err != nil {
		t.Fatal(err)
	}
	var patterns []*regexp.Regexp // a language each, in the table's order
	for _, language := range []string{"en", "de", "fr", "es", "it"} {
		patterns = append(patterns, sayable(t, language))
	}
	_, text, _ := strings.Cut(string(raw), "## What can be said")
	text, _, _ = strings.Cut(text, "\n## ")
	rows := 0
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != len(patterns)+1 || strings.TrimSpace(cells[0]) == "" || strings.HasPrefix(cells[0], "---") {
			continue
		}
		rows++
		for i, pattern := range patterns {
			if said := strings.ToLower(strings.TrimSpace(cells[i+1])); !pattern.MatchString(said) {
				t.Errorf("%q cannot be said", said)
			}
		}
	}
	if rows < 12 {
		t.Errorf("the table has %d rows", rows)
	}
}

// sayable returns what matches all that Alexa is taught in a language.
func sayable(t *testing.T, language string) *regexp.Regexp {
	t.Helper()
	raw, err := os.ReadFile("../../adapters/skillpackage/spoken/" + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var taught struct{ Samples map[string][]string }
	if err := json.Unmarshal(raw, &taught); err != nil {
		t.Fatal(err)
	}
	samples := slices.Concat(slices.Collect(maps.Values(taught.Samples))...)
	for _, i := range intent.All() {
		samples = append(samples, sentence.Samples(language, i.Name)...)
	}
	for _, c := range intent.Carriers(language) {
		for _, words := range c.Words {
			if strings.HasSuffix(words, "'") {
				samples = append(samples, words+"{query}")
			}
			samples = append(samples, words+" {query}")
		}
	}
	slot := regexp.MustCompile(`\\\{[a-z]+\\\}`)
	for i, sample := range samples {
		samples[i] = slot.ReplaceAllString(regexp.QuoteMeta(strings.ToLower(sample)), ".+")
	}
	return regexp.MustCompile("^(?:" + strings.Join(samples, "|") + ")$")
}
