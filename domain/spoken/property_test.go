package spoken_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/spoken"
)

// name draws what a thing may be called.
func name() *rapid.Generator[string] {
	word := rapid.SampledFrom([]string{
		"kitchen", "Küche", "lamp", "light", "lights", "two", "2", "the", "der", "salon", "night", "good", "a", "L'été", "зима", "",
	})
	return rapid.Map(rapid.SliceOfN(word, 1, 4), func(words []string) string { return strings.Join(words, " ") })
}

func draw(t *rapid.T) (language string, things []spoken.Thing) {
	language = rapid.SampledFrom([]string{"en", "de", "fr", "es", "it", "ja"}).Draw(t, "language")
	for i, names := range rapid.SliceOfN(rapid.SliceOfN(name(), 0, 3), 0, 6).Draw(t, "names") {
		things = append(things, spoken.Thing{ID: string(rune('a' + i)), Names: names})
	}
	return language, things
}

func ids(r spoken.Result) []string {
	var ids []string
	for _, thing := range r.Things {
		ids = append(ids, thing.ID)
	}
	slices.Sort(ids)
	return ids
}

// TestFound wants what is called by a name of its own among what that name
// finds; in whatever order the things are, and whatever letters it is said with.
func TestFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		language, things := draw(t)
		heard := name().Draw(t, "heard")
		for _, thing := range things {
			if len(thing.Names) > 0 && rapid.Bool().Draw(t, "its own") {
				heard = thing.Names[0]
				found := ids(spoken.Find(language, spoken.Heard{Text: heard}, things))
				if letters := strings.Trim(heard, " "); letters != "" && !slices.Contains(found, thing.ID) {
					t.Fatalf("%q finds %q without %s: %+v", heard, found, thing.ID, things)
				}
			}
		}
		want := ids(spoken.Find(language, spoken.Heard{Text: heard}, things))
		turned := slices.Clone(things)
		slices.Reverse(turned)
		if got := ids(spoken.Find(language, spoken.Heard{Text: heard}, turned)); !slices.Equal(got, want) {
			t.Fatalf("%q finds %q, and in another order %q", heard, want, got)
		}
		if got := ids(spoken.Find(language, spoken.Heard{Text: " " + strings.ToUpper(heard) + "!"}, things)); !slices.Equal(got, want) {
			t.Fatalf("%q finds %q, and said aloud %q", heard, want, got)
		}
	})
}

// TestWhole: what is called just what was heard is found, and nothing else with it.
func TestWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		language, things := draw(t)
		heard := name().Draw(t, "heard")
		r := spoken.Find(language, spoken.Heard{Text: heard}, things)
		called := spoken.Called(language, heard, things)
		if r.Whole() == called.None() || r.Whole() && !slices.Equal(ids(r), ids(called)) {
			t.Fatalf("%q finds %q, which match %v; called that are %q", heard, ids(r), r.Match, ids(called))
		}
	})
}

// TestNoGuess wants two things with one name to be found both or not at all.
func TestNoGuess(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		language, things := draw(t)
		heard := name().Draw(t, "heard")
		if len(things) > 0 {
			twin := things[0]
			twin.ID = "twin"
			things = append(things, twin)
			found := ids(spoken.Find(language, spoken.Heard{Text: heard}, things))
			if slices.Contains(found, "twin") != slices.Contains(found, things[0].ID) {
				t.Fatalf("%q finds one of two that are called %q: %q", heard, twin.Names, found)
			}
		}
	})
}

// TestMisheard wants a long name to be found with a letter wrong, and not with
// half of them.
func TestMisheard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		letters := []rune(rapid.StringMatching(`[a-z]{8,20}`).Draw(t, "name"))
		things := []spoken.Thing{{ID: "it", Names: []string{string(letters)}}}
		i := rapid.IntRange(0, len(letters)-1).Draw(t, "which")
		wrong := slices.Clone(letters)
		wrong[i] = 'ж'
		if _, ok := spoken.Find("", spoken.Heard{Text: string(wrong)}, things).One(); !ok {
			t.Fatalf("%q is not %q", string(wrong), string(letters))
		}
		for i := range len(wrong)/2 + 1 {
			wrong[i] = 'ж'
		}
		if !spoken.Find("", spoken.Heard{Text: string(wrong)}, things).None() {
			t.Fatalf("%q is %q", string(wrong), string(letters))
		}
	})
}
