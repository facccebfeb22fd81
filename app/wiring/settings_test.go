package wiring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/capability"
)

// TestFeaturesGateEndpoints: which domains discovery finds, and whether they can
// be controlled, by HA_FEATURES.
func TestFeaturesGateEndpoints(t *testing.T) {
	gated := []string{"automation", "input_boolean", "input_button", "input_number", "input_select", "light", "scene", "script"}
	_, e := house(t)
	for _, c := range []struct {
		features string
		want     []string
	}{
		{"", gated},
		{"minimal", nil},
		{"core", nil},
		{"basic", []string{"light", "scene"}},
		{"alexa,scripts", []string{"light", "scene", "script"}},
		{"alexa,input_helpers", []string{"input_boolean", "input_button", "input_number", "input_select", "light", "scene"}},
		{"standard", []string{"automation", "light", "scene", "script"}},
		{"full", gated},
		{"development", gated},
		{"automations,scripts", nil},
		{"nonsense", gated}, // a mistake: the default is taken, and the mistake told
	} {
		t.Run(c.features, func(t *testing.T) {
			with := e
			if c.features != "" {
				with = e.and(env{"HA_FEATURES": c.features})
			}
			b := build(t, with, false)
			var found []string
			for _, endpoint := range b.ask(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints {
				id, _ := capability.EntityID(endpoint.EndpointID)
				if domain := id.Domain(); slices.Contains(gated, domain) && !slices.Contains(found, domain) {
					found = append(found, domain)
				}
			}
			slices.Sort(found)
			if !slices.Equal(found, c.want) {
				t.Errorf("found %v, want %v", found, c.want)
			}
			for domain, directive := range map[string]string{
				"light#porch_light": "Alexa.PowerController.TurnOn", "input_boolean#guest_mode": "Alexa.PowerController.TurnOn",
				"automation#welcome_home": "Alexa.PowerController.TurnOn", "script#bedtime": "Alexa.SceneController.Activate",
			} {
				kind, _, _ := strings.Cut(domain, "#")
				if done := b.ask(t, directive, domain).Event.Header.Name != alexa.NameErrorResponse; done != slices.Contains(c.want, kind) {
					t.Errorf("%s was carried out: %t", domain, done)
				}
			}
		})
	}
}

// TestWithoutAHome: what is missing or wrong is said in one sentence, with the
// variable's name, to Alexa and in the log; discovery is an empty list, and the
// rest of the engine works.
func TestWithoutAHome(t *testing.T) {
	_, there := house(t)
	const canary = "eyJhbGciOiJIUzI1NiJ9.canary"
	for _, c := range []struct {
		name string
		env  env
		// message is what Alexa gets, log what stands in the log besides.
		message, log string
	}{
		{"nothing", env{}, "HOME_ASSISTANT_URL is not set, or cannot be used.", ""},
		{"enabled, and no URL", env{"HOME_ASSISTANT_ENABLED": "true"}, "HOME_ASSISTANT_URL is not set, or cannot be used.", "HOME_ASSISTANT_URL is not set"},
		{"an empty URL", env{"HOME_ASSISTANT_URL": ""}, "HOME_ASSISTANT_URL is not set, or cannot be used.", ""},
		{"no scheme", env{"HOME_ASSISTANT_URL": "home.example.org:8123"}, "HOME_ASSISTANT_URL is not set, or cannot be used.", `HOME_ASSISTANT_URL (\"home.example.org:8123\") does not begin with https:// or http://.`},
		{"another scheme", env{"HOME_ASSISTANT_URL": "ftp://home"}, "HOME_ASSISTANT_URL is not set, or cannot be used.", `does not begin with https:// or http://`},
		{"no host", env{"HOME_ASSISTANT_URL": "https://"}, "HOME_ASSISTANT_URL is not set, or cannot be used.", `names no host`},
		{"no port", env{"HOME_ASSISTANT_URL": "http://home:port"}, "HOME_ASSISTANT_URL is not set, or cannot be used.", `HOME_ASSISTANT_URL`},
		{"a password", env{"HOME_ASSISTANT_URL": "https://lee:" + canary + "@home"}, "HOME_ASSISTANT_URL is not set, or cannot be used.", `HOME_ASSISTANT_URL ([secret]) holds a user name or password`},
		{"a token in the URL's place", env{"HOME_ASSISTANT_URL": canary}, "HOME_ASSISTANT_URL is not set, or cannot be used.", `HOME_ASSISTANT_URL ([secret])`},
		{"turned off", there.and(env{"HOME_ASSISTANT_ENABLED": "false"}), "HOME_ASSISTANT_ENABLED is false.", ""},
		{"features without Alexa", there.and(env{"HA_FEATURES": "core"}), "HA_FEATURES (or HA_FEATURE_PRESET) leaves out the feature alexa, the Smart Home.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := build(t, c.env.and(env{"HOME_ASSISTANT_TOKEN": canary}), true)
			got := b.ask(t, "Alexa.PowerController.TurnOn", "light#porch_light").Event.Payload
			if got.Type != alexa.BridgeUnreachable || got.Message != c.message {
				t.Errorf("answered %s %q, want %q", got.Type, got.Message, c.message)
			}
			if found := b.ask(t, "Alexa.Discovery.Discover", "").Event.Payload; found.Type != "" || found.Endpoints == nil || len(found.Endpoints) != 0 {
				t.Errorf("discovery was answered %+v, want an empty list", found)
			}
			if n := strings.Count(b.log.String(), c.message); n != 2 {
				t.Errorf("the reason is in the log %d times, want it for each invocation:\n%s", n, b.log)
			}
			if !strings.Contains(b.log.String(), c.log) {
				t.Errorf("the log lacks %q:\n%s", c.log, b.log)
			}
			if strings.Contains(b.log.String(), canary) {
				t.Errorf("a secret is in the log:\n%s", b.log)
			}
			if reply := read(t, b.invoke(t, []byte(`{"test":"ping"}`))); reply.StatusCode != 200 {
				t.Errorf("ping was answered %+v", reply)
			}
		})
	}
}

