package spoken_test

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/spoken"
)

func TestFind(t *testing.T) {
	t.Parallel()
	var tests []struct {
		Why, Language, Heard string
		IDs, Of, Want        []string
	}
	raw, err := os.ReadFile("testdata/heard.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &tests); err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.Why, func(t *testing.T) {
			t.Parallel()
			var things []spoken.Thing
			for i, name := range test.Of {
				things = append(things, spoken.Thing{ID: strconv.Itoa(i), Names: []string{name}})
			}
			result := spoken.Find(cmp.Or(test.Language, "en"), spoken.Heard{Text: test.Heard, IDs: test.IDs}, things)
			var got []string
			for _, thing := range result.Things {
				got = append(got, thing.Name())
			}
			if !slices.Equal(got, test.Want) {
				t.Errorf("%q is %q, should be %q", test.Heard, got, test.Want)
			}
			if _, one := result.One(); one != (len(test.Want) == 1) || result.None() != (len(test.Want) == 0) {
				t.Errorf("the result calls itself something else: %+v", result)
			}
		})
	}
}

// TestBeside wants a name among other words to be told from a name, and from part of one.
func TestBeside(t *testing.T) {
	t.Parallel()
	things := []spoken.Thing{{ID: "kitchen", Names: []string{"Kitchen Corner"}}}
	for heard, beside := range map[string]bool{
		"the kitchen corner": false, "kitchen": false, "kitchen cornr": false, "kitchen corner garden": true, "garden": false,
	} {
		if result := spoken.Find("en", spoken.Heard{Text: heard}, things); result.Beside() != beside {
			t.Errorf("%q is %+v", heard, result)
		}
	}
}

// TestMatch: a match says how a name was found, and the score falls with it.
func TestMatch(t *testing.T) {
	t.Parallel()
	things := []spoken.Thing{{ID: "thing", Names: []string{"Morning Mood Lamp"}, Spare: []string{"bedside"}}}
	above := 1001
	for _, c := range []struct {
		heard spoken.Heard
		want  spoken.Match
		says  string
	}{
		{spoken.Heard{Text: "the morning mood lamp"}, spoken.Whole, "whole"},
		{spoken.Heard{Text: "lamp morning mood"}, spoken.Reordered, "reordered"},
		{spoken.Heard{Text: "mornink mood lamp"}, spoken.Misheard, "misheard"},
		{spoken.Heard{Text: "mornink mood lanp"}, spoken.Misheard, "misheard"},
		{spoken.Heard{Text: "morning"}, spoken.Part, "part"},
		{spoken.Heard{Text: "the old morning mood lamp"}, spoken.Within, "within"},
		{spoken.Heard{Text: "the very old morning mood lamp"}, spoken.Within, "within"},
		{spoken.Heard{Text: "tell me lies", IDs: []string{"thing"}}, spoken.Taken, "taken"},
	} {
		r := spoken.Find("en", c.heard, things)
		if r.Match != c.want || r.Match.String() != c.says || r.Whole() != (c.want == spoken.Whole) || r.Score >= above || r.Score < 0 {
			t.Errorf("%q is %v with %d after %d", c.heard.Text, r.Match, r.Score, above)
		}
		above = r.Score
	}
	for heard, want := range map[string]spoken.Match{"bedside": spoken.Part, "bedsite": spoken.Part, "the bedside thing": spoken.Within, "spaceship": spoken.NoMatch} {
		if r := spoken.Find("en", spoken.Heard{Text: heard}, things); r.Match != want || r.None() != (want == spoken.NoMatch) {
			t.Errorf("%q is %v", heard, r.Match)
		}
	}
	if r := spoken.Called("en", "bedside", things); !r.None() {
		t.Error("a spare name is one that it is called by")
	}
}

// TestAliases wants a thing to be found by each of its names.
func TestAliases(t *testing.T) {
	t.Parallel()
	things := []spoken.Thing{
		{ID: "script.bedtime", Names: []string{"Bedtime", "Sleep well", "Gute Nacht"}},
		{ID: "script.away", Names: []string{"Away"}},
		{ID: "script.nameless"},
	}
	for _, name := range things[0].Names {
		if thing, ok := spoken.Find("en", spoken.Heard{Text: name}, things).One(); !ok || thing.ID != "script.bedtime" {
			t.Errorf("%q is %+v", name, thing)
		}
	}
	if name := things[2].Name(); name != "script.nameless" {
		t.Errorf("a thing without a name is called %q", name)
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		language, heard string
		want            float64
		ok              bool
	}{
		{"en", "50", 50, true}, {"en", " 21.5 ", 21.5, true}, {"de", "21,5", 21.5, true}, {"en", "-4", -4, true},
		{"en", "seven", 7, true}, {"de", "zwölf", 12, true}, {"fr", "douze", 12, true}, {"it", "uno", 1, true},
		{"en", "?", 0, false}, {"en", "", 0, false}, {"en", "a lot", 0, false}, {"en", "inf", 0, false}, {"en", "NaN", 0, false},
		{"en", "0x10", 0, false}, {"en", "1e9", 0, false}, {"en", "two three", 0, false}, {"en", "1.2.3", 0, false},
	} {
		if f, ok := spoken.Number(test.language, test.heard); ok != test.ok || ok && f != test.want {
			t.Errorf("%q is %v, %v", test.heard, f, ok)
		}
	}
}
