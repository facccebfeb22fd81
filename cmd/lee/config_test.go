package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/config"
)

// unset takes all settings out of the environment for a test.
func unset(t *testing.T) {
	t.Helper()
	for _, v := range config.Variables() {
		for _, name := range append([]string{v.Name}, v.Aliases...) {
			t.Setenv(name, "")
		}
	}
}

// line returns the line of a table that is about a variable, its cells parted by
// single spaces.
func line(table, variable string) string {
	for l := range strings.Lines(table) {
		if cells := strings.Fields(l); len(cells) > 0 && cells[0] == variable {
			return strings.Join(cells[1:], " ")
		}
	}
	return ""
}

func TestConfig(t *testing.T) {
	unset(t)
	t.Setenv("HA_TIMEOUT", "7")
	t.Setenv("HOME_ASSISTANT_TOKEN", notToShow)
	out, err := lee("", "config")
	if err != nil {
		t.Fatal(err)
	}
	for variable, want := range map[string]string{
		"CONFIGURATION_TIER":     "standard default standard",
		"HOME_ASSISTANT_TIMEOUT": "7 HA_TIMEOUT 30",
		"HOME_ASSISTANT_TOKEN":   "[secret] environment -",
		"HOME_ASSISTANT_URL":     "- default -",
	} {
		if got := line(out, variable); got != want {
			t.Errorf("%s is %q, want %q", variable, got, want)
		}
	}
	if strings.Contains(out, notToShow) {
		t.Errorf("a secret is shown:\n%s", out)
	}
}

// TestConfigStore: the Parameter Store is read with the operator's own rights, and
// only where it is used.
func TestConfigStore(t *testing.T) {
	s := newParameterStore(t,
		keptParameter{here + "homeassistant/url", "https://home.example.org", "String"},
		keptParameter{here + "homeassistant/token", notToShow, "SecureString"},
		keptParameter{here + "homeassistant/colour", "blue", "String"})
	unset(t)
	out, err := lee("", "config")
	if err != nil || s.scope != nil || line(out, "HOME_ASSISTANT_URL") != "- default -" {
		t.Errorf("without it: %v, %v\n%s", err, s.scope, out)
	}
	out, err = lee("", "config", "--region", "us-west-2")
	if err != nil || s.scope == nil || s.scope[0] != "AKIDENVIRONMENT" || s.scope[2] != "us-west-2" || line(out, "USE_PARAMETER_STORE") != "true default true" {
		t.Errorf("with it: %v, %v\n%s", err, s.scope, out)
	}
	if got, want := line(out, "HOME_ASSISTANT_URL"), "https://home.example.org "+here+"homeassistant/url -"; got != want {
		t.Errorf("the URL is %q, want %q", got, want)
	}
	if !strings.Contains(out, "colour means nothing to LEE") || strings.Contains(out, notToShow) {
		t.Errorf("it prints\n%s", out)
	}
	out, err = lee("", "config", "--region", "us-west-2", "--json")
	var report config.Report
	if wrong := json.Unmarshal([]byte(out), &struct {
		Version *int `json:"version"`
	}{&report.Version}); err != nil || wrong != nil || report.Version != 1 || strings.Contains(out, notToShow) {
		t.Errorf("in JSON: %v, %v, version %d\n%s", err, wrong, report.Version, out)
	}
}

// TestConfigMistakes: one message names them all, once.
func TestConfigMistakes(t *testing.T) {
	s := newParameterStore(t,
		keptParameter{here + "homeassistant/timeout", "soon", "String"},
		keptParameter{here + "homeassistant/codes", "1357-" + notToShow, "SecureString"})
	unset(t)
	t.Setenv("USE_PARAMETER_STORE", "true")
	t.Setenv("CONFIGURATION_TIER", "huge")
	for _, args := range [][]string{{"config"}, {"config", "--json"}, {"invoke", os.DevNull}} {
		out, err := lee("", args...)
		if err == nil {
			t.Errorf("lee %v takes mistakes", args)
			continue
		}
		for _, want := range []string{"3 settings are wrong", "CONFIGURATION_TIER (\"huge\")", here + "homeassistant/timeout (\"soon\")", here + "homeassistant/codes ([secret])"} {
			if strings.Count(err.Error(), want) != 1 {
				t.Errorf("lee %v: the error names %q %d times:\n%v", args, want, strings.Count(err.Error(), want), err)
			}
		}
		if strings.Contains(out+err.Error(), notToShow) || args[0] == "config" && len(args) == 1 && strings.Contains(out, "mistake") {
			t.Errorf("lee %v prints\n%s", args, out)
		}
	}
	if s.scope == nil {
		t.Error("the store was not read")
	}
}

// TestConfigStoreAway: why the store cannot be read is the error, and the rest is
// printed all the same.
func TestConfigStoreAway(t *testing.T) {
	newParameterStore(t)
	unset(t)
	t.Setenv("USE_PARAMETER_STORE", "true")
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
	out, err := lee("", "config")
	if err == nil || !strings.Contains(err.Error(), "The Parameter Store cannot be reached.") || line(out, "CONFIGURATION_TIER") == "" {
		t.Errorf("%v\n%s", err, out)
	}
	t.Setenv("PATH", "") // without AWS's command line
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	if _, err = lee("", "config"); err == nil || !strings.Contains(err.Error(), "no credentials for AWS") {
		t.Errorf("without credentials: %v", err)
	}
}