// TestTokens: LEE's own token is used where there is one, the account's where
// there is none, and a wrong one never unlinks an account that it is not of.
func TestTokens(t *testing.T) {
	_, there := house(t)
	for _, c := range []struct {
		name, token string
		want        alexa.ErrorType
		message     string
		log         string
	}{
		{"its own", there["HOME_ASSISTANT_TOKEN"], "", "", ""},
		{"its own is wrong", "wrong.token", alexa.BridgeUnreachable, "Home Assistant does not accept the token in HOME_ASSISTANT_TOKEN.", ""},
		{"none, and the account's is wrong", "", alexa.InvalidAuthorizationCredential, "Home Assistant does not accept the token that came with the request.", ""},
		{"one that cannot be one", "Bearer x", alexa.BridgeUnreachable, "HOME_ASSISTANT_TOKEN cannot be used.", "HOME_ASSISTANT_TOKEN ([secret]) begins with"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := env{"HOME_ASSISTANT_URL": there["HOME_ASSISTANT_URL"]}
			if c.token != "" {
				e["HOME_ASSISTANT_TOKEN"] = c.token
			}
			b := build(t, e, false)
			got := b.ask(t, "Alexa.PowerController.TurnOn", "light#porch_light").Event.Payload
			if got.Type != c.want || got.Message != c.message {
				t.Errorf("answered %s %q, want %s %q", got.Type, got.Message, c.want, c.message)
			}
			if !strings.Contains(b.log.String(), c.log) {
				t.Errorf("the log lacks %q:\n%s", c.log, b.log)
			}
		})
	}
}

// TestLogLevels: what is logged of an invocation, by LOG_LEVEL and DEBUG_MODE.
func TestLogLevels(t *testing.T) {
	_, there := house(t)
	for _, c := range []struct {
		env   env
		lines []string
	}{
		{env{}, []string{"answered"}},
		{env{"LOG_LEVEL": "DEBUG"}, []string{"crossed", "answered"}},
		{env{"LOG_LEVEL": "ERROR", "DEBUG_MODE": "true"}, []string{"crossed", "answered"}},
		{env{"LOG_LEVEL": "WARNING"}, nil},
		{env{"LOG_LEVEL": "CRITICAL"}, nil},
	} {
		b := build(t, there.and(c.env), false)
		b.ask(t, "Alexa.ReportState", "light#porch_light")
		for _, message := range []string{"crossed", "answered"} {
			if has := strings.Contains(b.log.String(), `"message":"`+message+`"`); has != slices.Contains(c.lines, message) {
				t.Errorf("%v: a line %q is there: %t\n%s", c.env, message, has, b.log)
			}
		}
	}
}
