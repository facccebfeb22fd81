package naming_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/naming"
)

func TestOverrides(t *testing.T) {
	for text, want := range map[string]naming.Overrides{
		"":                      {},
		"# nothing":             {},
		"light.hall: name=Hall": {"light.hall": {Names: []string{"Hall"}}},
		" Light.Hall :name = Hall | Corridor , category=light,description=By the door\n\n;switch.oven: category=OTHER;": {
			"light.hall":  {Names: []string{"Hall", "Corridor"}, Category: "LIGHT", Description: "By the door"},
			"switch.oven": {Category: "OTHER"},
		},
		"light.hall: names=Flur|Diele: unten=links":        {"light.hall": {Names: []string{"Flur", "Diele: unten=links"}}},
		"# remark; light.x: name=X\nlight.hall: name=Hall": {"light.hall": {Names: []string{"Hall"}}},
	} {
		got, err := naming.ParseOverrides(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %v (%v), should be %v", text, got, err, want)
		}
		again, err := naming.ParseOverrides(got.String())
		if err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%q is written as %q and that is %v (%v)", text, got, again, err)
		}
	}
}

func TestOverrideMistakes(t *testing.T) {
	for text, want := range map[string][]string{
		"light.hall":             {"entry 1 does not begin"},
		"light: name=x":          {"entry 1 does not begin"},
		"light.hall:":            {"entry 1 has a field"},
		"light.hall: name=":      {"entry 1 has a field"},
		"light.hall: colour=red": {"entry 1 has a field"},
		"light.hall: name=A||B":  {"entry 1 has a name that Alexa does not take"},
		"light.hall: name=" + strings.Repeat("x", 129): {"a name that Alexa does not take"},
		"light.hall: category=LAMP":                    {"a category that is none of Alexa's"},
		"light.hall: description=!!":                   {"a description without a letter"},
		"light.hall: name=A\nlight.hall: name=B":       {"entry 2 is about an entity that came before"},
		"light.a: category=X, name=!; light.b: name=B\n\nlight.c; light.d: a=b, c": {
			"entry 1 has a category", "entry 1 has a name", "entry 3 does not begin", "entry 4 has a field", "entry 4 has a field",
		},
	} {
		got, err := naming.ParseOverrides(text)
		var mistakes naming.OverrideMistakes
		if got != nil || !errors.As(err, &mistakes) || len(mistakes) != len(want) {
			t.Errorf("%q is %v, %v; should have %d mistakes", text, got, err, len(want))
			continue
		}
		for i, part := range want {
			if !strings.Contains(mistakes[i], part) || !strings.Contains(err.Error(), part) {
				t.Errorf("%q: %q lacks %q", text, err, part)
			}
		}
	}
}

func FuzzParseOverrides(f *testing.F) {
	for _, seed := range []string{"", "light.hall: name=Hall | Corridor, category=LIGHT, description=x", "a.b:name=c;d.e:name=f\n#", ":", "a.b:=", "a.b:name=|"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := naming.ParseOverrides(text)
		if err != nil {
			if o != nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q is %v, %q", text, o, err)
			}
			return
		}
		again, err := naming.ParseOverrides(o.String())
		if err != nil || !reflect.DeepEqual(again, o) {
			t.Errorf("%q is written as %q, and that is %v (%v)", text, o, again, err)
		}
	})
}
