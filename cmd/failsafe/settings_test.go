package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/domain/exposure"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/naming"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// theEngines returns the settings as the engine reads them, as far as the failsafe has
// them.
func theEngines(s config.Settings) settings {
	return settings{
		URL: s.HomeURL, Enabled: s.HomeEnabled, Token: s.HomeToken, Headers: s.HomeHeaders, CA: s.HomeCA,
		Cert: s.HomeClientCert, Key: s.HomeClientKey, Verify: s.VerifySSL, Timeout: s.HomeTimeout,
		Features: s.Features, Locale: s.Locale, Expose: s.Expose, Style: s.Naming, Overrides: s.Overrides, Codes: s.Codes,
		Unlocks: s.VoiceUnlock, Disarms: s.VoiceDisarm,
	}
}

// notHere are the settings of the home that the failsafe has no use for, and why.
var notHere = map[string]string{
	"homeassistant/assistant_name":     "it does not converse",
	"homeassistant/conversation_agent": "it does not converse",
	"homeassistant/rooms":              "it does not converse",
	"homeassistant/skill_ids":          "it does not converse",
}

// TestVariables: the failsafe has every setting of the home, called and kept as the
// engine has it.
func TestVariables(t *testing.T) {
	known := map[string]bool{}
	for _, v := range variables {
		i := slices.IndexFunc(config.Variables(), func(c config.Variable) bool { return c.Name == v.name })
		if i < 0 {
			t.Errorf("%s is none of the engine's settings", v.name)
			continue
		}
		c := config.Variables()[i]
		known[c.Path] = true
		fallback := c.Default
		if c.DefaultRule != "" {
			fallback = v.fallback // TestSettingsAlike has the rule
		}
		if !slices.Equal(v.aliases, c.Aliases) || v.path != c.Path || v.fallback != fallback || v.whenWrong != c.WhenWrong || v.file != c.File || v.list != c.List {
			t.Errorf("%s is %+v here, and %+v in the engine", v.name, v, c)
		}
	}
	for _, c := range config.Variables() {
		if strings.HasPrefix(c.Path, "homeassistant/") && !known[c.Path] && notHere[c.Path] == "" {
			t.Errorf("the failsafe does not have %s, and no reason is named", c.Name)
		}
	}
	for path := range notHere {
		if known[path] {
			t.Errorf("the failsafe has %s", path)
		}
	}
}

// TestSettingsAlike has the failsafe and the engine read the same texts of the
// environment, rightly and wrongly written ones, alone and in pairs.
func TestSettingsAlike(t *testing.T) {
	texts := []string{
		"", " ", "true", "off", "no", "maybe", "0", "2.5", "1e3", "900", "901", "basic", "core, alexa", "alexa;scripts", "minimal", "de-de", "en_GB", "xx",
		"https://home.example/base/", "http://home:8123", "https://me:pw@home", "ftp://home", "home", "https://home/?x", "https://h#",
		"abc.def-_~+/=", "Bearer abc", "a b", "light, -light.attic", "!light", "none", "all", "area:Kitchen", "area", "area, all",
		"light.kitchen: name=Stove", "lock.front=1234", "alarm_control_panel.home=1,lock.front=2", `{"lock.front":"1"}`, `{"lock.front":1}`, "light.a=1",
		"X-A: b", "X-A: b\nX-A: c", `{"X-A": "b"}`, "Authorization: x", "X-A", "-----BEGIN CERTIFICATE----- AAAA -----END CERTIFICATE-----",
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "/does/not/exist", "file:nothing", "./here",
	}
	for _, v := range variables {
		for _, name := range append([]string{v.name}, v.aliases...) {
			for _, text := range texts {
				for _, more := range []map[string]string{nil, {"HOME_ASSISTANT_URL": "http://home"}, {v.name: "true"}} {
					env := map[string]string{}
					for n, value := range more {
						env[n] = value
					}
					env[name] = text
					alike(t, env, nil)
				}
				alike(t, map[string]string{"USE_PARAMETER_STORE": "true"}, map[string]string{v.path: text})
			}
		}
	}
}

// alike compares what the failsafe and the engine read.
func alike(t *testing.T, env, stored map[string]string) {
	t.Helper()
	from := sources{getenv: func(name string) string { return env[name] }, parameters: map[string]parameter{}}
	store := &portstest.ParameterStore{}
	for path, value := range stored {
		from.parameters[path] = parameter{Type: "SecureString", Value: value}
		store.Put(ports.Parameter{Name: defaultPrefix + "/" + path, Value: secret.New(value), Type: ports.ParameterSecureString})
	}
	got, wrong := from.settings()
	live := config.NewLive(config.Options{Parameters: store, Environment: config.Environment{
		Lookup:   func(name string) (string, bool) { value, ok := env[name]; return value, ok },
		ReadFile: config.ReadFile,
	}})
	read, err := live.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := theEngines(read)
	if !reflect.DeepEqual(plain(got), plain(want)) {
		t.Errorf("with %q and %q stored the failsafe reads\n%+v, and the engine\n%+v", env, stored, got, want)
	}
	for _, v := range variables {
		blamed := live.Mistaken(v.name)
		if wrong.has(v.name) != blamed && v.name != "HOME_ASSISTANT_URL" { // which the engine also blames for being missing
			t.Errorf("with %q and %q stored %s is a mistake: %t (%v), and in the engine: %t", env, stored, v.name, wrong.has(v.name), wrong.err(), blamed)
		}
	}
}

// plain returns settings in a form in which those that say the same are equal.
func plain(s settings) map[string]any {
	revealed := map[string]string{}
	for name, value := range s.Headers {
		revealed[name] = value.Reveal()
	}
	for id, value := range s.Codes {
		revealed[string(id)] = value.Reveal()
	}
	s.Headers, s.Codes = nil, map[home.EntityID]secret.Text(nil)
	filter, style, overrides := s.Expose.String(), s.Style.String(), s.Overrides.String()
	s.Expose, s.Style, s.Overrides = exposure.Filter{}, naming.Style{}, naming.Overrides{}
	token, key := s.Token.Reveal(), s.Key.Reveal()
	s.Token, s.Key = secret.Text{}, secret.Text{}
	return map[string]any{"rest": s, "revealed": revealed, "filter": filter, "style": style, "overrides": overrides, "token": token, "key": key}
}
