package demohome_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
)

// A testCase is a request and what Home Assistant answers to it. The same cases
// run against the demo house and, with the build tag live, against a real one.
type testCase struct {
	Name string
	// Only is "demo" for what a real house has not, or not in that state.
	Only string
	// Given are calls made before, each a service and its data.
	Given []given
	// Call is a service, Request a method and a path; one of them is given.
	Call, Request string
	// Data is the body, Raw one that is no JSON.
	Data any
	Raw  string
	// As is who asks: the administrator if empty, "guest", "stranger" with a
	// wrong token, "nobody" with none.
	As string
	// Accept is the Accept-Encoding.
	Accept string

	Status int
	// Headers of the answer; "-" stands for one that is not there.
	Headers map[string]string
	// Text is the whole answer, JSON a part of it: objects may have more fields.
	Text *string
	JSON any
	// Changed are the states in the answer: entity, state, some attributes.
	Changed *[]change
	// AnyOrder is for changes whose order is open.
	AnyOrder bool
}

type given struct {
	service string
	data    any
}

func (g *given) UnmarshalJSON(b []byte) error {
	parts := []any{&g.service, &g.data}
	return json.Unmarshal(b, &parts)
}

type change struct {
	ID         string
	State      string
	Attributes map[string]any
}

func (c *change) UnmarshalJSON(b []byte) error {
	parts := []any{&c.ID, &c.State, &c.Attributes}
	return json.Unmarshal(b, &parts)
}

// A target is a house to run the cases against.
type target struct {
	url    string
	tokens map[string]string // by who asks
	demo   bool
}

func TestCases(t *testing.T) {
	for _, file := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			for _, c := range readCases(t, file) {
				t.Run(c.Name, func(t *testing.T) {
					house := demohome.New(demohome.Options{Token: "owner", UserToken: "visitor", Second: 20 * time.Millisecond})
					defer closing(t, house)
					server, err := house.Listen("127.0.0.1:0")
					if err != nil {
						t.Fatal(err)
					}
					defer closing(t, server)
					c.run(t, target{
						url: server.URL, demo: true,
						tokens: map[string]string{"": "owner", "guest": "visitor", "stranger": "wrong"},
					})
				})
			}
		})
	}
}

func caseFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return files
}

func readCases(t *testing.T, file string) []testCase {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&cases); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return cases
}

func (c testCase) run(t *testing.T, to target) {
	t.Helper()
	for _, g := range c.Given {
		path := "/api/services/" + strings.Replace(g.service, ".", "/", 1)
		if status, _, body := ask(t, to, testCase{Request: "POST " + path, Data: g.data}); status != http.StatusOK {
			t.Fatalf("given %v: %d %s", g, status, body)
		}
	}
	if c.Call != "" {
		c.Request = "POST /api/services/" + strings.Replace(c.Call, ".", "/", 1)
	}
	status, header, body := ask(t, to, c)
	if status != c.Status {
		t.Fatalf("status %d, want %d: %s", status, c.Status, body)
	}
	for name, want := range c.Headers {
		got, there := header[http.CanonicalHeaderKey(name)]
		if want == "-" && there || want != "-" && strings.Join(got, "|") != strings.ReplaceAll(want, "@URL@", to.url) {
			t.Errorf("header %s: %q, want %q", name, got, want)
		}
	}
	if c.Text != nil && string(body) != *c.Text {
		t.Errorf("answer %q, want %q", body, *c.Text)
	}
	if c.JSON != nil {
		if problem := contains(decode(t, body), c.JSON); problem != "" {
			t.Errorf("%s in %s", problem, body)
		}
	}
	if c.Changed != nil {
		c.compare(t, decode(t, body), to.demo)
	}
}

// compare checks the states that a call has answered with. A real house may have
// groups which change along: there, entities that are not expected are ignored.
func (c testCase) compare(t *testing.T, answer any, strictly bool) {
	t.Helper()
	states, _ := answer.([]any)
	describe := func(id, state any) string {
		return fmt.Sprint(id, "=", moment.ReplaceAllString(fmt.Sprint(state), "TIME"))
	}
	var got, want []string
	byName := map[string][]any{} // their attributes
	for _, s := range states {
		s, _ := s.(map[string]any)
		if !strictly && !slices.ContainsFunc(*c.Changed, func(w change) bool { return w.ID == s["entity_id"] }) {
			continue
		}
		name := describe(s["entity_id"], s["state"])
		got, byName[name] = append(got, name), append(byName[name], s["attributes"])
	}
	for _, w := range *c.Changed {
		want = append(want, describe(w.ID, w.State))
	}
	if c.AnyOrder {
		slices.Sort(got)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("changed %v, want %v", got, want)
	}
	for _, w := range *c.Changed {
		name := describe(w.ID, w.State)
		if problem := contains(byName[name][0], w.Attributes); problem != "" {
			t.Errorf("%s of %s", problem, w.ID)
		}
		byName[name] = byName[name][1:]
	}
}

// moment is a time as the state of a scene or a button.
var moment = regexp.MustCompile(`^\d{4}-\d\d-\d\dT.*\+00:00$`)

func ask(t *testing.T, to target, c testCase) (int, http.Header, []byte) {
	t.Helper()
	method, path, _ := strings.Cut(c.Request, " ")
	var body io.Reader
	if c.Raw != "" {
		body = strings.NewReader(c.Raw)
	} else if c.Data != nil {
		raw, err := json.Marshal(c.Data)
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.NewReader(raw)
	}
	r, err := http.NewRequest(method, to.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", c.Accept) // keeps net/http from unpacking by itself
	if c.As != "nobody" {
		r.Header.Set("Authorization", "Bearer "+to.tokens[c.As])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	unpacked := answer.Body
	switch answer.Header.Get("Content-Encoding") {
	case "gzip":
		unpacked, err = gzip.NewReader(answer.Body)
	case "deflate":
		unpacked, err = zlib.NewReader(answer.Body)
	}
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, raw
}

func decode(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("no JSON: %v in %s", err, raw)
	}
	return v
}

// contains says what of want is not in got; "" if all is.
func contains(got, want any) string {
	object, ok := want.(map[string]any)
	if !ok {
		if !reflect.DeepEqual(got, want) {
			return fmt.Sprintf("%v instead of %v", got, want)
		}
		return ""
	}
	have, ok := got.(map[string]any)
	if !ok && len(object) > 0 {
		return fmt.Sprintf("%v instead of an object", got)
	}
	for name, w := range object {
		if w == "-" {
			if _, there := have[name]; there {
				return fmt.Sprintf("unexpected %q", name)
			}
			continue
		}
		g, there := have[name]
		if !there {
			return fmt.Sprintf("no %q", name)
		}
		if problem := contains(g, w); problem != "" {
			return fmt.Sprintf("%q: %s", name, problem)
		}
	}
	return ""
}

func closing(t *testing.T, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
