package setting

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestFeatureSets has every set show as a text that is read as the same set.
func TestFeatureSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := upTo(FeatureCore)
		for f := FeatureAlexa; f <= FeatureWebSocket; f++ {
			if rapid.Bool().Draw(t, f.String()) {
				set |= FeaturesOf(f)
			}
		}
		if again, err := parseFeatures(set.String()); again != set || err != nil {
			t.Fatalf("%v is read as %v, %v", set, again, err)
		}
	})
}

// TestNamed has a feature be in a set by its name as it is by itself.
func TestNamed(t *testing.T) {
	parsed, err := parseFeatures("basic")
	if err != nil {
		t.Fatal(err)
	}
	basic, _ := parsed.(Features)
	for name, want := range map[string]bool{"core": true, "alexa": true, "scripts": false, "basic": false, "": false, "Alexa": false} {
		if basic.Named(name) != want {
			t.Errorf("basic has %q: %v", name, !want)
		}
	}
	for f, name := range features {
		if !FeaturesOf(Feature(f)).Named(name) {
			t.Errorf("a set of %s has none of that name", name)
		}
	}
}

// TestPresetsDocument wants the page for operators to say what each preset holds.
func TestPresetsDocument(t *testing.T) {
	const page = "../../docs/configuration.md"
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(raw), "\n## Features and presets\n")
	section, _, _ = strings.Cut(section, "\n## ")
	head := "| feature | what it is |"
	for _, p := range presets {
		head += " `" + p.name + "` |"
	}
	if !strings.Contains(section, "\n"+head+"\n") {
		t.Errorf("the table of presets in %s must begin with\n%s", page, head)
	}
	for f, name := range features {
		marks := "|"
		for _, p := range presets {
			marks += map[bool]string{true: " ✓ |", false: " – |"}[upTo(p.last).Has(Feature(f))]
		}
		_, row, _ := strings.Cut(section, "\n| `"+name+"` | ")
		row, _, _ = strings.Cut(row, "\n")
		if what, ok := strings.CutSuffix(row, " "+marks); !ok || what == "" || strings.Contains(what, "|") {
			t.Errorf("the table of presets in %s has %q for %s, and must end with %q", page, row, name, marks)
		}
	}
}
