package assistant_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lambda-execution-engine/lee/domain/intent"
	"github.com/lambda-execution-engine/lee/domain/skill"
	"github.com/lambda-execution-engine/lee/domain/skill/skilltest"
)

// dialogue is a conversation from its begin to its end.
type dialogue struct {
	Name, Locale string
	// Off are the features that are turned off, Echo the area in which it stands.
	Off   []intent.Feature
	Echo  string
	Turns []struct {
		// Ask is the intent's name, "Launch" for opening; Slots are what was heard,
		// IDs what Alexa took it for.
		Ask   string
		Slots map[string]string
		IDs   map[string][]string
		// Asks has the home's agent ask back, "To what?".
		Asks bool
		// Says must be in the answer, and Open whether the session goes on. Calls are
		// what the home is asked to do, Heard what its agent is told.
		Says  string
		Open  bool
		Calls []string
		Heard []string
	}
}

// TestDialogues has the conversations in testdata, a file a subject.
func TestDialogues(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/dialogues_*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	asked := map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var all []dialogue
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(file, err)
		}
		for _, d := range all {
			for _, turn := range d.Turns {
				asked[turn.Ask] = true
			}
			t.Run(d.Name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, d.run)
			})
		}
	}
	for _, i := range intent.All() {
		if !asked[i.Name] {
			t.Errorf("testdata/dialogues_*.json has no turn that asks %s. Add one to a dialogue.", i.Name)
		}
	}
}

func (d dialogue) run(t *testing.T) {
	r := newRig(t)
	r.without(d.Off...)
	if d.Locale != "" {
		r.request.Locale = d.Locale
	}
	if d.Echo != "" {
		if _, err := r.rooms.Keep(t.Context(), r.request.DeviceID, d.Echo); err != nil {
			t.Fatal(err)
		}
	}
	for i, turn := range d.Turns {
		heard := len(r.agent.Heard())
		r.asks(turn.Asks)
		var answer skilltest.Answer
		if turn.Ask == "Launch" {
			answer = r.launch(t)
		} else {
			slots := map[string]skill.Slot{}
			for name, value := range turn.Slots {
				slot := skill.Slot{Name: name, Value: value}
				for _, id := range turn.IDs[name] {
					slot.Matches = append(slot.Matches, skill.Match{ID: id, Name: id})
				}
				slots[name] = slot
			}
			answer = r.askFor(t, skill.Intent{Name: intent.Model(turn.Ask), Slots: slots})
		}
		if !strings.Contains(answer.Speech, turn.Says) || answer.Open != turn.Open {
			t.Errorf("turn %d, %s: it says %q (open: %v), should %q (%v)", i+1, turn.Ask, answer.Speech, answer.Open, turn.Says, turn.Open)
		}
		if calls := r.take(); !slices.Equal(calls, turn.Calls) {
			t.Errorf("turn %d, %s: the home was called %q, should %q", i+1, turn.Ask, calls, turn.Calls)
		}
		var told []string
		for _, said := range r.agent.Heard()[heard:] {
			told = append(told, said.Text)
		}
		if !slices.Equal(told, turn.Heard) {
			t.Errorf("turn %d, %s: the agent was told %q, should %q", i+1, turn.Ask, told, turn.Heard)
		}
	}
}
