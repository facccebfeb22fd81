package wiring_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// counts are the hits and misses of the cache's sections.
type counts map[string][2]int

// sections asks for the diagnostics and returns what has been counted.
func (b *built) sections(t *testing.T) counts {
	t.Helper()
	var d struct {
		Cache struct {
			Sections []struct {
				Section      string
				TTL          float64
				Hits, Misses int
			}
		}
	}
	if err := json.Unmarshal([]byte(b.operate(t, "diagnostics")), &d); err != nil {
		t.Fatal(err)
	}
	all := counts{}
	for _, s := range d.Cache.Sections {
		if s.TTL <= 0 {
			t.Errorf("what is in %s is good for %v", s.Section, s.TTL)
		}
		all[s.Section] = [2]int{s.Hits, s.Misses}
	}
	return all
}

// TestSections: each section of the cache is used, and counted where /diagnostics
// says so. A discovery of Alexa's looks at the home whatever is known of it, and what
// it finds answers operators.
func TestSections(t *testing.T) {
	h, here := house(t)
	p, e := stored(t)
	p.leadTo(here)
	b := build(t, e.and(env{"OPERATOR_SECRET": operatorCanary, "CONFIGURATION_TIER": "minimum"}), false)
	before := counts{}
	// step does something and wants sections to have counted hits and misses since the
	// step before, and the home so many requests and conversations.
	step := func(what string, do func(), requests int, want counts) {
		t.Helper()
		asked := h.Requests()
		do()
		if n := h.Requests() - asked; n != requests {
			t.Errorf("%s: %d requests, want %d", what, n, requests)
		}
		now := b.sections(t)
		for _, section := range []string{"registry", "discovery", "configuration", "health", "parameters", "states"} {
			is, was := now[section], before[section]
			got := [2]int{is[0] - was[0], is[1] - was[1]}
			if section == "parameters" && want["parameters"] == [2]int{} {
				continue // every event asks for the settings
			}
			if got != want[section] {
				t.Errorf("%s: %s has counted %v, want %v", what, section, got, want[section])
			}
		}
		before = now
	}
	discover := func() {
		if found := b.ask(t, "Alexa.Discovery.Discover", ""); len(found.Event.Payload.Endpoints) == 0 {
			t.Error("nothing was discovered")
		}
	}
	explain := func() {
		if answer := b.operate(t, "ha_discovery"); !strings.Contains(answer, "light.kitchen_lights") {
			t.Errorf("ha_discovery was answered %s", answer)
		}
	}
	hit, miss := [2]int{1, 0}, [2]int{0, 1}

	discover()
	before = b.sections(t)
	if before["states"] != miss || before["parameters"][1] != 1 || before["registry"] != (counts{})["registry"] {
		t.Errorf("a discovery has counted %v", before)
	}
	perDiscovery := h.Requests()
	step("what Alexa was told", explain, 0, counts{"discovery": hit})
	step("once more", explain, 0, counts{"discovery": hit})
	b.invoke(t, []byte(`{"operation":"forget","entity_id":"light.kitchen_lights"}`))
	before = b.sections(t)
	step("another discovery, which asks for everything", discover, perDiscovery, counts{"states": miss})

	p.put("homeassistant/names", "area")
	b.operate(t, "config_reload")
	b.invoke(t, []byte(`{"operation":"forget","entity_id":"light.kitchen_lights"}`))
	before = b.sections(t)
	step("what Alexa would be told by other settings", explain, 1, counts{"discovery": miss, "registry": hit, "states": miss, "configuration": hit})
	step("a fresh answer", func() {
		b.invoke(t, []byte(`{"operation":"forget","entity_id":"light.kitchen_lights"}`))
		b.invoke(t, []byte(`{"operation":"ha_discovery","fresh":true}`))
	}, perDiscovery, counts{})
	b.invoke(t, []byte(`{"operation":"forget"}`))
	before = b.sections(t)
	step("when all was forgotten", explain, perDiscovery, counts{"discovery": miss, "registry": miss, "states": miss, "configuration": miss})
	step("the home's own words", func() { b.operate(t, "ha_status"); b.operate(t, "ha_status") }, 0, counts{"configuration": {2, 0}})
	step("the home's health", func() { b.operate(t, "health"); b.operate(t, "health") }, 1, counts{"health": {1, 1}})
	step("the settings", func() { b.operate(t, "health") }, 0, counts{"health": hit, "parameters": hit})
}
