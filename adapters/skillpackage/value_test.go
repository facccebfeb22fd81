package skillpackage

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

func TestSayable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, name, want string }{
		{"en", "Kitchen", "Kitchen"},
		{"en", "  Kitchen\tlights ", "Kitchen lights"},
		{"en", "Mum & Dad's room", "Mum and Dad's room"},
		{"de", "Küche & Flur", "Küche und Flur"},
		{"fr", "L’été à 50%", "L'été à 50 pour cent"},
		{"es", "Día+Noche", "Día más Noche"},
		{"it", "Sala (piano 1)", "Sala piano 1"},
		{"en", "🛋️ Lounge 🛋️", "Lounge"},
		{"en", "kids_room", "kids room"},
		{"en", "A/C", "A C"},
		{"en", "n. p. r.", "n. p. r."},
		{"en", "well-lit -- hall -", "well-lit hall"},
		{"en", "'quoted'", "quoted'"},
		{"en", "кухня 寝室", "кухня 寝室"},
		{"en", "!?", ""},
		{"en", "", ""},
		{"en", strings.Repeat("long ", 40), strings.TrimSpace(strings.Repeat("long ", 28))},
		{"en", strings.Repeat("x", 200), strings.Repeat("x", 140)},
	} {
		if got := vocabularies()[c.language].sayable(c.name); got != c.want {
			t.Errorf("%s: %q is said %q, want %q", c.language, c.name, got, c.want)
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		things    []Thing
		want      []value
		unsayable []string
	}{
		{"none", nil, nil, nil},
		{
			"a name and aliases",
			[]Thing{{ID: "script.a", Name: "Bedtime", Others: []string{"good night", "Bedtime!", "good  Night", "sleep"}}},
			[]value{{"script.a", valueName{"Bedtime", []string{"good night", "sleep"}}}}, nil,
		},
		{
			"nothing to say",
			[]Thing{{ID: "script.a", Name: "🌱"}, {ID: "script.b", Name: "🌱", Others: []string{"grow"}}},
			[]value{{"script.b", valueName{"grow", []string{}}}},
			[]string{"script.a"},
		},
		{
			"one name for many",
			[]Thing{
				{ID: "script.a", Name: "Lamp"}, {ID: "script.b", Name: "lamp", Area: "Hall"}, {ID: "script.c", Name: "Lamp", Others: []string{"lantern"}},
				{ID: "script.d", Name: "LAMP"}, {ID: "script.e", Name: "Lamp", Area: "Hall"}, {ID: "script.f", Name: "Lamp 2"},
			},
			[]value{
				{"script.a", valueName{"Lamp", []string{}}},
				{"script.b", valueName{"Hall lamp", []string{"lamp"}}},
				{"script.c", valueName{"lantern", []string{"Lamp"}}},
				{"script.d", valueName{"LAMP 3", []string{"LAMP"}}},
				{"script.e", valueName{"Lamp 4", []string{"Lamp"}}},
				{"script.f", valueName{"Lamp 2", []string{}}},
			}, nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, unsayable := vocabularies()["en"].values(c.things)
			if !reflect.DeepEqual(got, c.want) || !reflect.DeepEqual(unsayable, c.unsayable) {
				t.Errorf("got %q, %q\nwant %q, %q", got, unsayable, c.want, c.unsayable)
			}
		})
	}
}

// TestAnyHouse: whatever things are called, Amazon takes the model.
func TestAnyHouse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"Lamp", "lamp", "Lamp 2", "Hall Lamp", "Hall", "&", "a'", "-", "Straße", "STRASSE", "İ"}))
		house := House{}
		for _, kind := range []intent.Type{intent.Script, intent.Area, intent.Option, intent.Timer} {
			for i := range rapid.IntRange(0, 6).Draw(t, "things") {
				house[kind] = append(house[kind], Thing{
					ID: string(kind) + string(rune('a'+i)), Name: name.Draw(t, "name"),
					Others: rapid.SliceOfN(name, 0, 3).Draw(t, "others"), Area: name.Draw(t, "area"),
				})
			}
		}
		l := rapid.SampledFrom(intent.Languages()).Draw(t, "language")
		m, _ := Assistant{Name: "Home Assistant", House: house}.model(l)
		if err := m.vet(); err != nil {
			t.Fatal(err)
		}
	})
}
