package offer_test

import (
	"testing"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
)

// TestGuards leaves out what guards the house, and nothing else, where the home does
// not say what is hidden. A rule with the entity's id lets it in.
func TestGuards(t *testing.T) {
	opening := func(id home.EntityID, class string) home.State {
		return home.State{ID: id, Value: "closed", Attributes: home.Fields{
			{Name: home.AttrDeviceClass, Value: home.Text(class)}, {Name: home.AttrSupportedFeatures, Value: home.Number(3)},
		}}
	}
	for _, c := range []struct {
		state  home.State
		guards bool
	}{
		{home.State{ID: "lock.front", Value: "locked"}, true},
		{opening("alarm_control_panel.house", ""), true},
		{opening("cover.front", "door"), true},
		{opening("cover.car", "garage"), true},
		{opening("cover.yard", "gate"), true},
		{opening("cover.hall", "shutter"), false},
		{lamp("light.hall"), false},
	} {
		for text, want := range map[string]offer.Reason{"": offer.Reason(exposure.Unsure), string(c.state.ID): ""} {
			if !c.guards {
				want = ""
			}
			o := offered(t, catalog, offer.Terms{Filter: filter(t, text)}, []home.State{c.state}, home.Registry{})
			if f := o.Findings[0]; f.Reason != want || (f.Endpoint == nil) != (want != "") {
				t.Errorf("by the filter %q, %s is left out because %q, should because %q", text, c.state.ID, f.Reason, want)
			}
		}
	}
}
