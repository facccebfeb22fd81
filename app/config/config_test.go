package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/lambda-execution-engine/lee/domain/capability"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/offer"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// variables is an environment that holds nothing else. What begins with "file "
// is a file.
type variables map[string]string

func (v variables) environment() setting.Environment {
	return setting.Environment{
		Lookup: func(name string) (string, bool) { value, ok := v[name]; return value, ok },
		Open: func(path string) (io.ReadCloser, error) {
			if content, ok := v["file "+path]; ok {
				return io.NopCloser(strings.NewReader(content)), nil
			}
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		},
	}
}

func (v variables) lookup(name string) (string, bool) { value, ok := v[name]; return value, ok }

func TestDefaults(t *testing.T) {
	want := Settings{
		Tier: Standard, Mode: ModeNormal, LogLevel: LevelInfo, FunctionMemory: 128 << 20,
		Home: setting.Home{
			Access: home.Access{Timeout: 30 * time.Second},
			Features: setting.FeaturesOf(setting.FeatureCore, setting.FeatureAlexa, setting.FeatureAutomations, setting.FeatureScripts,
				setting.FeatureInputHelpers, setting.FeatureNotifications, setting.FeatureConversation),
			Terms: offer.Terms{House: capability.House{Locale: "en-US"}}, AssistantName: "Home Assistant",
			ParameterPrefix: "/lambda-execution-engine",
		},
		CacheTTL:    120 * time.Second,
		LUGSEnabled: true, LUGSIdleTimeout: 30 * time.Second, LUGSMemoryThreshold: 108 << 20,
	}
	s, mistakes := FromEnvironment(variables{}.environment())
	if !reflect.DeepEqual(s, want) || mistakes.Err() != nil {
		t.Errorf("an empty environment gives\n%+v, %v, want\n%+v", s, mistakes, want)
	}
	if !reflect.DeepEqual(Defaults(), want) {
		t.Errorf("Defaults gives %+v", Defaults())
	}
}

// TestOwnDefaults: an environment's default stands in for the table's, and for nothing else.
func TestOwnDefaults(t *testing.T) {
	for name, c := range map[string]struct {
		given  variables
		used   bool
		source setting.Source
	}{
		"nothing is given":    {nil, true, setting.FromDefault},
		"something is given":  {variables{"USE_PARAMETER_STORE": "false"}, false, setting.FromEnvironmentVariable},
		"a mistake was given": {variables{"USE_PARAMETER_STORE": "perhaps"}, true, setting.FromDefault},
	} {
		t.Run(name, func(t *testing.T) {
			e := c.given.environment()
			e.Defaults = map[string]string{"USE_PARAMETER_STORE": "true"}
			for _, entry := range NewLive(Options{Environment: e}).Report().Settings {
				if entry.Variable == "USE_PARAMETER_STORE" && (entry.Value != strconv.FormatBool(c.used) || entry.Source != c.source || entry.Default != "true") {
					t.Errorf("it is %+v", entry)
				}
			}
			if s, _ := FromEnvironment(e); s.UseParameterStore != c.used {
				t.Errorf("the Parameter Store is read: %t", s.UseParameterStore)
			}
		})
	}
}

