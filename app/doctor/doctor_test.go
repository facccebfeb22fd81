package doctor_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/doctor"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/discovery"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// jwt is a token as Home Assistant makes them, which ends then.
func jwt(ends time.Time) string {
	claims := base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"iss":"0123","iat":1,"exp":%d}`, ends.Unix()))
	return "eyJhbGciOiJIUzI1NiJ9." + claims + ".c2lnbmF0dXJlLW9mLWEtdG9rZW4"
}

// surroundings are those of a function, and of the home behind it.
type surroundings struct {
	ports.Parameters
	env   map[string]string
	store []ports.Parameter
	// broken is why the store cannot be read.
	broken error
	way    checkup.Way
	// undiscovered is why the home cannot be discovered.
	undiscovered error
	region       string
}

// Below implements ports.Parameters.
func (s *surroundings) Below(context.Context, string) ([]ports.Parameter, error) {
	return s.store, s.broken
}

// examine makes a check-up, and returns what was found that is not as it should be:
// "id: sentence" by line. asked is how often the home was discovered.
func (s *surroundings) examine(t *testing.T) (found string, asked int) {
	t.Helper()
	lookup := func(name string) (string, bool) { v, ok := s.env[name]; return v, ok }
	live := config.NewLive(config.Options{Environment: setting.Environment{Lookup: lookup}, Parameters: s, Clock: portstest.NewClock()})
	d := doctor.Doctor{
		From: checkup.Function, Region: s.region, Clock: portstest.NewClock(), Live: live,
		Environ: func() (environ []string) {
			for name, value := range s.env {
				environ = append(environ, name+"="+value)
			}
			return environ
		},
		Probe: &portstest.MemoryProbe{Way: s.way},
		Discover: func(context.Context) (discovery.Report, error) {
			asked++
			return discovery.Report{Endpoints: 3}, s.undiscovered
		},
	}
	var lines []string
	for _, f := range checkup.Examine(d.Look(t.Context())).Findings {
		if f.Severity > checkup.Fine && f.ID != "alexa.events" { // that is of every home
			lines = append(lines, f.ID+": "+f.Sentence)
		}
		for _, value := range s.env {
			if len(value) > 20 && !strings.HasPrefix(value, "http") && strings.Contains(f.Sentence+f.Fix, value) {
				t.Errorf("a secret is in %+v", f)
			}
		}
	}
	return strings.Join(lines, "\n"), asked
}

// TestSettings is of what people set.
func TestSettings(t *testing.T) {
	noon := portstest.NewClock().Now()
	good := jwt(noon.AddDate(5, 0, 0))
	const url = "https://home.example.org"
	secure := func(path, value string) ports.Parameter {
		return ports.Parameter{Name: "/lambda-execution-engine/" + path, Value: secret.New(value), Type: ports.ParameterSecureString}
	}
	for name, c := range map[string]struct {
		s    surroundings
		want []string
	}{
		"all is well":          {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good}}, nil},
		"nothing":              {surroundings{}, []string{"settings.url.function: The function does not know where Home Assistant is: HOME_ASSISTANT_URL is not set, and USE_PARAMETER_STORE is not true."}},
		"no URL":               {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": "home.example.org", "HOME_ASSISTANT_TOKEN": good}}, []string{`settings.refused: HOME_ASSISTANT_URL ("home.example.org") does not begin with https:// or http://.`}},
		"no number":            {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good, "HA_TIMEOUT": "soon"}}, []string{`settings.wrong: HA_TIMEOUT ("soon")`, "so LEE takes 30 instead."}},
		"two spellings":        {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good, "HOME_ASSISTANT_VERIFY_SSL": "true", "HA_VERIFY_SSL": "false"}}, []string{"settings.wrong: HOME_ASSISTANT_VERIFY_SSL", "is also given as HA_VERIFY_SSL, which says something else"}},
		"a quoted token":       {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": `"` + good + `"`}}, []string{"settings.refused: HOME_ASSISTANT_TOKEN ([secret])"}},
		"a misspelt name":      {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKN": good}}, []string{"settings.unknown: LEE knows no setting HOME_ASSISTANT_TOKN.", "settings.token.none: "}},
		"off":                  {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good, "HOME_ASSISTANT_ENABLED": "false"}}, []string{"settings.off: "}},
		"another mode":         {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good, "LAMBDA_MODE": "diagnostic"}}, []string{"settings.mode: LAMBDA_MODE is diagnostic"}},
		"an assistant's name":  {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good, "HA_ASSISTANT_NAME": "Alexa Butler"}}, []string{"settings.assistant: Amazon has something against HA_ASSISTANT_NAME: "}},
		"no Smart Home":        {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good, "HA_FEATURES": "minimal"}}, []string{"alexa.off: "}},
		"half a token":         {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good[:30]}}, []string{"settings.token.odd: "}},
		"an odd token":         {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": "aaaaaaaa.bbbbbbbbbb.cccccccc"}}, []string{"settings.token.odd: "}},
		"an old token":         {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": jwt(noon.AddDate(0, 0, -3))}}, []string{"settings.token.expired: The token ended on 2026-11-20."}},
		"an ending token":      {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": jwt(noon.AddDate(0, 0, 7))}}, []string{"settings.token.ending: The token ends on 2026-11-30."}},
		"a region of nobody's": {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good}, region: "eu-central-1"}, []string{"alexa.region.none: "}},
		"a region of others'":  {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good, "HA_LOCALE": "ja-JP"}, region: "eu-west-1"}, []string{"alexa.region.other: "}},
		"no locale":            {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": good}, region: "eu-west-1"}, nil},
		"from the store": {surroundings{env: map[string]string{"USE_PARAMETER_STORE": "true"}, store: []ports.Parameter{
			secure("homeassistant/url", url), secure("homeassistant/token", good),
		}}, nil},
		"an empty store": {surroundings{env: map[string]string{"USE_PARAMETER_STORE": "true"}}, []string{"settings.store.empty: The Parameter Store has nothing for LEE below /lambda-execution-engine."}},
		"a locked store": {surroundings{env: map[string]string{"USE_PARAMETER_STORE": "true"}, broken: fault.New(fault.NotAllowed, "The function's role may not read the parameters.")}, []string{
			"settings.store.unread: The Parameter Store cannot be read below /lambda-execution-engine: The function's role may not read the parameters.",
		}},
		"odd parameters": {surroundings{env: map[string]string{"USE_PARAMETER_STORE": "true"}, store: []ports.Parameter{
			{Name: "/lambda-execution-engine/homeassistant/tokn", Value: secret.New("x")},
			{Name: "/lambda-execution-engine/homeassistant/url", Value: secret.New(url)},
			{Name: "/lambda-execution-engine/homeassistant/token", Value: secret.New(good)},
		}}, []string{"settings.store.unknown: ", "homeassistant/tokn.", "settings.store.clear: A secret is kept in the clear: /lambda-execution-engine/homeassistant/token."}},
	} {
		t.Run(name, func(t *testing.T) {
			c.s.way = checkup.Way{Name: checkup.NoSuchName}
			got, asked := c.s.examine(t)
			got = strings.Join(slices.DeleteFunc(strings.Split(got, "\n"), func(line string) bool { return strings.HasPrefix(line, "network.") }), "\n")
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("found\n%s\nwant %s", got, want)
				}
			}
			if c.want == nil && got != "" || asked != 0 {
				t.Errorf("found, with %d discoveries,\n%s", asked, got)
			}
		})
	}
}

