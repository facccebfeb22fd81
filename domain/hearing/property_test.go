package hearing_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/hearing"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// aroundNames are the fillers of a language that begin or end no other filler: "das"
// before "ist" would be another filler, "das ist".
func aroundNames(language string) []string {
	all := hearing.Fillers(language)
	return slices.DeleteFunc(slices.Clone(all), func(filler string) bool {
		return slices.ContainsFunc(all, func(other string) bool {
			return strings.HasPrefix(other, filler+" ") || strings.HasPrefix(other, filler+"'") || strings.HasSuffix(other, " "+filler) || strings.HasSuffix(other, "'"+filler)
		})
	})
}

// answerable are the cases in which not every word counts: those that come whole, and
// answer a question of the assistant that does not ask for a text.
func answerable(t *rapid.T, tables []table) (table, string, hearing.Pending) {
	b := rapid.SampledFrom(tables).Draw(t, "language")
	var asked []int
	for i, c := range b.Cases {
		if c.Ask == "" && (c.To == "choice" || c.To == "room" || c.To == "number") {
			asked = append(asked, i)
		}
	}
	c := b.Cases[rapid.SampledFrom(asked).Draw(t, "case")]
	return b, c.Said, b.pending(c.To)
}

// TestFillersChangeNothing says every case again with filler words around it.
func TestFillersChangeNothing(t *testing.T) {
	t.Parallel()
	tables := readTables(t)
	rapid.Check(t, func(t *rapid.T) {
		b, said, pending := answerable(t, tables)
		some := rapid.SliceOfN(rapid.SampledFrom(aroundNames(b.language)), 0, 3)
		words := strings.Join(slices.Concat(some.Draw(t, "before"), []string{said}, some.Draw(t, "after")), " ")
		want, got := hearing.Decide(b.language, pending, converse(said)), hearing.Decide(b.language, pending, converse(words))
		if got.Kind != want.Kind || got.Heard.Text != want.Heard.Text {
			t.Fatalf("%s: %q is %v %q, and %q is %v %q", b.language, said, want.Kind, want.Heard.Text, words, got.Kind, got.Heard.Text)
		}
	})
}

// TestNegationsDoNothing denies every case, in whole words and as the slot of an intent:
// it is never an answer.
func TestNegationsDoNothing(t *testing.T) {
	t.Parallel()
	tables := readTables(t)
	rapid.Check(t, func(t *rapid.T) {
		b, said, pending := answerable(t, tables)
		words := strings.Fields(said)
		at := rapid.IntRange(0, len(words)).Draw(t, "at")
		denied := strings.Join(slices.Insert(words, at, rapid.SampledFrom(hearing.Negations(b.language)).Draw(t, "negation")), " ")
		q := pending.Question
		for _, as := range []hearing.Said{
			converse(denied),
			{Intent: intent.Choose, Slots: map[string]spoken.Heard{intent.SlotChoice: {Text: denied, IDs: ids(q.Choices)}}},
			{Intent: intent.Choose, Slots: map[string]spoken.Heard{intent.SlotOrdinal: {Text: denied, IDs: []string{"1"}}}},
			{Intent: q.Intent, Slots: map[string]spoken.Heard{q.Slot: {Text: denied}}},
		} {
			if got := hearing.Decide(b.language, pending, as); got.Kind == hearing.Answer {
				t.Fatalf("%s: %q as %s is the answer %q", b.language, denied, as.Intent, got.Heard.Text)
			}
		}
	})
}

func ids(things []spoken.Thing) []string {
	if len(things) == 0 {
		return nil
	}
	return []string{things[0].ID}
}

// TestVerbsAreNoAnswer puts a verb before each choice: that is a sentence of its own.
func TestVerbsAreNoAnswer(t *testing.T) {
	t.Parallel()
	for _, b := range readTables(t) {
		for _, verb := range hearing.Verbs(b.language) {
			for _, choice := range b.Choices {
				for _, name := range append(strings.Fields(choice), choice) {
					if got := hearing.Decide(b.language, b.pending("choice"), converse(verb+" "+name)); got.Kind == hearing.Answer {
						t.Errorf("%s: %q is the answer %q", b.language, verb+" "+name, got.Heard.Text)
					}
				}
			}
		}
	}
}

// TestPlaces says each place in each language, as words and as what Alexa makes of it: a
// place within the list is its choice, and one beyond it is asked about again.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, b := range readTables(t) {
		pending := b.pending("choice")
		for n := 1; n <= intent.Ordinals; n++ {
			want := hearing.Decision{Kind: hearing.Again}
			if n <= len(b.Choices) {
				want = hearing.Decision{Kind: hearing.Answer, Heard: spoken.Heard{Text: b.Choices[n-1], IDs: []string{b.Choices[n-1]}}}
			}
			texts := append([]string{strconv.Itoa(n)}, intent.OrdinalWords(b.language, n)...)
			for _, text := range texts {
				number := hearing.Said{Intent: intent.SetHelperNumber, Slots: map[string]spoken.Heard{intent.SlotNumber: {Text: strconv.Itoa(n)}}}
				for name, said := range map[string]hearing.Said{
					"words":             converse(text),
					"an ordinal":        ordinal(text, strconv.Itoa(n)),
					"another ordinal":   ordinal(text, "1", "2"), // "the third one" has "one" in it
					"the first by id":   ordinal(text, "1"),
					"a number":          number,
					"the same intent":   {Intent: pending.Question.Intent, Slots: map[string]spoken.Heard{pending.Question.Slot: {Text: text}}},
					"a choice's slot":   {Intent: intent.Choose, Slots: map[string]spoken.Heard{intent.SlotChoice: {Text: text}}},
					"a polite sentence": {Intent: "ConverseTo", Slots: map[string]spoken.Heard{intent.SlotQuery: {Text: text}}},
				} {
					got := hearing.Decide(b.language, pending, said)
					if got.Kind != want.Kind || got.Heard.Text != want.Heard.Text || !slices.Equal(got.Heard.IDs, want.Heard.IDs) {
						t.Errorf("%s: %q as %s is %v %q, should be %v %q", b.language, text, name, got.Kind, got.Heard.Text, want.Kind, want.Heard.Text)
					}
				}
			}
		}
	}
}

func ordinal(text string, ids ...string) hearing.Said {
	return hearing.Said{Intent: intent.Choose, Slots: map[string]spoken.Heard{intent.SlotOrdinal: {Text: text, IDs: ids}}}
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
