//go:build live

package endtoend

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/domain/intent"
)

// TestDialoguesLive has the dialogues with a real Home Assistant, and reads back
// what came of each turn.
func TestDialoguesLive(t *testing.T) {
	h := newReal(t)
	h.furnish(t)
	for name, d := range dialogues(t) {
		t.Run(name, func(t *testing.T) {
			f := start(t, h, map[string]string{"HA_ASSISTANT_NAME": "Our House", "HA_SKILL_IDS": skillID, "HA_EXPOSE": "-lock.poorly_installed_door"})
			d.run(t, newTalk(f, d.Locale), h)
		})
	}
}

func (d dialogue) run(t *testing.T, k *talk, h *home) {
	for i, turn := range d.Turns {
		for _, g := range turn.Given {
			h.call(t, g.service, g.data)
		}
		answer := k.ask(t, turn.Ask, turn.Slots, turn.IDs)
		t.Logf("%d. %s %v: %s", i+1, turn.Ask, turn.Slots, answer.Speech)
		for _, words := range turn.Says {
			if !strings.Contains(answer.Speech, words) {
				t.Errorf("turn %d, %s: it says %q, should %q", i+1, turn.Ask, answer.Speech, words)
			}
		}
		if answer.Open != turn.Open || (answer.Elicit != "") != turn.Elicits {
			t.Errorf("turn %d, %s: open %v, elicits %q", i+1, turn.Ask, answer.Open, answer.Elicit)
		}
		for entity, want := range turn.House {
			if problem := want.differs(h.state(t, entity)); problem != "" {
				t.Errorf("turn %d, %s: %s %s", i+1, turn.Ask, entity, problem)
			}
		}
	}
}

// TestRefusalsLive has a dialogue of refusals in each language: denials, places beyond the
// list, and words that are no answer. Nothing in the house changes.
func TestRefusalsLive(t *testing.T) {
	h := newReal(t)
	h.furnish(t)
	all := refusals(t)
	if len(all) != len(intent.Languages()) {
		t.Errorf("there are %d dialogues of refusals, and %d languages. Add testdata/refusals_LOCALE.json.", len(all), len(intent.Languages()))
	}
	for name, d := range all {
		t.Run(name, func(t *testing.T) {
			f := start(t, h, map[string]string{"HA_ASSISTANT_NAME": "Our House", "HA_SKILL_IDS": skillID})
			if len(d.Turns) < 12 {
				t.Errorf("it has %d turns", len(d.Turns))
			}
			before := h.steady(t)
			k := newTalk(f, d.Locale)
			for i, turn := range d.Turns {
				answer := k.ask(t, turn.Ask, turn.Slots, turn.IDs)
				t.Logf("%d. %s %v: %s", i+1, turn.Ask, turn.Slots, answer.Speech)
				for _, words := range turn.Says {
					if !strings.Contains(answer.Speech, words) {
						t.Errorf("turn %d, %s %v: it says %q, should %q", i+1, turn.Ask, turn.Slots, answer.Speech, words)
					}
				}
			}
			after := h.steady(t)
			for id, was := range before {
				if after[id] != was {
					t.Errorf("%s was %s and is %s", id, was, after[id])
				}
			}
		})
	}
}

// steady returns the states of what people switch, by the entities' ids. Sensors, and what
// else changes by itself, are not among them.
func (h *home) steady(t *testing.T) map[string]string {
	t.Helper()
	switched := []string{
		"alarm_control_panel", "automation", "button", "climate", "cover", "fan", "humidifier", "input_boolean", "input_button", "input_number", "input_select",
		"input_text", "lawn_mower", "light", "lock", "media_player", "number", "scene", "script", "select", "siren", "switch", "text", "timer", "vacuum", "valve",
		"water_heater",
	}
	var states []struct {
		ID         string `json:"entity_id"`
		State      string
		Attributes map[string]any
	}
	h.do(t, http.MethodGet, "/api/states", nil, &states)
	all := map[string]string{}
	for _, s := range states {
		domain, _, _ := strings.Cut(s.ID, ".")
		if slices.Contains(switched, domain) {
			all[s.ID] = fmt.Sprint(
				s.State, s.Attributes["temperature"], s.Attributes["brightness"], s.Attributes["current_position"], s.Attributes["volume_level"], s.Attributes["last_triggered"],
			)
		}
	}
	if len(all) < 20 {
		t.Fatalf("the house has %d things to switch", len(all))
	}
	return all
}

// TestAgentsLive talks to agents of a real Home Assistant that try one's patience.
func TestAgentsLive(t *testing.T) {
	h := newReal(t)
	type said struct {
		ask, query string
		says       string
		open       bool
	}
	for agent, turns := range map[string][]said{
		"slow": {
			{"Converse", "think", "Your home has not answered yet.", true},
			{"Continue", "", "I have thought about it for twelve seconds.", false},
			{"Continue", "", "I'm not waiting for an answer.", false},
		},
		"raises": {{"Converse", "hello", "ran into an error", false}},
		"fails":  {{"Converse", "hello", "ran into an error", false}},
		"markup": {{"Converse", "hello", `<b>21 & "more"</b> </speak><audio src='x'/> ]]> &amp; <!-- a`, false}},
		"endless": {
			{"Converse", "talk", "The kitchen has 21 degrees. The kitchen has 21 degrees.", false},
		},
		"silent": {{"Converse", "hello", "Done.", false}},
		"asks": {
			{"Converse", "paint it", "Which colour do you want?", true},
			{"Converse", "light blue", "You said light blue.", false},
		},
		"nobody": {{"Converse", "hello", "I am not set up correctly.", false}},
	} {
		t.Run(agent, func(t *testing.T) {
			f := start(t, h, map[string]string{"HA_CONVERSATION_AGENT": "conversation." + agent, "HA_SKILL_IDS": skillID})
			f.secrets = append(f.secrets, "secret-of-the-agent")
			k := newTalk(f, "en-US")
			before, heard := h.asked(t, agent), 0
			for _, turn := range turns {
				slots := map[string]string{}
				if turn.query != "" {
					slots["query"] = turn.query
					heard++
				}
				began := time.Now()
				answer := k.ask(t, turn.ask, slots, nil)
				t.Logf("%s %q, %v: %.200s", turn.ask, turn.query, time.Since(began).Round(100*time.Millisecond), answer.Speech)
				if !strings.Contains(answer.Speech, turn.says) || answer.Open != turn.open {
					t.Errorf("%s %q: it says %.300q (open %v)", turn.ask, turn.query, answer.Speech, answer.Open)
				}
			}
			if n := h.asked(t, agent) - before; agent != "nobody" && n != heard {
				t.Errorf("the agent was asked %d times, should %d", n, heard)
			}
		})
	}
}

// asked returns how often an agent of the house was asked.
func (h *home) asked(t *testing.T, agent string) int {
	t.Helper()
	if agent == "nobody" {
		return 0
	}
	n, _ := h.state(t, "conversation."+agent).Attributes["asked"].(float64)
	return int(n)
}
