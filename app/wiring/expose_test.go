package wiring_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestExposeSources wants one filter to choose the same devices wherever it
// stands.
func TestExposeSources(t *testing.T) {
	const filter = "area:kitchen\n# but no locks\nlight.bed_*\n-lock.*\n"
	_, e := house(t)
	file := filepath.Join(t.TempDir(), "expose.txt")
	if err := os.WriteFile(file, []byte(filter), 0o600); err != nil {
		t.Fatal(err)
	}
	store, elsewhere := stored(t)
	store.put("homeassistant/expose", filter)
	offered := map[string][]string{}
	for source, more := range map[string]env{
		"the environment": {"HA_EXPOSE": filter}, "a file": {"HA_EXPOSE": file}, "the Parameter Store": elsewhere,
	} {
		for _, endpoint := range build(t, e.and(more), false).ask(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints {
			offered[source] = append(offered[source], endpoint.EndpointID)
		}
		slices.Sort(offered[source])
	}
	want := offered["the environment"]
	if !slices.Contains(want, "light#bed_light") || !slices.Contains(want, "light#kitchen_lights") || slices.Contains(want, "lock#kitchen_door") ||
		slices.Contains(want, "light#ceiling_lights") {
		t.Errorf("offered are %v", want)
	}
	for source, got := range offered {
		if !slices.Equal(got, want) {
			t.Errorf("from %s offered are %v, should be %v", source, got, want)
		}
	}
}
