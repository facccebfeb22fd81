package demohome

import (
	"fmt"
	"maps"
)

// Grow adds copies of the house's own things, light.bed_light_2 and so on, until
// there are n entities. It does nothing if there are that many.
func (h *House) Grow(n int) {
	h.mu.Lock()
	defer h.unlock()
	models := furniture()
	for twin := 2; len(h.order) < n; twin++ {
		for _, r := range models {
			if len(h.order) >= n {
				return
			}
			r.ID = fmt.Sprintf("%s_%d", r.ID, twin)
			if _, taken := h.entities[r.ID]; taken {
				continue
			}
			if r.Device != "" {
				r.Device = fmt.Sprintf("%s %d", r.Device, twin)
			}
			r.Attributes = maps.Clone(r.Attributes)
			r.Attributes["friendly_name"] = fmt.Sprintf("%s %d", r.Attributes["friendly_name"], twin)
			h.furnish(r)
		}
	}
}
