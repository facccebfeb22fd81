package config

import (
	"maps"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
)

// TestRooms: what was told by voice is read with all else, after what the operator
// says.
func TestRooms(t *testing.T) {
	f := start(t, variables{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p", "HA_ROOMS": "said=attic"})
	for name, area := range map[string]string{
		"/p/homeassistant/rooms/0a1b": "kitchen", "/p/homeassistant/rooms/said": "cellar",
		"/p/homeassistant/rooms/bad": "a\x00b", "/p/homeassistant/roomsbeside": "x", "/p/homeassistant/url/below": "y",
	} {
		f.store.Put(ports.Parameter{Name: name, Value: secret.New(area), Type: ports.ParameterString})
	}
	settings, err := f.Settings(t.Context())
	if want := map[string]string{"said": "attic", "0a1b": "kitchen"}; err != nil || !maps.Equal(settings.Rooms, want) {
		t.Fatalf("the rooms are %v (%v), should be %v", settings.Rooms, err, want)
	}
	report := f.Report()
	if unknown := strings.Join(report.Store.Unknown, " "); unknown != "/p/homeassistant/roomsbeside /p/homeassistant/url/below" {
		t.Errorf("unknown are %s", unknown)
	}
	f.store.Put(ports.Parameter{Name: "/p/homeassistant/rooms/2c3d", Value: secret.New("bedroom"), Type: ports.ParameterString})
	if number, err := f.Reload(t.Context()); err != nil || number != 2 {
		t.Errorf("another room makes version %d (%v)", number, err)
	}
	if rooms := f.Current().Rooms; rooms["2c3d"] != "bedroom" || len(settings.Rooms) != 2 {
		t.Errorf("the rooms are %v, and were %v", rooms, settings.Rooms)
	}
	for _, e := range f.Report().Settings {
		if e.Variable == "HA_ROOMS" && e.Value != "0a1b=kitchen, 2c3d=bedroom, said=attic" {
			t.Errorf("they are shown as %q", e.Value)
		}
	}
}

// TestRoomsOfTheStore: without HA_ROOMS the entry names where they are from.
func TestRoomsOfTheStore(t *testing.T) {
	f := start(t, variables{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p"})
	f.store.Put(ports.Parameter{Name: "/p/homeassistant/rooms/0a1b", Value: secret.New("kitchen"), Type: ports.ParameterString})
	if _, err := f.Settings(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, e := range f.Report().Settings {
		if e.Variable == "HA_ROOMS" && (e.Value != "0a1b=kitchen" || e.Source != setting.FromParameterStore || !strings.HasPrefix(e.Origin, "/p/homeassistant/rooms/")) {
			t.Errorf("they are shown as %+v", e)
		}
	}
}
