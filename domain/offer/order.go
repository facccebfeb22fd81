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
//
// It is a single number, less for what comes before: what is named by the filter,
// then what is exposed in Home Assistant, then what is in an area, then by domain.
type rank uint16

const (
	unplaced rank = 1 << (8 + iota) // above every domain's
	unexposed
	unnamed
)

func rankOf(id home.EntityID, named bool, r home.Registry) rank {
	of := domainRank(id.Domain())
	if !named {
		of |= unnamed
	}
	if exposed, _ := r.ExposedTo(id, home.Alexa|home.Assist); !exposed {
		of |= unexposed
	}
	if _, placed := r.AreaOf(id); !placed {
		of |= unplaced
	}
	return of
}

// domains has Home Assistant's domains by how often people speak of them; those
// that are not here come last.
var domains = []string{
	"light", "switch", "climate", "cover", "lock", "fan", "media_player", "vacuum", "alarm_control_panel",
	"humidifier", "water_heater", "valve", "scene", "script", "group", "input_boolean", "siren", "remote", "camera",
	"input_button", "button", "input_number", "number", "input_select", "select", "timer", "automation",
	"binary_sensor", "sensor", "event", "image_processing", "alert",
}

func domainRank(domain string) rank {
	if i := slices.Index(domains, domain); i >= 0 {
		return rank(i)
	}
	return rank(len(domains))
}

// sortByRank puts first what is to be taken first; entities of one rank are in
// the order of their ids, which the home's own is not: that changes when it
// restarts.
func sortByRank(all []candidate) {
	slices.SortFunc(all, func(a, b candidate) int {
		if a.rank != b.rank {
			return cmp.Compare(a.rank, b.rank)
		}
		return strings.Compare(string(a.state.ID), string(b.state.ID))
	})
}
