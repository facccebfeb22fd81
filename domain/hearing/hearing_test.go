package hearing_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

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

// fillers and negations are some of each language, for the properties.
var (
	fillers = map[string][]string{
		"en": {"please", "I mean", "um", "okay"}, "de": {"bitte", "ich meine", "ähm", "ja"}, "fr": {"s'il te plaît", "je veux dire", "euh"},
		"es": {"por favor", "quiero decir", "pues"}, "it": {"per favore", "voglio dire", "ehm"},
	}
	negations = map[string][]string{
		"en": {"not", "don't", "never", "no"}, "de": {"nicht", "kein", "niemals"}, "fr": {"pas", "jamais", "sauf"}, "es": {"no", "nunca", "menos"}, "it": {"non", "mai", "tranne"},
	}
)

// TestFillersChangeNothing says every case again with filler words around it.
func TestFillersChangeNothing(t *testing.T) {
	t.Parallel()
	tables := readTables(t)
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SampledFrom(tables).Draw(t, "language")
		c := rapid.SampledFrom(b.Cases).Draw(t, "case")
		if c.To == "text" || c.To == "agent" || c.Ask != "" { // there every word counts
			return
		}
		some := rapid.SliceOfN(rapid.SampledFrom(fillers[b.language]), 0, 3)
		words := slices.Concat(some.Draw(t, "before"), []string{c.Said}, some.Draw(t, "after"))
		want := hearing.Decide(b.language, b.pending(c.To), converse(c.Said))
		got := hearing.Decide(b.language, b.pending(c.To), converse(strings.Join(words, " ")))
		if got.Kind != want.Kind || got.Heard.Text != want.Heard.Text {
			t.Fatalf("%s, to %s: %q is %v %q, and %q is %v %q", b.language, c.To, c.Said, want.Kind, want.Heard.Text, words, got.Kind, got.Heard.Text)
		}
	})
}

// TestNegationsDoNothing denies every case: it is never an answer.
func TestNegationsDoNothing(t *testing.T) {
	t.Parallel()
	tables := readTables(t)
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SampledFrom(tables).Draw(t, "language")
		c := rapid.SampledFrom(b.Cases).Draw(t, "case")
		if c.To == "text" || c.To == "agent" || c.To == "nothing" || c.Ask != "" {
			return
		}
		words := strings.Fields(c.Said)
		at := rapid.IntRange(0, len(words)).Draw(t, "at")
		said := strings.Join(slices.Insert(words, at, rapid.SampledFrom(negations[b.language]).Draw(t, "negation")), " ")
		if got := hearing.Decide(b.language, b.pending(c.To), converse(said)); got.Kind == hearing.Answer {
			t.Fatalf("%s, to %s: %q is the answer %q", b.language, c.To, said, got.Heard.Text)
		}
	})
}

// FuzzDecide wants a decision on any words, and for an answer words that were said or
// one of the choices.
func FuzzDecide(f *testing.F) {
	tables := readTables(f)
	for _, b := range tables {
		for _, c := range b.Cases[:10] {
			f.Add(b.language, c.To, c.Said)
		}
	}
	f.Fuzz(func(t *testing.T, language, to, said string) {
		for _, b := range tables {
			if b.language != language {
				continue
			}
			got := hearing.Decide(language, b.pending(to), converse(said))
			if got.Kind == hearing.Answer && to == "choice" && !slices.Contains(b.Choices, got.Heard.Text) {
				t.Errorf("%q is the answer %q, which was no choice", said, got.Heard.Text)
			}
			if got.Kind != hearing.Answer && !got.Heard.Empty() {
				t.Errorf("%q is %v, and %q", said, got.Kind, got.Heard.Text)
			}
		}
	})
}
