package home_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
)

func TestFloorOf(t *testing.T) {
	areas := []home.Area{{ID: "kitchen", Name: "Kitchen", Floor: "ground"}, {ID: "yard", Name: "Yard"}, {ID: "attic", Name: "Attic", Floor: "gone"}}
	entries := []home.Entry{{ID: "light.kitchen", Area: "kitchen"}, {ID: "light.yard", Area: "yard"}, {ID: "light.attic", Area: "attic"}, {ID: "light.none"}}
	bare := home.NewRegistry(home.SourceWebSocket, home.AllParts&^home.PartFloors, entries, areas, nil)
	told := bare.WithFloors([]home.Floor{{ID: "ground", Name: "Old"}, {ID: "ground", Name: "Downstairs"}, {ID: "", Name: "Nowhere"}})
	if bare.Knows(home.PartFloors) || !told.Knows(home.AllParts) {
		t.Errorf("floors are known: %v before they are told, %v afterwards", bare.Knows(home.PartFloors), told.Knows(home.PartFloors))
	}
	for id, want := range map[home.EntityID]string{"light.kitchen": "Downstairs", "light.yard": "", "light.attic": "", "light.none": "", "light.unlisted": ""} {
		if floor, ok := told.FloorOf(id); floor.Name != want || ok != (want != "") {
			t.Errorf("%s is on %+v, %v; should be on %q", id, floor, ok, want)
		}
		if floor, ok := bare.FloorOf(id); ok {
			t.Errorf("%s is on %+v though nobody has told the floors", id, floor)
		}
	}
}
