package exposure_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
)

// house is testdata/home.json.
type house struct {
	Areas  []home.Area
	Labels []home.Label
	// Entities are what the registries say, and whether an entity is one that
	// nobody may expose by accident.
	Entities []struct {
		ID                            home.EntityID
		Area                          string
		Labels                        []string
		Hidden, Guarded, Unregistered bool
		Category, Exposed             string
	}
}

func (h house) registry(source home.Source, knows home.Part) home.Registry {
	var entries []home.Entry
	for _, e := range h.Entities {
		if e.Unregistered || knows == 0 {
			continue
		}
		entries = append(entries, home.Entry{
			ID: e.ID, Area: e.Area, Labels: e.Labels, Hidden: e.Hidden,
			Category: map[string]home.Category{"config": home.CategoryConfig, "diagnostic": home.CategoryDiagnostic}[e.Category],
			Exposed:  map[string]home.Assistant{"alexa": home.Alexa, "assist": home.Assist, "both": home.Alexa | home.Assist}[e.Exposed],
		})
	}
	return home.NewRegistry(source, knows, entries, h.Areas, h.Labels)
}

// admitted returns the entities that a filter lets in, in the house's order.
func (h house) admitted(f exposure.Filter, r home.Registry) []home.EntityID {
	in := []home.EntityID{}
	for _, e := range h.Entities {
		if f.Admit(e.ID, e.Guarded, r).Reason == "" {
			in = append(in, e.ID)
		}
	}
	return in
}

// filterCase is one case of testdata/filters.json.
type filterCase struct {
	Filter string
	// Reads is how the filter is written again; "" for as it was.
	Reads string
	// In is what it lets in where all registries are known, Without where none
	// is.
	In, Without []home.EntityID
	// Same is another filter with the same In, and Without where there is none.
	Same *string
	// Idle are the rules that are about nothing.
	Idle []string
	// Mistakes are parts of the error, one for each mistake.
	Mistakes []string
	Why      string
}

func readJSON(tb testing.TB, name string, to any) {
	tb.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(to); err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
}

