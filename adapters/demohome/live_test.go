//go:build live

package demohome_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// ownBusiness are attributes that differ from house to house: secrets, times,
// and how far the devices of a house have come before.
var ownBusiness = []string{
	"access_token", "entity_picture", "media_position_updated_at", "media_position", "media_title", "media_artist",
	"last_triggered", "cleaned_area",
}

// TestWalkLive takes the same walk through the demo house and a real one: every
// answer, with all attributes and the types of their values, must be the same.
// The first of two rounds only brings the devices into the same state.
func TestWalkLive(t *testing.T) {
	to := realHouse(t)
	house := demohome.New(demohome.Options{Second: time.Second})
	defer closing(t, house)
	server, err := house.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, server)
	demo := target{url: server.URL, tokens: map[string]string{"": demohome.DefaultToken}}

	raw, err := os.ReadFile("testdata/walk.json")
	if err != nil {
		t.Fatal(err)
	}
	var walk []given
	if err := json.Unmarshal(raw, &walk); err != nil {
		t.Fatal(err)
	}
	for round := range 2 {
		for _, step := range walk {
			c := testCase{Request: "POST /api/services/" + strings.Replace(step.service, ".", "/", 1), Data: step.data}
			wantStatus, _, want := ask(t, to, c)
			gotStatus, _, got := ask(t, demo, c)
			if round == 0 {
				continue
			}
			if w, g := essence(t, house, want), essence(t, house, got); gotStatus != wantStatus || g != w {
				t.Errorf("%s %v\nreal %d %s\ndemo %d %s", step.service, step.data, wantStatus, w, gotStatus, g)
			}
		}
	}
}

// essence writes an answer without what is every house's own business, and
// without entities that the demo house has not.
func essence(t *testing.T, house *demohome.House, raw []byte) string {
	t.Helper()
	var states []struct {
		ID         string `json:"entity_id"`
		State      string
		Attributes map[string]json.RawMessage
	}
	if json.Unmarshal(raw, &states) != nil {
		return string(raw)
	}
	var b strings.Builder
	for _, s := range states {
		if _, known := house.State(s.ID); !known || strings.HasPrefix(s.ID, "group.") {
			continue
		}
		fmt.Fprintf(&b, "\n  %s=%s", s.ID, moment.ReplaceAllString(s.State, "TIME"))
		for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
			if !slices.Contains(ownBusiness, name) {
				fmt.Fprintf(&b, " %s:%s", name, s.Attributes[name])
			}
		}
	}
	return b.String()
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
		if !ok || (got.State == "off") != (want.State == "off") || (got.State == "playing") != (want.State == "playing") {
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
