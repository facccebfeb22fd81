package batch_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/batch"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestMistakes: every bad item is named, and nothing is sent.
func TestMistakes(t *testing.T) {
	many := func(n int) (texts []string) {
		for i := range n {
			texts = append(texts, "light.turn_on light.a"+strconv.Itoa(i))
		}
		return texts
	}
	for _, c := range []struct {
		name  string
		calls []string
		want  []string
	}{
		{"nothing", nil, []string{"it is empty"}},
		{"too many", many(batch.Most + 1), []string{"it has 501 items, and 500 are the most"}},
		{
			"all kinds", []string{"light.turn_on light.a", "light", "Light.on light.b", "light.turn_on all light.c Light.D", "light.turn_on light.b @hall", "light.turn_on @The=Hall @The-Hall"},
			[]string{
				`item 1: "light." is no service`, `item 2: "Light.on" is no service`,
				`item 3: "all" is no entity id`, `item 3: "Light.D" is no entity id`,
				`item 4: it names entities and an area`, `item 4: "light.b" is in item 2 already`,
				`item 5: "The-Hall" is no area id`,
			},
		},
		{
			"an entity twice", []string{"light.turn_on light.b light.a light.b", "light.turn_off light.a", "switch.turn_on switch.a", "switch.turn_on switch.a"},
			[]string{`item 0: "light.b" is in item 0 already`, `item 1: "light.a" is in item 0 already`, `item 3: "switch.a" is in item 2 already`},
		},
		{
			"an area twice", []string{"light.turn_on @hall", "light.turn_on @hall x=1", "light.turn_off @hall", "light.turn_on @hall x=1", "light.turn_on @hall"},
			[]string{"item 3: it is the same as item 1", "item 4: it is the same as item 0"},
		},
		{
			"targets in the data", []string{
				"light.turn_on light.a entity_id=all", "light.turn_on area_id=hall", "light.turn_on light.b device_id=d", "light.turn_on @hall floor_id=f label_id=l",
			},
			[]string{
				"item 0: its data holds entity_id", "item 1: its data holds area_id", "item 2: its data holds device_id",
				"item 3: its data holds floor_id", "item 3: its data holds label_id",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := house()
			_, n, err := batch.New(h).Calls(t.Context(), calls(c.calls...))
			var wrong batch.Mistakes
			if !errors.As(err, &wrong) || fault.Of(err) != fault.Invalid {
				t.Fatalf("got %v, want mistakes", err)
			}
			if got := wrong.Texts(); !slices.Equal(got, c.want) {
				t.Errorf("got %q\nwant %q", got, c.want)
			}
			for _, text := range c.want {
				if !strings.Contains(fault.Text(err), text) {
					t.Errorf("people are not told that %s: %s", text, fault.Text(err))
				}
			}
			if len(h.Journal()) != 0 || n != 0 {
				t.Errorf("the home was asked all the same: %+v", h.Journal())
			}
		})
	}
}

func TestMistakesInStates(t *testing.T) {
	h := house()
	_, err := batch.New(h).States(t.Context(), []home.EntityID{"light.a", "light", "", "light.a", home.EntityID("light." + strings.Repeat("x", 300) + "!")})
	var wrong batch.Mistakes
	if !errors.As(err, &wrong) {
		t.Fatalf("got %v, want mistakes", err)
	}
	want := []string{
		`item 1: "light" is no entity id`, `item 2: "" is no entity id`, `item 3: "light.a" is in item 0 already`,
		`item 4: "light.` + strings.Repeat("x", 58) + `"… is no entity id`,
	}
	if got := wrong.Texts(); !slices.Equal(got, want) || len(h.Journal()) != 0 {
		t.Errorf("got %q\nwant %q; the home was asked %+v", got, want, h.Journal())
	}
}
