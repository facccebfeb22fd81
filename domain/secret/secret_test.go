package secret_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/secret"
)

const canary = "canary"

// TestNotPrinted wants no way of printing to give a secret away, by whatever it
// is held and with whatever verb.
func TestNotPrinted(t *testing.T) {
	type exported struct{ Token secret.Text }
	type hidden struct{ token secret.Text }
	s := secret.New(canary)
	holders := map[string]any{
		"itself": s, "a pointer": &s, "an exported field": exported{s}, "a hidden field": hidden{s}, "a pointer to one": &hidden{s},
		"a nested one": struct{ in hidden }{hidden{s}}, "a map": map[string]secret.Text{"a": s}, "a slice": []secret.Text{s}, "any": []any{s},
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c", "%U", "%f", "%p", "%T", "%z", "%10v"} {
		for name, holder := range holders {
			if got := fmt.Sprintf(verb, holder); reveals(got) {
				t.Errorf("%s of %s prints %s", verb, name, got)
			}
		}
	}
	for name, holder := range holders {
		raw, err := json.Marshal(holder)
		if err != nil || reveals(string(raw)) {
			t.Errorf("%s is %s in JSON, %v", name, raw, err)
		}
	}
	if err := fmt.Errorf("wrapped %v: %w", s, errors.New(s.String())); reveals(err.Error()) {
		t.Error(err)
	}
}

func reveals(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, canary) || strings.Contains(s, fmt.Sprintf("%x", canary)) || strings.Contains(s, "99 97 110")
}

func TestText(t *testing.T) {
	s, none := secret.New(canary), secret.New("")
	if s.Reveal() != canary || s.Empty() || s.String() != secret.Mask {
		t.Errorf("it is %q, %v, %q", s.Reveal(), s.Empty(), s)
	}
	for _, empty := range []secret.Text{none, {}} {
		if empty.Reveal() != "" || !empty.Empty() || empty.String() != "" {
			t.Errorf("an empty one is %q", empty)
		}
	}
	raw, err := json.Marshal(map[string]secret.Text{"a": s, "b": none})
	if err != nil || string(raw) != `{"a":"[secret]","b":""}` {
		t.Errorf("in JSON they are %s, %v", raw, err)
	}
	if s.Fingerprint() != secret.New(canary).Fingerprint() || s.Fingerprint() == none.Fingerprint() || len(s.Fingerprint()) != 16 || reveals(s.Fingerprint()) {
		t.Errorf("its fingerprint is %s", s.Fingerprint())
	}
}
