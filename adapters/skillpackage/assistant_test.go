package skillpackage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// talking is a skill that people talk to.
func talking(t *testing.T, a Assistant, locales ...string) Skill {
	t.Helper()
	return Skill{Name: "Our home", Locales: locales, Functions: []string{inEurope}, Linking: byAmazon(t), Assistant: &a}
}

func TestWriteAssistant(t *testing.T) {
	a := Assistant{Name: "Our Home", Names: map[string]string{"de-DE": "Mein Haus"}, House: someHouse()}
	all := written(t, talking(t, a, "en-GB", "de-DE", "nl-NL"))
	for locale, name := range map[string]string{"en-GB": "our home", "de-DE": "mein haus"} {
		if got := at(t, all[ModelFile(locale)], "interactionModel", "languageModel", "invocationName"); got != name {
			t.Errorf("%s: it is called %v", locale, got)
		}
	}
	dutch, _ := a.model("nl-NL")
	if all[ModelFile("nl-NL")] == nil || len(dutch.Interaction.Language.Intents) == 0 {
		t.Error("there is no model in Dutch")
	}
	for _, i := range dutch.Interaction.Language.Intents {
		if name := intent.Named(i.Name); !strings.HasPrefix(name, amazons) && name != intent.Continue && !strings.HasPrefix(name, intent.Converse) {
			t.Errorf("in Dutch people can say %s", name)
		}
	}
	apis := []string{"manifest", "apis"}
	for _, part := range []string{"custom", "smartHome"} {
		for _, path := range [][]string{{"endpoint", "uri"}, {"regions", "EU", "endpoint", "uri"}} {
			if got := at(t, all[ManifestFile], slices.Concat(apis, []string{part}, path)...); got != inEurope {
				t.Errorf("%s is served by %v", part, got)
			}
		}
	}
	for locale, want := range map[string]string{"en-GB": "[Alexa, open our home Alexa, turn on the kitchen light ", "de-DE": "[Alexa, öffne mein haus ", "nl-NL": "[Alexa, open our home Alexa, doe "} {
		if got := fmt.Sprint(at(t, all[ManifestFile], "manifest", "publishingInformation", "locales", locale, "examplePhrases")); !strings.HasPrefix(got, want) || strings.Count(got, "Alexa,") != 3 {
			t.Errorf("%s: one is told to say %v", locale, got)
		}
	}
}

// TestWriteAgain: what could be said in a locale that the skill has no more goes, and
// nothing that is somebody else's.
func TestWriteAgain(t *testing.T) {
	folder := t.TempDir()
	write := func(locales ...string) {
		t.Helper()
		if _, err := talking(t, Assistant{Name: "Our Home"}, locales...).Write(folder); err != nil {
			t.Fatal(err)
		}
	}
	write("en-GB", "de-DE")
	notes := filepath.Join(folder, "skill-package", "interactionModels", "custom", "notes.json")
	if err := os.WriteFile(notes, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	write("de-DE", "fr-FR")
	for file, want := range map[string]bool{
		filepath.Join(folder, ModelFile("en-GB")): false, filepath.Join(folder, ModelFile("de-DE")): true,
		filepath.Join(folder, ModelFile("fr-FR")): true, notes: true,
	} {
		if _, err := os.Stat(file); (err == nil) != want {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestWriteUnheard: where nobody could talk to it, it is no skill to be talked to.
func TestWriteUnheard(t *testing.T) {
	all := written(t, talking(t, Assistant{Name: "Alexa", Enabled: func(intent.Feature) bool { return false }}, "nl-NL"))
	if at(t, all[ManifestFile], "manifest", "apis", "custom") != nil {
		t.Error("it has a custom part")
	}
}

func TestCheckAssistant(t *testing.T) {
	big := House{}
	for i := range 12000 {
		big[intent.Script] = append(big[intent.Script], Thing{ID: fmt.Sprintf("script.number_%d", i), Name: fmt.Sprintf("Script number %d", i)})
	}
	for _, c := range []struct {
		name      string
		assistant Assistant
		want      string
	}{
		{"nothing wrong", Assistant{Name: "Our Home"}, ""},
		{"one word is but a warning", Assistant{Name: "Jarvis"}, ""},
		{"a name that Amazon refuses", Assistant{Name: "Alexa Home"}, `en-GB: "alexa" wakes devices up (wake-word); better: home assistant`},
		{"another one in German", Assistant{Name: "Our Home", Names: map[string]string{"de-DE": "Starte Haus"}}, `de-DE: "starte" is a word by which skills are opened`},
		{"a name for nobody", Assistant{Name: "Our Home", Names: map[string]string{"fr-FR": "Notre maison"}}, "name for fr-FR, which is no locale of the skill"},
		{"a house too large", Assistant{Name: "Our Home", House: big}, "leave some of the house out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := talking(t, c.assistant, "en-GB", "de-DE").Check()
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestWarnOfAssistant(t *testing.T) {
	a := Assistant{Name: "Jarvis", House: House{intent.Script: {{ID: "script.x", Name: "🌱"}}}}
	all := strings.Join(talking(t, a, "en-GB", "nl-NL").Warnings(), "\n")
	for _, want := range []string{"(one-word); better: jarvis home", "Nobody can say the names of script.x.", "In nl-NL people can talk to Home Assistant's conversation agent, and to nothing else"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	silent := Assistant{Name: "Our Home", Enabled: func(f intent.Feature) bool { return f != intent.FeatureConversation }}
	if w := strings.Join(talking(t, silent, "nl-NL").Warnings(), "\n"); !strings.Contains(w, "In nl-NL people have their devices, and nobody to talk to") {
		t.Errorf("warned of is %q", w)
	}
	if w := talking(t, Assistant{Name: "Our Home"}, "en-GB").Warnings(); w != nil {
		t.Errorf("warned of is %q", w)
	}
}
