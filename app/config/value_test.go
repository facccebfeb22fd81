package config

import (
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/domain/setting"
)

// TestValues has, for each setting, how values may be written and what they are
// then, or why they are refused.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		variable, written string
		shown             string // what the setting is then
		problem           string // or what is wrong
	}{
		{"CONFIGURATION_TIER", "MINIMUM", "minimum", ""},
		{"CONFIGURATION_TIER", "min", "", "is none of the names"},
		{"LAMBDA_MODE", "ha_connection_test", "ha_connection_test", ""},
		{"LAMBDA_MODE", "on", "", "is none of the names"},
		{"LOG_LEVEL", "critical", "CRITICAL", ""},
		{"LOG_LEVEL", "WARN", "", "is none of the names"},
		{"DEBUG_MODE", "Yes", "true", ""},
		{"DEBUG_MODE", "ON", "true", ""},
		{"DEBUG_MODE", "0", "false", ""},
		{"DEBUG_MODE", "maybe", "", "is neither true nor false"},
		{"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769", "1769", ""},
		{"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "0", "", "is out of range"},
		{"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "-5", "", "is out of range"},
		{"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "99999999999999999999", "", "is out of range"},
		{"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128 MB", "", "is not a whole number"},
		{"OPERATOR_SECRET", "correct-horse-battery", "[secret]", ""},
		{"OPERATOR_SECRET", "short", "", "is too short"},
		{"OPERATOR_SECRET", "correct horse battery", "", "holds a character that is not allowed"},
		{"OPERATOR_SECRET", "korrektes-pferd-ä", "", "holds a character that is not allowed"},
		{"PARAMETER_PREFIX", "/a/b.c/d-e_f/", "/a/b.c/d-e_f", ""},
		{"PARAMETER_PREFIX", "lee", "", "does not begin with /"},
		{"PARAMETER_PREFIX", "/", "", "does not begin with /"},
		{"PARAMETER_PREFIX", "/a//b", "", "holds an empty level"},
		{"PARAMETER_PREFIX", "/a b", "", "holds a character that no parameter's name may hold"},
		{"PARAMETER_PREFIX", "/AWS/lee", "", "begins with a word that AWS keeps for itself"},
		{"PARAMETER_PREFIX", "/ssm-lee", "", "begins with a word that AWS keeps for itself"},
		{"PARAMETER_PREFIX", strings.Repeat("/a", 13), strings.Repeat("/a", 13), ""},
		{"PARAMETER_PREFIX", strings.Repeat("/a", 14), "", "has too many levels"},
		{"PARAMETER_PREFIX", "/" + strings.Repeat("a", 900), "", "is too long"},
		{"HOME_ASSISTANT_URL", "http://192.168.1.2:8123", "http://192.168.1.2:8123", ""},
		{"HOME_ASSISTANT_URL", "https://[2001:db8::1]:8123/", "https://[2001:db8::1]:8123", ""},
		{"HOME_ASSISTANT_URL", "https://home.example.org/ha//", "https://home.example.org/ha", ""},
		{"HOME_ASSISTANT_URL", "HTTPS://home.example.org", "https://home.example.org", ""},
		{"HOME_ASSISTANT_URL", "home.example.org:8123", "", "does not begin with https:// or http://"},
		{"HOME_ASSISTANT_URL", "wss://home.example.org", "", "does not begin with https:// or http://"},
		{"HOME_ASSISTANT_URL", "https://", "", "names no host"},
		{"HOME_ASSISTANT_URL", "https:///path", "", "names no host"},
		{"HOME_ASSISTANT_URL", "https://ho me", "", "is not a URL"},
		{"HOME_ASSISTANT_URL", "https://home:99999", "", "has a port that is not a number from 1 to 65535"},
		{"HOME_ASSISTANT_URL", "https://home:", "", "has a port that is not a number from 1 to 65535"},
		{"HOME_ASSISTANT_URL", "https://me:pass@home", "", "holds a user name or password"},
		{"HOME_ASSISTANT_URL", "https://home?token=x", "", "goes on after the path"},
		{"HOME_ASSISTANT_URL", "https://home/?", "", "goes on after the path"},
		{"HOME_ASSISTANT_URL", "https://home/#x", "", "goes on after the path"},
		{"HOME_ASSISTANT_ENABLED", "false", "false", ""},
		{"HOME_ASSISTANT_TOKEN", "eyJhbGciOi.J9_-.x+/==", "[secret]", ""},
		{"HOME_ASSISTANT_TOKEN", "Bearer abc", "", `begins with "Bearer"`},
		{"HOME_ASSISTANT_TOKEN", "'abc'", "", "holds a character that no token holds"},
		{"HOME_ASSISTANT_TOKEN", "abc def", "", "holds a character that no token holds"},
		{"HOME_ASSISTANT_TOKEN", "===", "", "holds a character that no token holds"},
		{"HOME_ASSISTANT_HEADERS", "b: x\n\n A : y:z \r\n", "A: [secret], B: [secret]", ""},
		{"HOME_ASSISTANT_HEADERS", `{"cf-access-client-id": "x", "b": "y"}`, "B: [secret], Cf-Access-Client-Id: [secret]", ""},
		{"HOME_ASSISTANT_HEADERS", `{}`, "", ""},
		{"HOME_ASSISTANT_HEADERS", `{"a": 1}`, "", "is not an object of texts in JSON"},
		{"HOME_ASSISTANT_HEADERS", `{"a": "x"`, "", "is not an object of texts in JSON"},
		{"HOME_ASSISTANT_HEADERS", `{"a": "x"} {}`, "", "is not an object of texts in JSON"},
		{"HOME_ASSISTANT_HEADERS", `{"a": "x", "A": "y"}`, "", "has a header twice (header 2)"},
		{"HOME_ASSISTANT_HEADERS", "a: x\nbroken", "", "has no colon in line 2"},
		{"HOME_ASSISTANT_HEADERS", "a b: x", "", "has a header whose name is not one (line 1)"},
		{"HOME_ASSISTANT_HEADERS", ": x", "", "has a header whose name is not one (line 1)"},
		{"HOME_ASSISTANT_HEADERS", "a:", "", "has a header whose value is empty or holds control characters (line 1)"},
		{"HOME_ASSISTANT_HEADERS", `{"a": "x\ny"}`, "", "has a header whose value is empty or holds control characters (header 1)"},
		{"HOME_ASSISTANT_HEADERS", "authorization: x", "", "sets Authorization, which LEE sets itself (line 1)"},
		{"HOME_ASSISTANT_CA", "no certificate", "", "holds no certificate in PEM"},
		{"HOME_ASSISTANT_CLIENT_KEY", "no key", "", "is not in PEM"},
		{"HOME_ASSISTANT_VERIFY_SSL", "no", "false", ""},
		{"HOME_ASSISTANT_TIMEOUT", "900", "900", ""},
		{"HOME_ASSISTANT_TIMEOUT", "1.2345", "1.235", ""},
		{"HOME_ASSISTANT_TIMEOUT", "901", "", "is out of range"},
		{"HOME_ASSISTANT_TIMEOUT", "0.5", "", "is out of range"},
		{"HOME_ASSISTANT_TIMEOUT", "-1", "", "is not a number of seconds"},
		{"HOME_ASSISTANT_TIMEOUT", "1e2", "", "is not a number of seconds"},
		{"HOME_ASSISTANT_TIMEOUT", "NaN", "", "is not a number of seconds"},
		{"HOME_ASSISTANT_TIMEOUT", "1.2.3", "", "is not a number of seconds"},
		{"HOME_ASSISTANT_TIMEOUT", "30s", "", "is not a number of seconds"},
		{"HOME_ASSISTANT_TIMEOUT", strings.Repeat("9", 400), "", "is not a number of seconds"},
		{"HA_FEATURES", "minimal", "minimal", ""},
		{"HA_FEATURES", "basic", "basic", ""},
		{"HA_FEATURES", "Standard", "standard", ""},
		{"HA_FEATURES", "full", "full", ""},
		{"HA_FEATURES", "development", "development", ""},
		{"HA_FEATURES", "alexa, conversation", "core,alexa,conversation", ""},
		{"HA_FEATURES", "basic,scripts", "core,alexa,scripts", ""},
		{"HA_FEATURES", "core,alexa,automations,scripts", "standard", ""},
		{"HA_FEATURES", ",,", "minimal", ""},
		{"HA_FEATURES", "alexa,lights", "", `names "lights", which is no feature`},
		{"HA_ASSISTANT_NAME", "Zoë und Ω", "Zoë und Ω", ""},
		{"HA_ASSISTANT_NAME", "two\nlines", "", "holds a character that cannot be printed"},
		{"HA_ASSISTANT_NAME", "\xff", "", "holds a character that cannot be printed"},
		{"HA_ASSISTANT_NAME", strings.Repeat("é", 50), strings.Repeat("é", 50), ""},
		{"HA_ASSISTANT_NAME", strings.Repeat("é", 51), "", "is too long"},
		{"HA_SKILL_IDS", "amzn1.ask.skill.0a1b-2c, ,amzn1.ask.skill.3d", "amzn1.ask.skill.0a1b-2c, amzn1.ask.skill.3d", ""},
		{"HA_SKILL_IDS", "amzn1.ask.skill.0a1b, amzn1.ask.skill.", "", "holds what is no id of a skill"},
		{"HA_SKILL_IDS", "amzn1.ask.account.0a1b", "", "holds what is no id of a skill"},
		{"HA_SKILL_IDS", ",", "", "holds no id"},
		{"HA_CONVERSATION_AGENT", "conversation.home_assistant", "conversation.home_assistant", ""},
		{"HA_CONVERSATION_AGENT", "01JKM2 X", "", "is no id"},
		{"HA_ROOMS", "amzn1.ask.device.B = kitchen,\namzn1.ask.device.A=living_room,", "amzn1.ask.device.A=living_room, amzn1.ask.device.B=kitchen", ""},
		{"HA_ROOMS", "amzn1.ask.device.A", "", "holds what is no pair with an equals sign between"},
		{"HA_ROOMS", "=kitchen", "", "holds what is no pair with an equals sign between"},
		{"HA_ROOMS", "a=", "", "holds what is no area"},
		{"HA_ROOMS", "a=b,a=c", "", "names an Echo twice"},
		{"HA_LOCALE", "pt-br", "pt-BR", ""},
		{"HA_LOCALE", "de-AT", "", "is not one of Alexa's locales"},
		{"HA_EXPOSE", "Light, -light.garage_*;\n# a remark\n+area: Living Room", "light, -light.garage_*, +area:Living Room", ""},
		{"HA_EXPOSE", "*", "all", ""},
		{"HA_NAMES", "ALL area", "area, all", ""},
		{"HA_NAMES", "areas", "", "holds what is none of the words"},
		{"HA_OVERRIDES", "Light.Hall: name=Hall|Corridor, category=light", "light.hall: name=Hall | Corridor, category=LIGHT", ""},
		{"HA_OVERRIDES", "light.hall: name=Hall\nlamp", "", "cannot be taken: entry 2 does not begin with an entity's id and a colon"},
		{"HA_CODES", "lock.a=1", "lock.a=[secret]", ""},
		{"HA_CODES", " lock.b = x=y,,alarm_control_panel.a=12 34\n lock.a=0 ,", "alarm_control_panel.a=[secret], lock.a=[secret], lock.b=[secret]", ""},
		{"HA_CODES", `{"lock.a": "1,2", "lock.b": "3"}`, "lock.a=[secret], lock.b=[secret]", ""},
		{"HA_CODES", ",\n,", "", ""},
		{"HA_CODES", "1234", "", "has no equals sign in pair 1"},
		{"HA_CODES", "lock.a=1,2", "", "has no equals sign in pair 2"},
		{"HA_CODES", "1234=lock.a", "", "has a code for what is neither a lock nor an alarm panel (pair 1)"},
		{"HA_CODES", "light.a=1", "", "has a code for what is neither a lock nor an alarm panel (pair 1)"},
		{"HA_CODES", "lock.*=1", "", "has a code for what is neither a lock nor an alarm panel (pair 1)"},
		{"HA_CODES", "lock.a=1,lock.b=", "", "has a code that is empty or holds control characters (pair 2)"},
		{"HA_CODES", "lock.a=1,lock.a=1", "", "has two codes for the same entity (pair 2)"},
		{"HA_CODES", `{"lock.a": "1", "lock.a": "1"}`, "", "has two codes for the same entity (pair 2)"},
		{"HA_CODES", `{"lock.a": 1234}`, "", "is not an object of texts in JSON"},
		{"HA_VOICE_UNLOCK", "no", "false", ""},
		{"HA_VOICE_DISARM", "off", "false", ""},
		{"HA_CACHE_TTL", "0", "0", ""},
		{"LUGS_IDLE_TIMEOUT", "86401", "", "is out of range"},
		{"LUGS_MEMORY_THRESHOLD", "1", "1", ""},
		{"LUGS_MEMORY_THRESHOLD", "129", "", "is more than the function's memory"},
	} {
		t.Run(c.variable+"="+c.written[:min(len(c.written), 30)], func(t *testing.T) {
			r := read(setting.Sources{Environment: variables{c.variable: c.written}.environment()})
			var entry setting.Entry
			for _, e := range r.Entries {
				if e.Variable == c.variable {
					entry = e
				}
			}
			if c.problem == "" {
				if r.Mistakes != nil || entry.Value != c.shown || entry.Source != setting.FromEnvironmentVariable {
					t.Errorf("it is %+v, %v, want %q", entry, r.Mistakes, c.shown)
				}
				return
			}
			if len(r.Mistakes) != 1 || !strings.HasPrefix(r.Mistakes[0].Problem, c.problem) || r.Mistakes[0].Variable != c.variable {
				t.Fatalf("the mistakes are %v, want that it %s", r.Mistakes, c.problem)
			}
			if entry.Source != setting.FromDefault || entry.Value != entry.Default || r.Mistakes[0].Taken != entry.Default {
				t.Errorf("it is %+v, want its default", entry)
			}
		})
	}
}

// TestGuardsHold: who turns something off and misspells it finds it turned off.
func TestGuardsHold(t *testing.T) {
	r := read(setting.Sources{Environment: variables{"HA_VOICE_UNLOCK": "flase", "HA_VOICE_DISARM": "never"}.environment()})
	if !r.settings.Terms.House.NoUnlock || !r.settings.Terms.House.NoDisarm {
		t.Errorf("the settings are %+v", r.settings)
	}
	if len(r.Mistakes) != 2 || r.Mistakes[0].Taken != "false" || r.Mistakes[1].Taken != "false" {
		t.Errorf("the mistakes are %+v", r.Mistakes)
	}
}

// TestSpellings has other spellings of a variable, and both at once.
func TestSpellings(t *testing.T) {
	for _, c := range []struct {
		name    string
		given   variables
		shown   string
		origin  string
		problem string
	}{
		{"the other spelling", variables{"HA_VERIFY_SSL": "false"}, "false", "HA_VERIFY_SSL", ""},
		{"both, the same", variables{"HA_VERIFY_SSL": "false", "HOME_ASSISTANT_VERIFY_SSL": "false"}, "false", "HOME_ASSISTANT_VERIFY_SSL", ""},
		{"both, in other words", variables{"HA_VERIFY_SSL": "0", "HOME_ASSISTANT_VERIFY_SSL": "no"}, "false", "HOME_ASSISTANT_VERIFY_SSL", ""},
		{"both, different", variables{"HA_VERIFY_SSL": "false", "HOME_ASSISTANT_VERIFY_SSL": "true"}, "true", "", "is also given as HA_VERIFY_SSL, which says something else"},
		{"both, one of them wrong", variables{"HA_VERIFY_SSL": "x", "HOME_ASSISTANT_VERIFY_SSL": "false"}, "true", "", "is also given as HA_VERIFY_SSL"},
		{"one of them empty", variables{"HA_VERIFY_SSL": "false", "HOME_ASSISTANT_VERIFY_SSL": " "}, "false", "HA_VERIFY_SSL", ""},
		{"nothing but white space", variables{"HOME_ASSISTANT_VERIFY_SSL": " \t"}, "true", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(setting.Sources{Environment: c.given.environment()})
			for _, e := range r.Entries {
				if e.Variable == "HOME_ASSISTANT_VERIFY_SSL" && (e.Value != c.shown || e.Origin != c.origin) {
					t.Errorf("it is %+v, want %s from %q", e, c.shown, c.origin)
				}
			}
			switch {
			case c.problem == "" && r.Mistakes != nil:
				t.Errorf("the mistakes are %v, want none", r.Mistakes)
			case c.problem != "" && (len(r.Mistakes) != 1 || !strings.HasPrefix(r.Mistakes[0].Problem, c.problem)):
				t.Errorf("the mistakes are %v, want that it %s", r.Mistakes, c.problem)
			}
		})
	}
}

// TestMistakenFilter wants a filter with a mistake to let nothing in: nobody knows
// what it should have left out. All mistakes are named, and none shows what may be
// a secret.
func TestMistakenFilter(t *testing.T) {
	r := read(setting.Sources{Environment: variables{"HA_EXPOSE": "light, !lock.front, aera:kitchen, sk-4f9a8b7c6d5e4f3a"}.environment()})
	if r.settings.Terms.Filter.String() != "none" || len(r.Mistakes) != 1 || r.Mistakes[0].Taken != "none" {
		t.Fatalf("the filter is %q: %v", r.settings.Terms.Filter, r.Mistakes)
	}
	text := r.Mistakes.Error()
	for _, want := range []string{`rule 2, "!lock.front", begins with !`, `rule 3, "aera:kitchen", is none of area:NAME`, `rule 4, "[secret]", is no domain`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
	if strings.Contains(text, "4f9a8b7c6d5e4f3a") || strings.Contains(text, "\n") {
		t.Errorf("it says %q", text)
	}
}
