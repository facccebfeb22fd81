//go:build live

package demohome_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// realHouse is the Home Assistant that HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN
// name. It must have the demo integration, in metric units.
func realHouse(t *testing.T) target {
	t.Helper()
	to := target{
		url: strings.TrimSuffix(os.Getenv("HOME_ASSISTANT_URL"), "/"),
		tokens: map[string]string{
			"": os.Getenv("HOME_ASSISTANT_TOKEN"), "stranger": "wrong", "guest": os.Getenv("HOME_ASSISTANT_USER_TOKEN"),
		},
	}
	if to.url == "" || to.tokens[""] == "" {
		t.Fatal("HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN are not set")
	}
	return to
}

// TestCasesLive runs the cases against a real house.
func TestCasesLive(t *testing.T) {
	to := realHouse(t)
	for _, file := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			for _, c := range readCases(t, file) {
				t.Run(c.Name, func(t *testing.T) {
					switch {
					case c.Only == "demo":
						t.Skip("a case of the demo house alone")
					case c.As == "guest" && to.tokens["guest"] == "":
						t.Skip("HOME_ASSISTANT_USER_TOKEN, of a user without administrator's rights, is not set")
					}
					c.run(t, to)
				})
			}
		})
	}
}

// update says that the test shall write what the real house answers to testdata/walk.json.
var update = os.Getenv("UPDATE") != ""

// TestWalkLive takes the walk through a real house.
func TestWalkLive(t *testing.T) {
	to := realHouse(t)
	demo := demohome.New(demohome.Options{})
	defer closing(t, demo)
	walk := readWalk(t)
	seen := memory{}
	for round := range 2 {
		for i, s := range walk {
			path := "/api/services/" + strings.Replace(s.service, ".", "/", 1)
			status, _, answer := ask(t, to, testCase{Request: "POST " + path, Data: s.data})
			got := seen.essence(demo, status, answer)
			switch {
			case update:
				walk[i].answer = got
			case round == 1 && got != s.answer:
				t.Errorf("%v\ngot  %s\nwant %s", s, got, s.answer)
			}
		}
	}
	if update {
		writeWalk(t, walk)
	}
}

func writeWalk(t *testing.T, walk []step) {
	t.Helper()
	var lines []string
	for _, s := range walk {
		var b strings.Builder
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode([]any{s.service, s.data, s.answer}); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, "  "+strings.TrimSpace(b.String()))
	}
	if err := os.WriteFile("testdata/walk.json", []byte("[\n"+strings.Join(lines, ",\n")+"\n]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestAttributesLive compares which attributes the things show that both houses
// have.
func TestAttributesLive(t *testing.T) {
	to := realHouse(t)
	house := demohome.New(demohome.Options{})
	defer closing(t, house)
	status, _, raw := ask(t, to, testCase{Request: "GET /api/states"})
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, raw)
	}
	var states []struct {
		ID         string `json:"entity_id"`
		State      string
		Attributes map[string]any
	}
	if err := json.Unmarshal(raw, &states); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, want := range states {
		got, ok := house.State(want.ID)
		if !ok || want.ID == "cover.driveway_gate" || // which is a template in the real one
			(got.State == "off") != (want.State == "off") || (got.State == "playing") != (want.State == "playing") {
			continue // what is off shows less
		}
		compared++
		names := func(m map[string]any) []string {
			return slices.DeleteFunc(slices.Sorted(maps.Keys(m)), func(name string) bool { return slices.Contains(passing, name) })
		}
		if g, w := names(got.Attributes), names(want.Attributes); !slices.Equal(g, w) {
			t.Errorf("%s shows %v, want %v", want.ID, g, w)
		}
	}
	if compared < 30 {
		t.Errorf("only %d things to compare", compared)
	}
}

// passing are attributes that come and go with what has been done before.
var passing = []string{"last_command_sent", "motion_detection"}
