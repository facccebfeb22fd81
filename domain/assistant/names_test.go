package assistant_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/skill"
)

// TestWholeNames: a thing that is called just what was heard is meant rather than one
// that resembles it. The log is told how that was found out, and no word of it.
func TestWholeNames(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Why, Locale string
		Off         []intent.Feature
		// Also is what the home has besides, by its name.
		Also map[home.EntityID]string
		Ask  string
		// Slots are what was heard, IDs what Alexa took it for.
		Slots map[string]string
		IDs   map[string][]string
		// Says must be in the answer. Calls are what the home is asked to do, Heard what
		// its agent is told.
		Says         string
		Calls, Heard []string
		// Match and Elsewhere are those of the last pick, "" where there is none.
		Match     string
		Elsewhere bool
	}
	raw, err := os.ReadFile("testdata/names.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Why, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.without(c.Off...)
				if c.Locale != "" {
					r.request.Locale = c.Locale
				}
				for _, id := range slices.Sorted(maps.Keys(c.Also)) {
					r.states = append(r.states, home.State{ID: id, Value: "nothing yet", Attributes: attributes(home.AttrFriendlyName, c.Also[id], home.AttrMax, 100)})
				}
				slots := map[string]skill.Slot{}
				for name, value := range c.Slots {
					slot := skill.Slot{Name: name, Value: value}
					for _, id := range c.IDs[name] {
						slot.Matches = append(slot.Matches, skill.Match{ID: id, Name: id})
					}
					slots[name] = slot
				}
				answer := r.askFor(t, skill.Intent{Name: intent.Model(c.Ask), Slots: slots})
				if !strings.Contains(answer.Speech, c.Says) {
					t.Errorf("it says %q, should say %q", answer.Speech, c.Says)
				}
				if calls := r.take(); !slices.Equal(calls, c.Calls) {
					t.Errorf("the home was called %q, should be %q", calls, c.Calls)
				}
				var heard []string
				for _, said := range r.agent.Heard() {
					heard = append(heard, said.Text)
				}
				if !slices.Equal(heard, c.Heard) {
					t.Errorf("the agent was told %q, should be %q", heard, c.Heard)
				}
				match, elsewhere := "", false
				if len(r.picks) > 0 {
					last := r.picks[len(r.picks)-1]
					match, elsewhere = last.Match.String(), last.Elsewhere
					if whole := last.Score == 1000; whole != (match == "whole") || last.Found < 1 && c.Match != "none" || last.Among < last.Found || last.Slot == "" {
						t.Errorf("the log is told %+v", last)
					}
				}
				if match != c.Match || elsewhere != c.Elsewhere {
					t.Errorf("the match is %q (elsewhere: %v), should be %q (%v)", match, elsewhere, c.Match, c.Elsewhere)
				}
			})
		})
	}
}
