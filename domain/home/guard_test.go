package home_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestGuardsHouse has every device class of Home Assistant's covers, and the domains
// that could be taken for guards.
func TestGuardsHouse(t *testing.T) {
	for _, c := range []struct {
		id, class string
		guards    bool
	}{
		{"lock.front_door", "", true},
		{"lock.front_door", "door", true},
		{"alarm_control_panel.house", "", true},
		{"cover.any", "garage", true},
		{"cover.any", "gate", true},
		{"cover.any", "door", true},
		{"cover.any", "", false},
		{"cover.any", "awning", false},
		{"cover.any", "blind", false},
		{"cover.any", "curtain", false},
		{"cover.any", "damper", false},
		{"cover.any", "shade", false},
		{"cover.any", "shutter", false},
		{"cover.any", "window", false},
		{"cover.any", "Garage", false}, // Home Assistant's classes are in lower case
		{"cover", "gate", true},        // an id without an object
		{"binary_sensor.any", "door", false},
		{"binary_sensor.any", "garage_door", false},
		{"button.any", "gate", false},
		{"camera.any", "door", false},
		{"light.any", "", false},
		{"switch.any", "gate", false},
		{"valve.any", "gate", false},
		{"locks.any", "", false},
		{"", "gate", false},
	} {
		state := home.State{ID: home.EntityID(c.id), Attributes: home.Fields{{Name: home.AttrDeviceClass, Value: home.Text(c.class)}}}
		if state.GuardsHouse() != c.guards {
			t.Errorf("%q of class %q guards the house: %v, want %v", c.id, c.class, !c.guards, c.guards)
		}
	}
	numbered := home.State{ID: "cover.any", Attributes: home.Fields{{Name: home.AttrDeviceClass, Value: home.Number(1)}}}
	if numbered.GuardsHouse() || (home.State{ID: "cover.any"}).GuardsHouse() {
		t.Error("a cover whose class is no text guards the house")
	}
}