// TestTable has the rows say all that they must, and their defaults be among the
// values that they allow.
func TestTable(t *testing.T) {
	names, paths := map[string]bool{}, map[string]bool{}
	for _, v := range Variables() {
		t.Run(v.Name, func(t *testing.T) {
			for _, name := range append([]string{v.Name}, v.Aliases...) {
				if names[name] {
					t.Errorf("%s is there twice", name)
				}
				names[name] = true
			}
			if v.Path != "" && paths[v.Path] {
				t.Errorf("the path %s is there twice", v.Path)
			}
			paths[v.Path] = true
			if v.Doc == "" || !strings.HasSuffix(v.Doc, ".") || v.Allowed() == "" {
				t.Errorf("it is not documented: %+v", v)
			}
			if (v.Derive != nil) != (v.DefaultRule != "") || v.DefaultRule != "" && v.Default != "" {
				t.Error("a default is either a value or a rule")
			}
			if shown := v.Show(new(Settings)); strings.Contains(shown, "%!") {
				t.Errorf("an empty setting shows as %s", shown)
			}
			if v.WhenWrong != "" && v.Set(new(Settings), v.WhenWrong) != nil {
				t.Errorf("%q cannot be taken", v.WhenWrong)
			}
			for tier := Minimum; tier <= Maximum; tier++ {
				for _, megabytes := range []int64{1, 128, 10240} {
					s := Settings{Tier: tier, FunctionMemory: megabytes << 20}
					fallback := v.Fallback(&s)
					if fallback == "" {
						continue
					}
					if err := v.Set(&s, fallback); err != nil {
						t.Errorf("the default %q %v", fallback, err)
					} else if shown := v.Show(&s); shown != fallback {
						t.Errorf("the default %q shows as %q", fallback, shown)
					}
				}
			}
		})
	}
}

// TestTiers has the figures that the product promises.
func TestTiers(t *testing.T) {
	for tier, want := range map[string]string{
		"minimum":  "20s 1 50 2097152 100 1m0s 5 30s 3 basic false/false",
		"standard": "30s 2 100 5242880 500 2m0s 3 20s 6 standard true/false",
		"maximum":  "45s 3 200 10485760 1000 5m0s 2 10s 10 comprehensive true/true",
	} {
		s, _ := FromEnvironment(variables{"CONFIGURATION_TIER": tier}.environment())
		l := s.Tier.Limits()
		got := fmt.Sprintf("%v %d %d %d %d %v %d %v %d %v %v/%v", l.Grace, l.Resident, l.ReflexEntries,
			l.CacheBytes, l.CacheEntries, l.CacheTTL, l.BreakerFailures, l.BreakerOpen, l.Metrics, l.Validation, l.OpenHome, l.LoadAhead)
		if got != want {
			t.Errorf("%s has %s, want %s", tier, got, want)
		}
		if s.CacheTTL != l.CacheTTL || s.LUGSIdleTimeout != l.Grace {
			t.Errorf("%s sets a TTL of %v and a grace of %v", tier, s.CacheTTL, s.LUGSIdleTimeout)
		}
	}
}

func TestLevel(t *testing.T) {
	s, _ := FromEnvironment(variables{"LOG_LEVEL": "ERROR", "DEBUG_MODE": "true"}.environment())
	if s.LogLevel != LevelError || s.Level() != LevelDebug {
		t.Errorf("the level is %v of %v", s.Level(), s.LogLevel)
	}
	s.Debug = false
	if s.Level() != LevelError {
		t.Errorf("the level is %v", s.Level())
	}
}

func TestFeatures(t *testing.T) {
	s, _ := FromEnvironment(variables{"HA_FEATURES": "scripts"}.environment())
	if !s.Features.Has(setting.FeatureCore) || !s.Features.Has(setting.FeatureScripts) || s.Features.Has(setting.FeatureAlexa) {
		t.Errorf("the features are %v", s.Features)
	}
	if got := setting.FeaturesOf(setting.FeatureCore, setting.FeatureAlexa).String(); got != "basic" {
		t.Errorf("core and alexa are %s", got)
	}
}

func TestNamesOfNothing(t *testing.T) {
	if got := Mode(200).String(); got != "config.Mode(200)" {
		t.Errorf("a mode that does not exist is %s", got)
	}
}

