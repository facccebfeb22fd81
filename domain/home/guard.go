package home

import "slices"

// entranceClasses are the device classes of covers through which somebody can come
// in (https://www.home-assistant.io/integrations/cover/#device-class).
var entranceClasses = []string{"door", "garage", "gate"}

// GuardsHouse says whether the entity keeps people out of the house: a lock, an
// alarm panel, or a cover through which somebody can come in. Such an entity must not
// be offered by accident, and an answer must not claim of it what the home has not
// said.
func (s State) GuardsHouse() bool {
	switch s.ID.Domain() {
	case "lock", "alarm_control_panel":
		return true
	case "cover":
		return slices.Contains(entranceClasses, s.Text(AttrDeviceClass))
	default:
		return false
	}
}
