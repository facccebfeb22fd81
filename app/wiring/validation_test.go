package wiring_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestValidation: the tier says how closely the home's answers are looked at; what is
// wrong with them is told of, and answered all the same.
func TestValidation(t *testing.T) {
	for tier, want := range map[string]struct {
		level        string
		looked       bool
		flaws, named int
	}{
		"minimum":  {"basic", false, 0, 0},
		"standard": {"standard", true, 0, 0},
		"maximum":  {"comprehensive", true, 1, 1},
	} {
		t.Run(tier, func(t *testing.T) {
			h, e := house(t)
			well := build(t, e.and(env{"CONFIGURATION_TIER": tier}), false)
			well.operate(t, "ha_states")
			if answer := well.operate(t, "diagnostics"); !strings.Contains(answer, `"flaws":0,`) {
				t.Errorf("of a house that is well it says %s", answer)
			}
			if err := h.Set("light.porch_light", "on", map[string]any{"brightness": 300}); err != nil {
				t.Fatal(err)
			}
			b := build(t, e.and(env{"CONFIGURATION_TIER": tier}), true)
			b.ask(t, "Alexa.ReportState", "light#porch_light")
			var d struct {
				Validation struct {
					Level         string
					Looked, Flaws int
					Named         []struct {
						Entity  string `json:"entity_id"`
						Member  string
						Problem string
					}
				}
			}
			if err := json.Unmarshal([]byte(b.operate(t, "diagnostics")), &d); err != nil {
				t.Fatal(err)
			}
			v := d.Validation
			if v.Level != want.level || v.Looked > 0 != want.looked || v.Flaws != want.flaws || len(v.Named) != want.named {
				t.Errorf("it says %+v", v)
			}
			const message = "the home says what Home Assistant would not"
			if told := strings.Contains(b.log.String(), message); told != (want.named > 0) {
				t.Errorf("the log reports it: %t", told)
			}
			if want.named > 0 && (v.Named[0].Entity != "light.porch_light" || v.Named[0].Member != "brightness") {
				t.Errorf("it names %+v", v.Named)
			}
		})
	}
}