// TestOneMessage has every mistake named in one message, with what is allowed.
func TestOneMessage(t *testing.T) {
	_, mistakes := FromEnvironment(variables{
		"CONFIGURATION_TIER":     "huge",
		"HOME_ASSISTANT_URL":     "home.example.org",
		"HOME_ASSISTANT_TOKEN":   `"canary"`,
		"HOME_ASSISTANT_TIMEOUT": "30",
		"HA_TIMEOUT":             "20",
		"LUGS_MEMORY_THRESHOLD":  "200",
	}.environment())
	want := `5 settings are wrong:
  CONFIGURATION_TIER ("huge") is none of the names. Allowed: one of minimum, standard, maximum. LEE uses standard instead.
  HOME_ASSISTANT_URL ("home.example.org") does not begin with https:// or http://. Allowed: https:// or http://, a host, and if need be a port and a path.
  HOME_ASSISTANT_TOKEN ([secret]) holds a character that no token holds. Allowed: a long-lived access token as Home Assistant shows it, without quotes and without "Bearer".
  HOME_ASSISTANT_TIMEOUT ("30") is also given as HA_TIMEOUT, which says something else. Allowed: seconds, 1 to 900. LEE uses 30 instead.
  LUGS_MEMORY_THRESHOLD ("200") is more than the function's memory. Allowed: MB, 1 to 32768. LEE uses 108 instead.`
	if got := mistakes.Error(); got != want {
		t.Errorf("the message is\n%s\nwant\n%s", got, want)
	}
	var list setting.Mistakes
	if !errors.As(mistakes.Err(), &list) || len(list) != 5 {
		t.Errorf("Err gives %v", mistakes.Err())
	}
	if got := mistakes[:1].Error(); strings.Contains(got, "\n") || !strings.HasPrefix(got, "a setting is wrong: CONFIGURATION_TIER") {
		t.Errorf("one mistake alone is %q", got)
	}
}

// TestPlainValues has the whole environment of an ordinary function.
func TestPlainValues(t *testing.T) {
	s, mistakes := FromEnvironment(variables{
		"CONFIGURATION_TIER": "Maximum", "LAMBDA_MODE": "ha_discovery", "LOG_LEVEL": "debug", "DEBUG_MODE": "1",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "OPERATOR_SECRET": "canary-of-operators",
		"HOME_ASSISTANT_URL": "https://home.example.org:8123/", "HOME_ASSISTANT_TOKEN": "abc.def-ghi_jkl",
		"HOME_ASSISTANT_HEADERS": "cf-access-client-id: one\nCF-Access-Client-Secret: two", "HA_VERIFY_SSL": "off",
		"HA_TIMEOUT": "2.5", "HA_FEATURE_PRESET": "basic", "HA_ASSISTANT_NAME": " Jarvis ", "HA_LOCALE": "de_de",
		"HA_CODES": "lock.door=12", "HA_VOICE_UNLOCK": "no", "HA_VOICE_DISARM": "1",
		"HA_CACHE_TTL":        "0",
		"USE_PARAMETER_STORE": "false", "PARAMETER_PREFIX": "/home/lee/",
		"LUGS_ENABLED": "no", "LUGS_IDLE_TIMEOUT": "7", "LUGS_MEMORY_THRESHOLD": "200",
	}.environment())
	want := Settings{
		Tier: Maximum, Mode: ModeDiscovery, LogLevel: LevelDebug, Debug: true,
		FunctionMemory: 256 << 20, OperatorSecret: secret.New("canary-of-operators"),
		Home: setting.Home{
			ParameterPrefix: "/home/lee", HomeEnabled: true,
			Access: home.Access{
				URL: "https://home.example.org:8123", Token: secret.New("abc.def-ghi_jkl"), Timeout: 2500 * time.Millisecond, Unverified: true,
				Headers: map[string]secret.Text{
					"Cf-Access-Client-Id": secret.New("one"), "Cf-Access-Client-Secret": secret.New("two"),
				},
			},
			Features: setting.FeaturesOf(setting.FeatureCore, setting.FeatureAlexa), AssistantName: "Jarvis",
			Terms: offer.Terms{House: capability.House{
				Locale: "de-DE", Codes: map[home.EntityID]secret.Text{"lock.door": secret.New("12")}, NoUnlock: true,
			}},
		},
		LUGSIdleTimeout: 7 * time.Second, LUGSMemoryThreshold: 200 << 20,
	}
	if !reflect.DeepEqual(s, want) || mistakes != nil {
		t.Errorf("the settings are\n%+v, %v, want\n%+v", s, mistakes, want)
	}
}
