package naming_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
)

const id home.EntityID = "light.kitchen_lights"

// nameCase is one case of testdata/names.json.
type nameCase struct {
	Why, Style, Friendly, Registry, Area string
	Aliases, Override                    []string
	Name, From                           string
	Others                               []string
}

func (c nameCase) entity() (home.State, home.Registry) {
	state := home.State{ID: id}
	if c.Friendly != "" {
		state.Attributes = home.Fields{{Name: home.AttrFriendlyName, Value: home.Text(c.Friendly)}}
	}
	entry := home.Entry{ID: id, Name: c.Registry}
	var areas []home.Area
	if c.Area != "" {
		entry.Area, areas = "area", []home.Area{{ID: "area", Name: c.Area}}
	}
	r := home.NewRegistry(home.SourceWebSocket, home.AllParts, []home.Entry{entry}, areas, nil)
	return state, r.WithAliases(map[home.EntityID][]string{id: c.Aliases})
}

func TestNames(t *testing.T) {
	raw, err := os.ReadFile("testdata/names.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []nameCase
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Why, func(t *testing.T) {
			style, err := naming.ParseStyle(c.Style)
			if err != nil || style.String() != c.Style && c.Style != "all, area" {
				t.Fatalf("the style %q is %q, %v", c.Style, style, err)
			}
			s := naming.Settings{Style: style}
			if c.Override != nil {
				s.Overrides = naming.Overrides{id: {Names: c.Override}}
			}
			n := s.Of(c.entity())
			if n.Name != c.Name || n.From.String() != c.From || !slices.Equal(n.Others, c.Others) || n.Cut {
				t.Errorf("is %+v (%s), should be %q, %q (%s)", n, n.From, c.Name, c.Others, c.From)
			}
		})
	}
}

// TestClean wants whatever is in a name to become one that Alexa takes, and one
// that Alexa takes to stay as it is.
func TestClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(
			rapid.String(),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 300), func(b []byte) string { return string(b) }),
			rapid.StringOfN(rapid.SampledFrom([]rune("aß台💡 \t()|\u200d\u202e\u0301")), 0, 300, -1),
		).Draw(t, "name")
		got := naming.Clean(name)
		takes(t, name, got)
		if again := naming.Clean(got); again != got {
			t.Fatalf("%q becomes %q, and that %q", name, got, again)
		}
	})
}

func takes(t interface{ Fatalf(string, ...any) }, name, got string) {
	odd := func(r rune) bool {
		return unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune("}{\\/|\"()[]+~!><*%", r) || unicode.IsSpace(r) && r != ' '
	}
	if len(utf16.Encode([]rune(got))) > 128 || !utf8.ValidString(got) || got != strings.TrimSpace(got) ||
		strings.Contains(got, "  ") || strings.ContainsFunc(got, odd) {
		t.Fatalf("%q becomes %q", name, got)
	}
	if got != "" && !strings.ContainsFunc(got, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		t.Fatalf("%q becomes %q, which nobody can say", name, got)
	}
}

func TestCut(t *testing.T) {
	for _, name := range []string{strings.Repeat("x", 128), strings.Repeat("ß", 128), strings.Repeat("a💡", 42)} {
		n := naming.Settings{}.Of(nameCase{Registry: name}.entity())
		if n.Name != name || n.Cut {
			t.Errorf("%q becomes %q, cut %v", name, n.Name, n.Cut)
		}
	}
	for name, want := range map[string]string{
		strings.Repeat("x", 129):                  strings.Repeat("x", 128),
		strings.Repeat("x", 127) + " y":           strings.Repeat("x", 127),
		strings.Repeat("ß", 200):                  strings.Repeat("ß", 128),
		strings.Repeat("x", 127) + "💡":            strings.Repeat("x", 127),
		strings.Repeat("long ", 100):              strings.TrimSpace(strings.Repeat("long ", 26)[:128]),
		strings.Repeat("(", 100) + " y" + "z\x00": "",
	} {
		n := naming.Settings{}.Of(nameCase{Registry: name}.entity())
		if want != "" && (n.Name != want || !n.Cut) {
			t.Errorf("%q becomes %q, cut %v", name, n.Name, n.Cut)
		}
		if want == "" && (n.Name != "yz" && n.Name != "y z" || n.Cut) {
			t.Errorf("%q becomes %q, cut %v", name, n.Name, n.Cut)
		}
	}
}

func TestStyleMistakes(t *testing.T) {
	for _, text := range []string{"areas", "all, none", "area;all"} {
		if s, err := naming.ParseStyle(text); err == nil || s != (naming.Style{}) {
			t.Errorf("%q is %v, %v", text, s, err)
		}
	}
	if s, err := naming.ParseStyle(" ALL,\n Area "); err != nil || s != (naming.Style{Area: true, All: true}) {
		t.Errorf("both are %v, %v", s, err)
	}
}
