package hearing_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/hearing"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// table is what one language's file in testdata has.
type table struct {
	language string
	// Choices are what a question lists, Rooms what there is where nothing is listed.
	Choices, Rooms []string
	Cases          []struct {
		// To is what is pending: "choice", "room", "number", "text", "agent", "nothing".
		To, Said string
		// Ask and Slot are what Alexa made of what was said, Converse and its query if
		// they are empty.
		Ask, Slot string
		// Is is the kind of the decision, Heard what the answer is.
		Is, Heard string
	}
}

func readTables(t testing.TB) []table {
	t.Helper()
	var all []table
	for _, language := range intent.Languages() {
		raw, err := os.ReadFile(filepath.Join("testdata", language+".json"))
		if err != nil {
			t.Fatal(err)
		}
		one := table{language: language}
		if err := json.Unmarshal(raw, &one); err != nil {
			t.Fatal(language, err)
		}
		all = append(all, one)
	}
	return all
}

// pending returns what a case answers to.
func (b table) pending(to string) hearing.Pending {
	things := func(names []string) []spoken.Thing {
		all := make([]spoken.Thing, len(names))
		for i, name := range names {
			all[i] = spoken.Thing{ID: name, Names: []string{name}}
		}
		return all
	}
	rooms := things(b.Rooms)
	switch to {
	case "choice":
		return hearing.Pending{Question: &hearing.Question{Intent: intent.RunScript, Slot: intent.SlotScript, Choices: things(b.Choices)}}
	case "room":
		return hearing.Pending{Question: &hearing.Question{Intent: intent.ThisIs, Slot: intent.SlotArea, Named: func(text string) bool {
			return !spoken.Called(b.language, text, rooms).None()
		}}}
	case "numbered":
		return hearing.Pending{Question: &hearing.Question{
			Intent: intent.LightsOn, Slot: intent.SlotArea, Choices: things([]string{"Lamp 2", "Lamp 1", "Lamp 7", "Lamp 9"}), Listed: 3,
		}}
	case "verbs":
		return hearing.Pending{Question: &hearing.Question{
			Intent: intent.RunScript, Slot: intent.SlotScript, Choices: things([]string{"Turn off everything", "Do not disturb"}),
		}}
	case "duration":
		return hearing.Pending{Question: &hearing.Question{Intent: intent.StartTimer, Slot: intent.SlotDuration}}
	case "number":
		return hearing.Pending{Question: &hearing.Question{Intent: intent.SetHelperNumber, Slot: intent.SlotNumber}}
	case "text":
		return hearing.Pending{Question: &hearing.Question{Intent: intent.Announce, Slot: intent.SlotMessage, Free: true}}
	case "agent":
		return hearing.Pending{Agent: true}
	default:
		return hearing.Pending{}
	}
}

func converse(text string) hearing.Said {
	return hearing.Said{Intent: intent.Converse, Slots: map[string]spoken.Heard{intent.SlotQuery: {Text: text}}}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	for _, b := range readTables(t) {
		if len(b.Cases) < 40 {
			t.Errorf("%s has %d cases. Add some: each language needs 40.", b.language, len(b.Cases))
		}
		for _, c := range b.Cases {
			said := converse(c.Said)
			if c.Ask != "" {
				said = hearing.Said{Intent: c.Ask, Slots: map[string]spoken.Heard{c.Slot: {Text: c.Said}}}
			}
			got := hearing.Decide(b.language, b.pending(c.To), said)
			if got.Kind.String() != c.Is || !strings.EqualFold(got.Heard.Text, c.Heard) || got.Bare != c.Slot {
				t.Errorf("%s, to %s: %q is %v %q %q, should be %s %q", b.language, c.To, c.Said, got.Kind, got.Heard.Text, got.Bare, c.Is, c.Heard)
			}
		}
	}
}

