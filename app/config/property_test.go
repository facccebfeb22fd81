package config

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

// FuzzValue gives any text to any variable: it is taken or named as a mistake,
// and what is taken shows as something that is taken as the same.
func FuzzValue(f *testing.F) {
	for i := range Variables() {
		for _, text := range []string{"", "true", "30", "1.5", "https://home.example.org", "a: b", `{"a":"b"}`, "basic,alexa", "/a/b", "-----BEGIN X-----", "\x00\xff"} {
			f.Add(uint(i), text)
		}
	}
	f.Fuzz(func(t *testing.T, i uint, text string) {
		v := Variables()[i%uint(len(Variables()))]
		r := read(setting.Sources{Environment: variables{v.Name: text}.environment()})
		at := slices.IndexFunc(r.Entries, func(e setting.Entry) bool { return e.Variable == v.Name })
		entry := r.Entries[at]
		switch {
		case strings.TrimSpace(text) == "":
			if entry.Source != setting.FromDefault || r.Mistakes != nil {
				t.Fatalf("nothing gives %+v, %v", entry, r.Mistakes)
			}
			return
		case len(r.Mistakes) == 1:
			if m := r.Mistakes[0]; m.Problem == "" || m.Allowed == "" || m.Variable != v.Name && !v.File && v.Name != "HOME_ASSISTANT_ENABLED" {
				t.Fatalf("the mistake is %+v", m)
			}
			return
		case len(r.Mistakes) > 1:
			t.Fatalf("one value gives %d mistakes: %v", len(r.Mistakes), r.Mistakes)
		}
		if entry.Source != setting.FromEnvironmentVariable {
			t.Fatalf("it is neither taken nor a mistake: %+v", entry)
		}
		if v.Secret || v.File || entry.Value == "" {
			return
		}
		var again Settings
		if err := v.Set(&again, entry.Value); err != nil || !v.Same(&r.settings, &again) {
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
		parameters := map[string]setting.Parameter{}
		if stored != "" {
			parameters["homeassistant/timeout"] = setting.Parameter{Value: secret.New(stored)}
		}
		r := read(setting.Sources{Environment: given.environment(), Parameters: parameters, Store: setting.StoreRead})

		long, short, stored = strings.TrimSpace(long), strings.TrimSpace(short), strings.TrimSpace(stored)
		want, source, wrong := 30*time.Second, setting.FromDefault, false
		said, from := stored, setting.FromParameterStore
		if long != "" || short != "" {
			said, from = long, setting.FromEnvironmentVariable
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
		at := slices.IndexFunc(r.Entries, func(e setting.Entry) bool { return e.Variable == "HOME_ASSISTANT_TIMEOUT" })
		if r.settings.Access.Timeout != want || r.Entries[at].Source != source || (len(r.Mistakes) > 0) != wrong {
			t.Fatalf("it is %v from %v with %v, want %v from %v", r.settings.Access.Timeout, r.Entries[at].Source, r.Mistakes, want, source)
		}
	})
}