func TestFilters(t *testing.T) {
	var h house
	var cases []filterCase
	readJSON(t, "home.json", &h)
	readJSON(t, "filters.json", &cases)
	registry := h.registry(home.SourceWebSocket, home.AllParts)
	var ids []home.EntityID
	for _, e := range h.Entities {
		ids = append(ids, e.ID)
	}
	for _, c := range cases {
		t.Run(c.Filter, func(t *testing.T) {
			f, err := exposure.Parse(c.Filter)
			if len(c.Mistakes) > 0 {
				mistaken(t, f, err, c.Mistakes)
				if in := h.admitted(f, registry); len(in) > 0 {
					t.Errorf("a filter that cannot be taken lets in %v", in)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if c.Same != nil {
				other, err := exposure.Parse(*c.Same)
				if err != nil {
					t.Fatal(err)
				}
				c.In = h.admitted(other, registry)
				if c.Without == nil {
					c.Without = h.admitted(other, home.Registry{})
				}
			}
			if in := h.admitted(f, registry); !slices.Equal(sorted(in), sorted(c.In)) {
				t.Errorf("lets in\n%v, should\n%v (%s)", sorted(in), sorted(c.In), c.Why)
			}
			if in := h.admitted(f, home.Registry{}); !slices.Equal(sorted(in), sorted(c.Without)) {
				t.Errorf("without registries lets in\n%v, should\n%v (%s)", sorted(in), sorted(c.Without), c.Why)
			}
			if want := c.Reads; want != "" && f.String() != want || want == "" && f.String() != c.Filter {
				t.Errorf("reads %q", f)
			}
			if again, err := exposure.Parse(f.String()); err != nil || again.String() != f.String() {
				t.Errorf("written again it is %q, %v", again, err)
			}
			if idle := f.Idle(ids, registry); !slices.Equal(idle, c.Idle) {
				t.Errorf("idle are %q, should be %q", idle, c.Idle)
			}
		})
	}
}

func sorted(ids []home.EntityID) []home.EntityID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return ids
}

// mistaken wants an error that names every mistake in one line, and no filter.
func mistaken(t *testing.T, f exposure.Filter, err error, want []string) {
	t.Helper()
	var mistakes exposure.Mistakes
	if !errors.As(err, &mistakes) || len(mistakes) != len(want) {
		t.Fatalf("the error is %v, should name %d mistakes", err, len(want))
	}
	for i, part := range want {
		if !strings.Contains(mistakes[i].String(), part) || !strings.Contains(err.Error(), part) {
			t.Errorf("%q lacks %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q goes over several lines", err)
	}
	if f.String() != "none" {
		t.Errorf("in its place is %q", f)
	}
}

// TestReasons wants the reason that somebody can do something about.
func TestReasons(t *testing.T) {
	var h house
	readJSON(t, "home.json", &h)
	registry := h.registry(home.SourceWebSocket, home.AllParts)
	for _, c := range []struct {
		filter  string
		id      home.EntityID
		guarded bool
		r       home.Registry
		want    exposure.Reason
		rule    int // by which, or in doubt; -1 for none
	}{
		{"", "light.hall", false, registry, "", -1},
		{"", "light.kitchen_spot", false, registry, exposure.Hidden, -1},
		{"", "sensor.battery", false, registry, exposure.Diagnostic, -1},
		{"", "switch.led", false, registry, exposure.Setting, -1},
		{"", "lock.cellar", true, registry, exposure.Hidden, -1},
		{"", "lock.cellar", true, home.Registry{}, exposure.Unsure, -1},
		{"", "lock.cellar", true, h.registry(home.SourceTemplate, home.PartHidden), exposure.Hidden, -1},
		{"", "lock.front_door", true, h.registry(home.SourceTemplate, home.PartHidden), "", -1},
		{"switch", "light.hall", false, registry, exposure.NotLetIn, -1},
		{"light, -light.hall", "light.hall", false, registry, exposure.LeftOut, 1},
		{"light, -area:kitchen", "light.hall", false, home.Registry{}, exposure.Undecided, 1},
		{"area:kitchen", "light.hall", false, home.Registry{}, exposure.Undecided, 0},
		{"exposed", "light.hall", false, h.registry(home.SourceWebSocket, home.AllParts&^home.PartExposure), exposure.Undecided, 0},
		{"light.hall, exposed", "light.hall", false, home.Registry{}, "", 0},
	} {
		f, err := exposure.Parse(c.filter)
		if err != nil {
			t.Fatal(err)
		}
		a := f.Admit(c.id, c.guarded, c.r)
		if a.Reason != c.want || max(a.By, a.Unknown) != c.rule || a.Unknown >= 0 != (c.want == exposure.Undecided) {
			t.Errorf("%q: %s is left out because %q (%+v), should because %q of rule %d", c.filter, c.id, a.Reason, a.Decision, c.want, c.rule)
		}
	}
}

// TestWithholds wants nothing refused that some registry could let in, nor
// everything by a filter that cannot be read.
func TestWithholds(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "light": false, "switch": true, "light, -light.hall": true, "-light.hall": true, "light.kitchen_*": true,
		"area:kitchen": false, "light, -area:kitchen": false, "-label:guests": false, "exposed": false, "switch, exposed:alexa": false,
		"none": false, "+none": false, "-all": true, "exposed, -light": true, "-exposed, light": false,
	} {
		f, err := exposure.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if f.Withholds("light.hall") != want {
			t.Errorf("%q withholds light.hall: %v", text, !want)
		}
	}
	if broken, err := exposure.Parse("light, !x"); err == nil || broken.Withholds("lock.front") {
		t.Error("a filter that cannot be read withholds what it could not say")
	}
}