// TestDiscovery asks a home for its entities only when it took the token.
func TestDiscovery(t *testing.T) {
	at := checkup.Way{Host: "203.0.113.7", Port: "80", Addresses: []checkup.Address{{Text: "203.0.113.7"}}}
	homely := func(change func(*checkup.Way)) checkup.Way {
		way := at
		way.Who, way.Version = checkup.Home, "2026.11.0"
		change(&way)
		return way
	}
	env := map[string]string{"HOME_ASSISTANT_URL": "http://203.0.113.7", "HOME_ASSISTANT_TOKEN": jwt(time.Now().AddDate(1, 0, 0))}
	for name, c := range map[string]struct {
		s     surroundings
		asked int
		want  string
	}{
		"well":            {surroundings{env: env, way: homely(func(*checkup.Way) {})}, 1, "encryption.none: "},
		"undiscovered":    {surroundings{env: env, way: homely(func(*checkup.Way) {}), undiscovered: fault.Wrap(fault.Unreachable, "The home cannot be reached.", errors.New("odd"))}, 1, "alexa.unread: The entities cannot be read: The home cannot be reached."},
		"starting":        {surroundings{env: env, way: homely(func(*checkup.Way) {}), undiscovered: fault.Wrap(fault.Unreachable, "It is starting.", home.ErrStarting)}, 1, "home.starting: Home Assistant is still starting"},
		"rejected":        {surroundings{env: env, way: homely(func(w *checkup.Way) { w.Who = checkup.Rejecting })}, 0, "home.token: "},
		"silent":          {surroundings{env: env, way: homely(func(w *checkup.Way) { w.Who, w.Answer = "", checkup.TimedOut })}, 0, "home.silent: "},
		"without a token": {surroundings{env: map[string]string{"HOME_ASSISTANT_URL": "http://203.0.113.7"}, way: homely(func(*checkup.Way) {})}, 0, "settings.token.none: "},
	} {
		if got, asked := c.s.examine(t); asked != c.asked || !strings.Contains(got, c.want) {
			t.Errorf("%s: %d discoveries, found\n%s", name, asked, got)
		}
	}
}
