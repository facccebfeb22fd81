package home_test

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/home"
)

// TestValue wants each kind of value to be that kind and no other.
func TestValue(t *testing.T) {
	for name, test := range map[string]struct {
		value  home.Value
		any    any
		text   string
		number bool
	}{
		"nothing":       {home.Value{}, nil, "", false},
		"a number":      {home.Number(-0.5), -0.5, "-0.5", true},
		"zero":          {home.Number(0), 0.0, "0", true},
		"a big one":     {home.Number(1e21), 1e21, "1000000000000000000000", true},
		"no number":     {home.Number(math.NaN()), nil, "NaN", false},
		"past numbers":  {home.Number(math.Inf(1)), math.Inf(1), "+Inf", false},
		"a text":        {home.Text("on"), "on", "on", false},
		"an empty text": {home.Text(""), "", "", false},
		"true":          {home.Flag(true), true, "true", false},
		"false":         {home.Flag(false), false, "false", false},
		"a list":        {home.List(home.Number(1), home.Text("a")), []any{1.0, "a"}, "[1 a]", false},
		"an empty list": {home.List(), []any{}, "[]", false},
		"texts":         {home.Texts("a", "b"), []any{"a", "b"}, "[a b]", false},
		"numbers":       {home.Numbers(1, 2.5), []any{1.0, 2.5}, "[1 2.5]", false},
	} {
		t.Run(name, func(t *testing.T) {
			v := test.value
			if v.IsZero() != (name == "nothing") {
				t.Errorf("IsZero is %v", v.IsZero())
			}
			if _, ok := v.Number(); ok != test.number {
				t.Errorf("it is a number: %v", ok)
			}
			_, isText := test.any.(string)
			if _, ok := v.Text(); ok != isText {
				t.Errorf("it is a text: %v", ok)
			}
			_, isFlag := test.any.(bool)
			if _, ok := v.Flag(); ok != isFlag {
				t.Errorf("it is a flag: %v", ok)
			}
			list, _ := test.any.([]any)
			if len(v.Items()) != len(list) {
				t.Errorf("it has %d items", len(v.Items()))
			}
			if v.String() != test.text {
				t.Errorf("it prints as %q, want %q", v, test.text)
			}
			if got := v.Any(); name != "no number" && !reflect.DeepEqual(got, test.any) {
				t.Errorf("Any is %#v, want %#v", got, test.any)
			}
		})
	}
}

func TestEqual(t *testing.T) {
	for name, test := range map[string]struct {
		a, b      home.Value
		tolerance float64
		want      bool
	}{
		"nothing":             {home.Value{}, home.Value{}, 0, true},
		"nothing and zero":    {home.Value{}, home.Number(0), 0, false},
		"nothing and empty":   {home.Value{}, home.Text(""), 0, false},
		"false and zero":      {home.Flag(false), home.Number(0), 0, false},
		"a number and a text": {home.Number(1), home.Text("1"), 0, false},
		"numbers":             {home.Number(1), home.Number(1), 0, true},
		"numbers apart":       {home.Number(1), home.Number(1.5), 0.4, false},
		"numbers near":        {home.Number(1), home.Number(1.5), 0.5, true},
		"no numbers":          {home.Number(math.NaN()), home.Number(math.NaN()), 1e9, false},
		"past numbers":        {home.Number(math.Inf(1)), home.Number(1), 1e300, false},
		"flags":               {home.Flag(true), home.Flag(true), 0, true},
		"other flags":         {home.Flag(true), home.Flag(false), 0, false},
		"texts":               {home.Text("a"), home.Text("a"), 0, true},
		"other texts":         {home.Text("a"), home.Text("A"), 0, false},
		"lists":               {home.Numbers(1, 2), home.Numbers(1, 2.5), 0.5, true},
		"longer lists":        {home.Numbers(1, 2), home.Numbers(1, 2, 3), 9, false},
		"other lists":         {home.Texts("a", "b"), home.Texts("b", "a"), 0, false},
		"an empty list":       {home.List(), home.Value{}, 0, false},
	} {
		if test.a.Equal(test.b, test.tolerance) != test.want || test.b.Equal(test.a, test.tolerance) != test.want {
			t.Errorf("%s: %v and %v within %g, want %v both ways", name, test.a, test.b, test.tolerance, test.want)
		}
	}
}

// TestFields wants With to change a copy, and Get to find what With has put in.
func TestFields(t *testing.T) {
	names := rapid.SampledFrom([]string{"a", "b", "c", ""})
	rapid.Check(t, func(t *rapid.T) {
		var fields home.Fields
		model := map[string]float64{}
		for i := range rapid.IntRange(0, 12).Draw(t, "writes") {
			name := names.Draw(t, "name")
			before := append(home.Fields(nil), fields...)
			with := fields.With(name, home.Number(float64(i)))
			if !reflect.DeepEqual(before, append(home.Fields(nil), fields...)) {
				t.Fatal("With has changed what it was called on")
			}
			fields, model[name] = with, float64(i)
		}
		if len(fields) != len(model) {
			t.Fatalf("%v has %d fields, want %d", fields, len(fields), len(model))
		}
		for name, want := range model {
			if got, ok := fields.Get(name).Number(); !ok || got != want {
				t.Fatalf("%q is %v, want %v", name, got, want)
			}
		}
		if !fields.Get("none").IsZero() {
			t.Fatal("a field that is not there is something")
		}
	})
}
