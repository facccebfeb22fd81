package alexatest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLocate(t *testing.T) {
	workspace := t.TempDir()
	folder := filepath.Join(workspace, "module", "some", "package")
	if err := os.MkdirAll(folder, 0o750); err != nil {
		t.Fatal(err)
	}
	touch := func(path string) string {
		path = filepath.Join(workspace, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Chdir(folder)
	var named string
	find := func() (string, error) { return locate(func(string) string { return named }) }

	if _, err := find(); err == nil || errors.Is(err, errNoSchema) {
		t.Errorf("outside of a module: %v", err)
	}
	touch("module/go.mod")
	if _, err := find(); !errors.Is(err, errNoSchema) {
		t.Errorf("without a schema: %v", err)
	}
	named = filepath.Join(workspace, "nowhere.json")
	if _, err := find(); err == nil || errors.Is(err, errNoSchema) || !strings.Contains(err.Error(), "ALEXA_SCHEMA") {
		t.Errorf("with a name that is wrong: %v", err)
	}
	named = touch("elsewhere/schema.json")
	if got, err := find(); got != named || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, named)
	}
	named = ""
	beside := touch("shared/alexa_smart_home_message_schema.json")
	if got, err := find(); got != beside || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, beside)
	}
}

// TestDecide is the table of what becomes of tests when a schema cannot be had.
func TestDecide(t *testing.T) {
	wrong := errors.New("wrong")
	for _, c := range []struct {
		name     string
		err      error
		ci, must string
		fails    bool
	}{
		{"absent", errNoSchema, "", "", false},
		{"absent in CI", errNoSchema, "true", "", true},
		{"absent and required", errNoSchema, "", "1", true},
		{"absent, not quite CI", errNoSchema, "false", "0", false},
		{"broken", wrong, "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var said strings.Builder
			environment := map[string]string{"CI": c.ci, "LEE_REQUIRE_SCHEMA": c.must}
			s, err := without(c.err, func(name string) string { return environment[name] }, &said)
			if s != nil || (err != nil) != c.fails || (said.Len() == 0) != c.fails {
				t.Errorf("got %v, %v and %q", s, err, said.String())
			}
			if !c.fails && !strings.Contains(said.String(), "running without Amazon's schema: ") {
				t.Errorf("said %q", said.String())
			}
		})
	}
}

func TestLoadRefusesWhatIsNoSchema(t *testing.T) {
	for name, content := range map[string]string{
		"empty":             ``,
		"not JSON":          `{"oneOf": [`,
		"another schema":    `{"$schema":"http://json-schema.org/draft-04/schema#","type":"object"}`,
		"without the lists": `{"definitions":{"endpoint.capabilities":{},"state.properties":{}}}`,
	} {
		path := filepath.Join(t.TempDir(), "schema.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := load(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := load(filepath.Join(t.TempDir(), "nowhere.json")); err == nil {
		t.Error("a file that is not there was read")
	}
}
