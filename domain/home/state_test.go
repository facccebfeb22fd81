package home_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/home"
)

func TestState(t *testing.T) {
	s := home.State{ID: "light.reading_lamp", Value: home.On, Attributes: home.Fields{
		{Name: "number", Value: home.Number(7)},
		{Name: "text", Value: home.Text("seven")},
		{Name: "flag", Value: home.Flag(true)},
		{Name: "texts", Value: home.List(home.Text("a"), home.Number(1), home.Text("b"))},
		{Name: "numbers", Value: home.Numbers(1, 2)},
		{Name: "mixed", Value: home.List(home.Number(1), home.Text("b"))},
		{Name: "empty", Value: home.List()},
	}}
	if n, ok := s.Number("number"); n != 7 || !ok {
		t.Errorf("Number is %v, %v", n, ok)
	}
	if n, ok := s.Number("text"); n != 0 || ok {
		t.Errorf("Number of a text is %v, %v", n, ok)
	}
	if s.Text("text") != "seven" || s.Text("number") != "" || s.Text("none") != "" {
		t.Error("Text")
	}
	if !s.Flag("flag") || s.Flag("number") || s.Flag("none") {
		t.Error("Flag")
	}
	if got := s.Texts("texts"); !reflect.DeepEqual(got, []string{"a", "b"}) {
		t.Errorf("Texts is %q", got)
	}
	if got := s.Texts("none"); len(got) != 0 {
		t.Errorf("Texts of nothing is %q", got)
	}
	for name, want := range map[string][]float64{"numbers": {1, 2}, "mixed": nil, "empty": nil, "none": nil, "number": nil} {
		if got, ok := s.Numbers(name); !reflect.DeepEqual(got, want) || ok != (want != nil) {
			t.Errorf("Numbers(%q) is %v, %v", name, got, ok)
		}
	}
	if s.Name() != "reading lamp" {
		t.Errorf("its name is %q", s.Name())
	}
	s.Attributes = s.Attributes.With(home.AttrFriendlyName, home.Text("Reading Lamp"))
	if s.Name() != "Reading Lamp" {
		t.Errorf("its name is %q", s.Name())
	}
}

func TestAvailable(t *testing.T) {
	for value, want := range map[string]bool{home.On: true, home.Unknown: true, home.Unavailable: false, "": false, "Unavailable": true} {
		if got := (home.State{Value: value}).Available(); got != want {
			t.Errorf("%q is available: %v", value, got)
		}
	}
}

func TestHas(t *testing.T) {
	for name, test := range map[string]struct {
		features home.Value
		want     bool
	}{
		"none":         {home.Value{}, false},
		"no bit":       {home.Number(0), false},
		"one":          {home.Number(1), false},
		"both":         {home.Number(5), true},
		"all":          {home.Number(511), true},
		"a text":       {home.Text("5"), false},
		"below zero":   {home.Number(-5), false},
		"no number":    {home.Number(math.NaN()), false},
		"past numbers": {home.Number(math.Inf(1)), false},
	} {
		s := home.State{Attributes: home.Fields{{Name: home.AttrSupportedFeatures, Value: test.features}}}
		if got := s.Has(home.CoverOpen | home.CoverSetPosition); got != test.want {
			t.Errorf("%s: it has the features: %v", name, got)
		}
	}
}

// TestAttributes wants every attribute named once.
func TestAttributes(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range home.Attributes() {
		if name == "" || seen[name] {
			t.Errorf("%q is there twice", name)
		}
		seen[name] = true
	}
}
