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
		if result := spoken.Find("en", spoken.Heard{Text: heard}, things); result.Beside != beside {
			t.Errorf("%q is %+v", heard, result)
		}
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
