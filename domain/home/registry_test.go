package home_test

import (
	"slices"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
)

func registry(knows home.Part) home.Registry {
	return home.NewRegistry(home.SourceWebSocket, knows,
		[]home.Entry{
			{ID: "light.hall", Name: "Hall", Area: "hall", Labels: []string{"a1", "gone"}, Exposed: home.Assist},
			{ID: "light.lost", Area: "gone"},
		},
		[]home.Area{{ID: "hall", Name: "Flur", Aliases: []string{"Diele", "Corridor"}}},
		[]home.Label{{ID: "a1", Name: "Für Alexa"}},
	)
}

// TestRegistryLookups asks what is known and what is not, each of what is so and
// what is not.
func TestRegistryLookups(t *testing.T) {
	type lookup func(r home.Registry) (is, known bool)
	area := func(id home.EntityID, name string) lookup {
		return func(r home.Registry) (bool, bool) { return r.InArea(id, name) }
	}
	label := func(id home.EntityID, name string) lookup {
		return func(r home.Registry) (bool, bool) { return r.Labelled(id, name) }
	}
	exposed := func(id home.EntityID, to home.Assistant) lookup {
		return func(r home.Registry) (bool, bool) { return r.ExposedTo(id, to) }
	}
	for title, c := range map[string]struct {
		look lookup
		part home.Part
		is   bool
	}{
		"by the area's id":          {area("light.hall", "HALL"), home.PartAreas, true},
		"by its name":               {area("light.hall", "flur"), home.PartAreas, true},
		"by an alias":               {area("light.hall", "corridor"), home.PartAreas, true},
		"by another's":              {area("light.hall", "kitchen"), home.PartAreas, false},
		"by nothing":                {area("light.hall", ""), home.PartAreas, false},
		"an area that is gone":      {area("light.lost", "gone"), home.PartAreas, false},
		"an unknown entity's area":  {area("light.new", "hall"), home.PartAreas, false},
		"by the label's id":         {label("light.hall", "A1"), home.PartLabels, true},
		"by the label's name":       {label("light.hall", "FÜR ALEXA"), home.PartLabels, true},
		"a label that is gone":      {label("light.hall", "gone"), home.PartLabels, true},
		"no label":                  {label("light.hall", ""), home.PartLabels, false},
		"an unknown entity's label": {label("light.new", "a1"), home.PartLabels, false},
		"to Assist":                 {exposed("light.hall", home.Assist), home.PartExposure, true},
		"to either":                 {exposed("light.hall", home.Assist|home.Alexa), home.PartExposure, true},
		"to Alexa":                  {exposed("light.hall", home.Alexa), home.PartExposure, false},
		"an unknown entity":         {exposed("light.new", home.Assist), home.PartExposure, false},
	} {
		if c.part == home.PartAreas && !c.is {
			c.part |= home.PartAreaAliases
		}
		if is, known := c.look(registry(home.AllParts)); is != c.is || !known {
			t.Errorf("%s: %v, known %v; should be %v", title, is, known, c.is)
		}
		if is, known := c.look(registry(home.AllParts &^ c.part)); !is && known {
			t.Errorf("%s: %v, known %v, and that part is not known", title, is, known)
		}
		if is, known := c.look(home.Registry{}); is || known {
			t.Errorf("%s: %v, known %v to one who knows nothing", title, is, known)
		}
	}
}

func TestRegistry(t *testing.T) {
	r := registry(home.AllParts &^ home.PartAliases)
	if e := r.Entry("light.hall"); e.ID != "light.hall" || e.Name != "Hall" || e.Hidden || e.Category != home.CategoryNone {
		t.Errorf("the entry is %+v", e)
	}
	if e := r.Entry("light.new"); e.ID != "light.new" || e.Name != "" || e.Hidden || r.Len() != 2 {
		t.Errorf("one that is not there is %+v", e)
	}
	if r.Aliases("light.hall") != nil {
		t.Error("it knows aliases that nobody told it")
	}
	with := r.WithAliases(map[home.EntityID][]string{"light.hall": {"Flur"}})
	if !slices.Equal(with.Aliases("light.hall"), []string{"Flur"}) || r.Aliases("light.hall") != nil || !with.Knows(home.AllParts) || r.Knows(home.PartAliases) {
		t.Errorf("aliases are %q, and were %q", with.Aliases("light.hall"), r.Aliases("light.hall"))
	}
	if with.FromMemory().Source() != home.SourceMemory || with.Source() != home.SourceWebSocket {
		t.Error("what is remembered is not told apart")
	}
	if a, ok := r.AreaOf("light.hall"); !ok || a.Name != "Flur" {
		t.Errorf("the area is %+v, %v", a, ok)
	}
}

// TestAreaAliases asks of areas whose aliases are not told: a name that is no
// area's may be an alias.
func TestAreaAliases(t *testing.T) {
	r := home.NewRegistry(home.SourceTemplate, home.PartAreas,
		[]home.Entry{{ID: "light.hall", Area: "hall"}}, []home.Area{{ID: "hall", Name: "Hall"}, {ID: "cellar", Name: "Cellar"}}, nil)
	for name, want := range map[string][2]bool{"Hall": {true, true}, "cellar": {false, true}, "Basement": {false, false}} {
		if in, known := r.InArea("light.hall", name); in != want[0] || known != want[1] {
			t.Errorf("in %s: %v, known %v", name, in, known)
		}
	}
}

func TestParts(t *testing.T) {
	r := registry(home.AllParts &^ (home.PartAreas | home.PartExposure))
	if r.Knows(home.PartAreas) || r.Knows(home.PartAreas|home.PartLabels) || !r.Knows(home.PartHidden|home.PartLabels) || !r.Knows(0) {
		t.Error("it knows other parts than it was told")
	}
	if names := r.Lacks().Names(); !slices.Equal(names, []string{"areas", "exposed entities"}) {
		t.Errorf("it lacks %q", names)
	}
	if lacks := registry(home.AllParts).Lacks().Names(); len(lacks) > 0 {
		t.Errorf("it lacks %q", lacks)
	}
	if all := (home.Registry{}).Lacks().Names(); len(all) != 9 {
		t.Errorf("one who knows nothing lacks %q", all)
	}
	for _, source := range []home.Source{home.SourceNone, home.SourceWebSocket, home.SourceTemplate, home.SourceMemory} {
		if source.String() == "" {
			t.Errorf("the source %d has no name", source)
		}
	}
}
