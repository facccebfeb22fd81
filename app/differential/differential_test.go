//go:build live

package differential

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestDifferential compares LEE with Home Assistant's own in both houses.
func TestDifferential(t *testing.T) {
	houses := []*house{openHouse(t, "°C", "LEE_HOUSE_C"), openHouse(t, "°F", "LEE_HOUSE_F")}
	c := newTally(t, readList(t))
	var both sync.WaitGroup
	for i, h := range houses {
		both.Go(func() {
			r := &run{T: t, house: h, facts: readFacts(t), tally: c}
			r.discover()
			r.discovered()
			r.reports()
			r.directives(func(id string) bool { return i == 0 || warm(id) })
		})
	}
	both.Wait()
	t.Log("\n" + c.summary())
	c.verdict(*only == "")
}

// warm says whether an endpoint has to do with temperatures: only those are sent
// directives in the second house, which differs from the first in its units.
func warm(id string) bool {
	domain, _, _ := strings.Cut(id, "#")
	return slices.Contains([]string{"climate", "water_heater", "number", "input_number", "sensor"}, domain)
}
