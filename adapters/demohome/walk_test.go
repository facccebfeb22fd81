package demohome_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// A step of testdata/walk.json is a call and what Home Assistant's demo answered
// to it, in short. The walk is taken twice; the answers are those of the second
// time, when every device is where the first has left it.
type step struct {
	service string
	data    json.RawMessage
	answer  string
}

func (s *step) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&s.service, &s.data, &s.answer})
}

func (s step) String() string { return s.service + " " + string(s.data) }

func readWalk(t *testing.T) []step {
	t.Helper()
	raw, err := os.ReadFile("testdata/walk.json")
	if err != nil {
		t.Fatal(err)
	}
	var walk []step
	if err := json.Unmarshal(raw, &walk); err != nil {
		t.Fatal(err)
	}
	return walk
}

// TestWalk takes the walk through the demo house.
func TestWalk(t *testing.T) {
	walk := readWalk(t)
	synctest.Test(t, func(t *testing.T) {
		h := demohome.New(demohome.Options{Second: time.Second})
		defer closing(t, h)
		seen := memory{}
		for round := range 2 {
			for _, s := range walk {
				status, answer := call(h, s.service, string(s.data))
				if got := seen.essence(h, status, []byte(answer)); round == 1 && got != s.answer {
					t.Errorf("%v\ngot  %s\nwant %s", s, got, s.answer)
				}
			}
		}
	})
}

// memory is what entities have shown so far: their attributes, by name.
type memory map[string]map[string]string

// essence writes an answer in short: of a refusal its text, of every state what
// it shows that it did not show the last time, with values as they were written.
// What is every house's own business is left out, as are entities that the demo
// house has not.
func (m memory) essence(house *demohome.House, status int, raw []byte) string {
	var states []struct {
		ID         string `json:"entity_id"`
		State      string
		Attributes map[string]json.RawMessage
	}
	if json.Unmarshal(raw, &states) != nil {
		return fmt.Sprint(status, " ", string(raw))
	}
	out := []string{fmt.Sprint(status)}
	for _, s := range states {
		if _, known := house.State(s.ID); !known || strings.HasPrefix(s.ID, "group.") {
			continue
		}
		out = append(out, s.ID+"="+moment.ReplaceAllString(s.State, "TIME"))
		now := map[string]string{}
		for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
			if slices.Contains(ownBusiness, name) {
				continue
			}
			now[name] = string(s.Attributes[name])
			if m[s.ID][name] != now[name] {
				out = append(out, name+":"+now[name])
			}
		}
		for _, name := range slices.Sorted(maps.Keys(m[s.ID])) {
			if _, still := now[name]; !still {
				out = append(out, "-"+name)
			}
		}
		m[s.ID] = now
	}
	return strings.Join(out, " ")
}

// ownBusiness are attributes that differ from house to house: secrets, times,
// and how far its devices have come before.
var ownBusiness = []string{
	"access_token", "entity_picture", "media_position_updated_at", "media_position", "media_title", "media_artist",
	"last_triggered", "cleaned_area",
}
