package config

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
)

// FuzzValue gives any text to any variable: it is taken or named as a mistake,
// and what is taken shows as something that is taken as the same.
func FuzzValue(f *testing.F) {
	for i := range table {
		for _, text := range []string{"", "true", "30", "1.5", "https://home.example.org", "a: b", `{"a":"b"}`, "basic,alexa", "/a/b", "-----BEGIN X-----", "\x00\xff"} {
			f.Add(uint(i), text)
		}
	}
	f.Fuzz(func(t *testing.T, i uint, text string) {
		v := table[i%uint(len(table))]
		r := read(variables{v.Name: text}.environment(), nil, false)
		at := slices.IndexFunc(r.entries, func(e Entry) bool { return e.Variable == v.Name })
		entry := r.entries[at]
		switch {
		case strings.TrimSpace(text) == "":
			if entry.Source != FromDefault || r.mistakes != nil {
				t.Fatalf("nothing gives %+v, %v", entry, r.mistakes)
			}
			return
		case len(r.mistakes) == 1:
			if m := r.mistakes[0]; m.Problem == "" || m.Allowed == "" || m.Variable != v.Name && !v.File && v.Name != "HOME_ASSISTANT_ENABLED" {
				t.Fatalf("the mistake is %+v", m)
			}
			return
		case len(r.mistakes) > 1:
			t.Fatalf("one value gives %d mistakes: %v", len(r.mistakes), r.mistakes)
		}
		if entry.Source != FromEnvironmentVariable {
			t.Fatalf("it is neither taken nor a mistake: %+v", entry)
		}
		if v.Secret || v.File || entry.Value == "" {
			return
		}
		var again Settings
		if err := v.field.set(&again, entry.Value); err != nil || !v.field.same(&r.settings, &again) {
			t.Fatalf("%q shows as %q, which is another value: %v", text, entry.Value, err)
		}
	})
}

// TestLayers compares what wins with a model: of environment, Parameter Store and
// default the first that says something, and the default where that is wrong.
func TestLayers(t *testing.T) {
	numbers := rapid.SampledFrom([]string{"", "1", "17", "900", "0.5", "soon", " 3 "})
	valid := map[string]time.Duration{"1": time.Second, "17": 17 * time.Second, "900": 900 * time.Second, "3": 3 * time.Second}
	rapid.Check(t, func(t *rapid.T) {
		long, short, stored := numbers.Draw(t, "long"), numbers.Draw(t, "short"), numbers.Draw(t, "stored")
		given := variables{"USE_PARAMETER_STORE": "true", "HOME_ASSISTANT_TIMEOUT": long, "HA_TIMEOUT": short}
		parameters := map[string]ports.Parameter{}
		if stored != "" {
			parameters["homeassistant/timeout"] = ports.Parameter{Value: secret.New(stored)}
		}
		r := read(given.environment(), parameters, true)

		long, short, stored = strings.TrimSpace(long), strings.TrimSpace(short), strings.TrimSpace(stored)
		want, source, wrong := 30*time.Second, FromDefault, false
		said, from := stored, FromParameterStore
		if long != "" || short != "" {
			said, from = long, FromEnvironmentVariable
			if long == "" {
				said = short
			}
		}
		if said != "" {
			value, ok := valid[said]
			wrong = !ok || long != "" && short != "" && long != short
			if !wrong {
				want, source = value, from
			}
		}
		at := slices.IndexFunc(r.entries, func(e Entry) bool { return e.Variable == "HOME_ASSISTANT_TIMEOUT" })
		if r.settings.HomeTimeout != want || r.entries[at].Source != source || (len(r.mistakes) > 0) != wrong {
			t.Fatalf("it is %v from %v with %v, want %v from %v", r.settings.HomeTimeout, r.entries[at].Source, r.mistakes, want, source)
		}
	})
}