// TestIntents is of what Alexa made an intent of.
func TestIntents(t *testing.T) {
	t.Parallel()
	b := readTables(t)[0]
	slot := func(name, text string, ids ...string) map[string]spoken.Heard {
		return map[string]spoken.Heard{name: {Text: text, IDs: ids}}
	}
	for name, c := range map[string]struct {
		to    string
		said  hearing.Said
		is    hearing.Kind
		heard string
	}{
		"the same intent":                {"choice", hearing.Said{Intent: intent.RunScript, Slots: slot("script", "movie beta")}, hearing.Answer, ""},
		"another intent":                 {"choice", hearing.Said{Intent: intent.AreaOff, Slots: slot("area", "kitchen")}, hearing.Request, ""},
		"yes":                            {"choice", hearing.Said{Intent: intent.Yes}, hearing.Aside, ""},
		"not understood":                 {"agent", hearing.Said{Intent: intent.Fallback}, hearing.Aside, ""},
		"stop":                           {"agent", hearing.Said{Intent: intent.Stop}, hearing.Aside, ""},
		"a place by its id":              {"choice", hearing.Said{Intent: intent.Choose, Slots: slot("ordinal", "second", "2")}, hearing.Answer, "Movie beta"},
		"a place beyond the list":        {"choice", hearing.Said{Intent: intent.Choose, Slots: slot("ordinal", "fifth", "5")}, hearing.Again, ""},
		"a place that is denied":         {"choice", hearing.Said{Intent: intent.Choose, Slots: slot("ordinal", "not the second", "2")}, hearing.Again, ""},
		"a choice by its id":             {"choice", hearing.Said{Intent: intent.Choose, Slots: slot("choice", "beater", "Movie beta")}, hearing.Answer, "Movie beta"},
		"a choice for a room":            {"room", hearing.Said{Intent: intent.Choose, Slots: slot("choice", "kitchen", "kitchen")}, hearing.Answer, "kitchen"},
		"an ordinal for a room":          {"room", hearing.Said{Intent: intent.Choose, Slots: slot("ordinal", "first")}, hearing.Answer, "first"},
		"no words":                       {"choice", hearing.Said{Intent: intent.Converse}, hearing.Again, ""},
		"a number":                       {"choice", hearing.Said{Intent: intent.SetHelperNumber, Slots: slot("number", "3")}, hearing.Answer, "Movie gamma"},
		"a number beyond the list":       {"choice", hearing.Said{Intent: intent.SetHelperNumber, Slots: slot("number", "7")}, hearing.Again, ""},
		"a number that is none":          {"choice", hearing.Said{Intent: intent.SetHelperNumber, Slots: slot("number", "x")}, hearing.Again, ""},
		"a number for the number":        {"number", hearing.Said{Intent: intent.SetHelperNumber, Slots: slot("number", "7")}, hearing.Answer, ""},
		"a sentence with a carrier":      {"choice", hearing.Said{Intent: "ConverseSwitch", Slots: slot("query", "off movie alpha")}, hearing.Request, ""},
		"a question with a carrier":      {"choice", hearing.Said{Intent: "ConverseWhether", Slots: slot("query", "movie alpha")}, hearing.Request, ""},
		"a name after a polite carrier":  {"choice", hearing.Said{Intent: "ConverseTo", Slots: slot("query", "movie alpha")}, hearing.Answer, "Movie alpha"},
		"a name that a carrier begins":   {"room", hearing.Said{Intent: "ConverseSwitch", Slots: slot("query", "off corner")}, hearing.Answer, "turn off corner"},
		"a carrier for the agent":        {"agent", hearing.Said{Intent: "ConverseTo", Slots: slot("query", "the kitchen")}, hearing.ForAgent, ""},
		"continue, for the agent":        {"agent", hearing.Said{Intent: intent.Continue}, hearing.ForAgent, ""},
		"a duration for the agent":       {"agent", hearing.Said{Intent: intent.StartTimer, Slots: slot("duration", "PT5M")}, hearing.ForAgent, ""},
		"a timer, though the agent asks": {"agent", hearing.Said{Intent: intent.StartTimer, Slots: slot("timer", "pasta")}, hearing.Request, ""},
		"a room for the agent":           {"agent", hearing.Said{Intent: intent.ThisIs, Slots: slot("area", "kitchen")}, hearing.ForAgent, ""},
		"a number not heard":             {"choice", hearing.Said{Intent: intent.SetHelperNumber}, hearing.Again, ""},
		"no number for the agent":        {"agent", hearing.Said{Intent: intent.SetHelperNumber}, hearing.Again, ""},
		"a timer for the agent":          {"agent", hearing.Said{Intent: intent.StartTimer}, hearing.Request, ""},
		"a duration is no choice":        {"choice", hearing.Said{Intent: intent.StartTimer, Slots: slot("duration", "PT5M")}, hearing.Again, ""},
		"a duration is no room":          {"room", hearing.Said{Intent: intent.StartTimer, Slots: slot("duration", "PT5M")}, hearing.Again, ""},
		"a duration for the duration":    {"duration", hearing.Said{Intent: intent.StartTimer, Slots: slot("duration", "PT5M")}, hearing.Answer, ""},
		"a number is no duration":        {"duration", hearing.Said{Intent: intent.SetHelperNumber, Slots: slot("number", "5")}, hearing.Again, ""},
		"a room, though a script is asked for": {
			"choice", hearing.Said{Intent: intent.ThisIs, Slots: slot("area", "movie alpha")}, hearing.Request, "",
		},
		"a place in the same intent":   {"choice", hearing.Said{Intent: intent.RunScript, Slots: slot("script", "the third one")}, hearing.Answer, "Movie gamma"},
		"another name, same intent":    {"choice", hearing.Said{Intent: intent.RunScript, Slots: slot("script", "bedtime")}, hearing.Answer, ""},
		"a sentence taken for a name":  {"choice", hearing.Said{Intent: intent.Choose, Slots: slot("choice", "turn off the alpha lamp", "Movie alpha")}, hearing.Request, ""},
		"a place that is two":          {"numbered", hearing.Said{Intent: intent.Converse, Slots: slot("query", "number two")}, hearing.Again, ""},
		"a number that is two":         {"numbered", hearing.Said{Intent: intent.SetHelperNumber, Slots: slot("number", "2")}, hearing.Again, ""},
		"a place beside a number":      {"numbered", hearing.Said{Intent: intent.Converse, Slots: slot("query", "the second one")}, hearing.Answer, "Lamp 1"},
		"a number that is a name":      {"numbered", hearing.Said{Intent: intent.Converse, Slots: slot("query", "seven")}, hearing.Answer, "Lamp 7"},
		"a place that was not said":    {"numbered", hearing.Said{Intent: intent.Converse, Slots: slot("query", "the fourth one")}, hearing.Again, ""},
		"a name that was not said":     {"numbered", hearing.Said{Intent: intent.Converse, Slots: slot("query", "lamp nine")}, hearing.Answer, "Lamp 9"},
		"a verb that is in the name":   {"numbered", hearing.Said{Intent: intent.Converse, Slots: slot("query", "the open one")}, hearing.Request, ""},
		"verbs that are in the name":   {"verbs", hearing.Said{Intent: intent.Converse, Slots: slot("query", "turn off")}, hearing.Answer, "Turn off everything"},
		"a verb that is in no name":    {"verbs", hearing.Said{Intent: intent.Converse, Slots: slot("query", "stop everything")}, hearing.Request, ""},
		"a negation that is in a name": {"verbs", hearing.Said{Intent: intent.Converse, Slots: slot("query", "do not disturb please")}, hearing.Answer, "Do not disturb"},
	} {
		got := hearing.Decide("en", b.pending(c.to), c.said)
		if got.Kind != c.is || !strings.EqualFold(got.Heard.Text, c.heard) {
			t.Errorf("%s is %v %q, should be %v %q", name, got.Kind, got.Heard.Text, c.is, c.heard)
		}
	}
	free := hearing.Question{Intent: intent.Announce, Slot: intent.SlotMessage, Free: true}
	got := hearing.Decide("en", hearing.Pending{Question: &free}, hearing.Said{Intent: "ConverseOpen", Slots: slot("query", "the door")})
	if got.Kind != hearing.Answer || got.Heard.Text != "open the door" {
		t.Errorf("a free text is %v %q", got.Kind, got.Heard.Text)
	}
	if got := hearing.Decide("tlh", b.pending("choice"), converse("the second one")); got.Heard.Text != "Movie beta" {
		t.Errorf("in a language that LEE does not speak it is %v %q", got.Kind, got.Heard.Text)
	}
}

// TestCarriersAreSentences wants each carrier that puts words back to be read as the
// begin of a sentence: "turn movie night" is no answer.
func TestCarriersAreSentences(t *testing.T) {
	t.Parallel()
	for _, b := range readTables(t) {
		for _, c := range intent.Carriers(b.language) {
			if c.Before == "" && !c.Clause || c.Before == "è" { // "è" also begins an answer: it is
				continue
			}
			said := hearing.Said{Intent: c.Intent, Slots: map[string]spoken.Heard{intent.SlotQuery: {Text: b.Choices[0]}}}
			if got := hearing.Decide(b.language, b.pending("choice"), said); got.Kind == hearing.Answer {
				t.Errorf("%s: %q before a name is an answer. Add its words to the verbs or questions in grammar.go.", b.language, c.Words)
			}
		}
	}
}
