package skillpackage

import (
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/sentence"
)

// someHouse has a name of each kind, and some that must be mended.
func someHouse() House {
	return House{
		intent.Automation: {{ID: "automation.welcome", Name: "Welcome home"}},
		intent.Script:     {{ID: "script.bed", Name: "Bedtime", Others: []string{"good night"}}},
		intent.Helper:     {{ID: "input_boolean.guests", Name: "Guests & friends"}},
		intent.Option:     {{ID: "Eco 🌱", Name: "Eco 🌱"}},
		intent.Area:       {{ID: "kitchen", Name: "Kitchen", Others: []string{"cook's room"}}},
		intent.Timer:      {{ID: "timer.a", Name: "Laundry"}, {ID: "timer.b", Name: "laundry", Area: "Cellar"}},
	}
}

// TestModels: in every language there is something to say for every intent, and
// nothing that Amazon would refuse, with a house and without.
func TestModels(t *testing.T) {
	t.Parallel()
	for l := range vocabularies() {
		for name, house := range map[string]House{"a house": someHouse(), "no house": nil} {
			t.Run(l+" "+name, func(t *testing.T) {
				m, unsayable := Assistant{Name: "Home Assistant", House: house}.model(l + "-XX")
				if err := m.vet(); err != nil {
					t.Error(err)
				}
				if unsayable != nil {
					t.Errorf("nobody can say %q", unsayable)
				}
				for _, i := range m.Interaction.Language.Intents {
					said := strings.Join(i.Samples, "\n")
					for _, s := range i.Slots {
						if !strings.Contains(said, "{"+s.Name+"}") {
							t.Errorf("%s: nobody says its %s", i.Name, s.Name)
						}
					}
					if !strings.HasPrefix(i.Name, amazons) && !strings.HasPrefix(i.Name, intent.Converse) && len(i.Samples) < 2 {
						t.Errorf("%s is only said %q", i.Name, i.Samples)
					}
				}
				if m.Interaction.Dialog == nil || len(m.Interaction.Prompts) != 1 || m.Interaction.Language.Invocation != "home assistant" {
					t.Errorf("the model is %+v", m)
				}
			})
		}
	}
}

// TestAnswers: what the assistant asks for and does not take whole can be said by
// itself.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, l := range intent.Languages() {
		v := vocabularies()[l]
		for name, answer := range map[string]string{
			intent.SetHelperNumber: "{number}", intent.StartTimer: "{duration}", intent.Choose: "{choice}",
		} {
			if !slices.Contains(v.Samples[name], answer) {
				t.Errorf("%s: nobody can answer %s by %s alone", l, name, answer)
			}
		}
	}
}

// fromHouse says whether the values of a type are made from the house. What people choose
// from is put together of the others.
func fromHouse(kind intent.Type) bool {
	return strings.HasPrefix(string(kind), "LEE_") && kind != intent.Ordinal && kind != intent.Choice
}

// TestSamplesHaveOneSource: the files have no sentence that domain/sentence has too.
func TestSamplesHaveOneSource(t *testing.T) {
	t.Parallel()
	for _, language := range intent.Languages() {
		for name, samples := range vocabularies()[language].Samples {
			own := samples[len(sentence.Samples(language, name)):]
			for _, said := range sentence.Samples(language, name) {
				if slices.Contains(own, said) {
					t.Errorf("spoken/%s.json has %q for %s, which domain/sentence has too. Remove it.", language, said, name)
				}
				if !slices.Contains(samples, said) {
					t.Errorf("%s: %q is no sample utterance of %s", language, said, name)
				}
			}
		}
	}
}

// TestVocabularies: each has what the others have, and nothing else.
func TestVocabularies(t *testing.T) {
	t.Parallel()
	ours, kinds := map[string]bool{}, map[intent.Type]bool{}
	for _, i := range intent.All() {
		ours[i.Name] = !i.Builtin
		for _, slot := range i.Slots {
			kinds[slot.Type] = fromHouse(slot.Type)
		}
	}
	for l, v := range vocabularies() {
		few := slices.Contains(intent.ConversationLanguages(), l)
		for name, is := range ours {
			if is && len(v.Samples[name]) == 0 && (!few || name == intent.Converse || name == intent.Continue) {
				t.Errorf("spoken/%s.json has no samples for %s. Add what people say for it.", l, name)
			}
		}
		for name := range v.Samples {
			if !ours[name] {
				t.Errorf("spoken/%s.json has samples for %s, which is no intent of ours. Remove them.", l, name)
			}
		}
		wake, _, _ := strings.Cut(texts[l].phrases[0], " ")
		if wake, _, _ = strings.Cut(wake, "、"); !strings.HasPrefix(v.Open, wake) || !strings.Contains(v.Open, "{name}") || len(v.Elicit) == 0 {
			t.Errorf("%s begins with %q and asks %q", l, v.Open, v.Elicit)
		}
		for _, sign := range []string{"&", "+", "%"} {
			if v.Signs[sign] == "" {
				t.Errorf("%s has no word for %s", l, sign)
			}
		}
		for kind, is := range kinds {
			if is && !few && len(v.Placeholders[kind]) == 0 {
				t.Errorf("spoken/%s.json has no placeholders for the type %s. Add names that any house may have.", l, kind)
			}
		}
	}
}

// TestFeatures: what is off is not to be said, and what its types were is gone.
func TestFeatures(t *testing.T) {
	t.Parallel()
	a := Assistant{Name: "Home Assistant", Enabled: func(f intent.Feature) bool { return f == intent.FeatureScripts }}
	m, _ := a.model("en-GB")
	if err := m.vet(); err != nil {
		t.Error(err)
	}
	if m.Interaction.Dialog != nil || m.Interaction.Prompts != nil {
		t.Error("there is a dialogue without a conversation")
	}
	var names []string
	for _, i := range m.Interaction.Language.Intents {
		names = append(names, i.Name)
	}
	for name, want := range map[string]bool{
		"RunScriptIntent": true, "AreaOffIntent": true, "AMAZON.StopIntent": true,
		"TriggerAutomationIntent": false, "ConverseIntent": false, "ConverseWhatIntent": false, "AnnounceIntent": false,
	} {
		if slices.Contains(names, name) != want {
			t.Errorf("%s is there: %t", name, !want)
		}
	}
	if slices.ContainsFunc(m.Interaction.Language.Types, func(s slotType) bool { return s.Name == intent.Automation }) {
		t.Error("automations have names all the same")
	}
}
