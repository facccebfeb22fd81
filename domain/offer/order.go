package offer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// rank is what decides who comes first where there are more entities than Alexa
// takes. It depends on nothing that changes by itself: from one discovery to the
// next the same entities come first.
type rank struct {
	// named by the filter, exposed in Home Assistant, placed in an area.
	named, exposed, placed bool
	domain                 int
}

func rankOf(id home.EntityID, named bool, r home.Registry) rank {
	exposed, _ := r.ExposedTo(id, home.Alexa|home.Assist)
	_, placed := r.AreaOf(id)
	return rank{named, exposed, placed, domainRank(id.Domain())}
}

// domains has Home Assistant's domains by how often people speak of them; those
// that are not here come last.
var domains = []string{
	"light", "switch", "climate", "cover", "lock", "fan", "media_player", "vacuum", "alarm_control_panel",
	"humidifier", "water_heater", "valve", "scene", "script", "group", "input_boolean", "siren", "remote", "camera",
	"input_button", "button", "input_number", "number", "input_select", "select", "timer", "automation",
	"binary_sensor", "sensor", "event", "image_processing", "alert",
}

func domainRank(domain string) int {
	if i := slices.Index(domains, domain); i >= 0 {
		return i
	}
	return len(domains)
}

// sortByRank puts first what is to be taken first; entities of one rank are in
// the order of their ids, which the home's own is not: that changes when it
// restarts.
func sortByRank(all []candidate) {
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(
			first(a.rank.named, b.rank.named),
			first(a.rank.exposed, b.rank.exposed),
			first(a.rank.placed, b.rank.placed),
			cmp.Compare(a.rank.domain, b.rank.domain),
			strings.Compare(string(a.state.ID), string(b.state.ID)),
		)
	})
}

// first orders what is true before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}
