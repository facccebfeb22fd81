package config

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/domain/setting"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// function is a running function with its settings and what they are made of.
type function struct {
	*Live
	t       *testing.T
	store   *portstest.ParameterStore
	clock   *portstest.Clock
	log     *observer.ObservedLogs
	changes []string
}

// start starts a function that uses the Parameter Store, with further variables
// beside.
func start(t *testing.T, more variables) *function {
	t.Helper()
	given := variables{"USE_PARAMETER_STORE": "true", "PARAMETER_PREFIX": "/p"}
	for name, value := range more {
		given[name] = value
	}
	f := &function{t: t, store: &portstest.ParameterStore{}, clock: portstest.NewClock()}
	core, log := observer.New(zap.DebugLevel)
	f.log = log
	f.Live = NewLive(Options{
		Environment: given.environment(), Parameters: f.store, Clock: f.clock, Log: zap.New(core),
		Changed: func(_ context.Context, before, after Settings) {
			f.changes = append(f.changes, fmt.Sprintf("%s→%s", before.Access.URL, after.Access.URL))
		},
	})
	return f
}

func (f *function) put(path, value string) {
	f.store.Put(ports.Parameter{Name: "/p/" + path, Value: secret.New(value), Type: ports.ParameterSecureString})
}

// url returns the home's URL after the Parameter Store was asked where that is
// due.
func (f *function) url() string {
	f.t.Helper()
	s, err := f.Settings(f.t.Context())
	if err != nil {
		f.t.Error(err)
	}
	return s.Access.URL
}

func (f *function) is(want string, asked int) {
	f.t.Helper()
	if got := f.url(); got != want || f.store.Asked() != asked {
		f.t.Errorf("the URL is %q and the store was asked %d times, want %q and %d", got, f.store.Asked(), want, asked)
	}
}

const (
	here  = "https://here.example.org"
	there = "https://there.example.org"
)

func TestLiveWithoutStore(t *testing.T) {
	for _, given := range []variables{
		{"USE_PARAMETER_STORE": "false", "HOME_ASSISTANT_URL": here},
		{"USE_PARAMETER_STORE": "maybe", "HOME_ASSISTANT_URL": here},
	} {
		f := start(t, given)
		f.put("homeassistant/url", there)
		f.is(here, 0)
		if version, err := f.Reload(t.Context()); version != 1 || err != nil {
			t.Errorf("Reload gives %d, %v", version, err)
		}
		f.clock.Advance(24 * time.Hour)
		f.is(here, 0)
		if r := f.Report(); r.Store != nil || r.Version != 1 || len(r.Versions) != 1 {
			t.Errorf("the report is %+v", r)
		}
	}
}

// TestLiveNothingToAsk has an environment that says all that the store might.
func TestLiveNothingToAsk(t *testing.T) {
	given := variables{}
	for _, v := range Variables() {
		switch {
		case v.Path == "":
		case v.Default != "":
			given[v.Name] = v.Default
		default:
			given[v.Name] = map[string]string{
				"HOME_ASSISTANT_URL": here, "HOME_ASSISTANT_ENABLED": "true", "HOME_ASSISTANT_TOKEN": "token",
				"OPERATOR_SECRET": "correct-horse-battery", "HOME_ASSISTANT_HEADERS": "a: b", "HA_CODES": "lock.a=1",
				"HA_EXPOSE": "light", "HA_NAMES": "area", "HA_OVERRIDES": "light.a: name=A",
				"HA_SKILL_IDS": "amzn1.ask.skill.1", "HA_CONVERSATION_AGENT": "conversation.other", "HA_ROOMS": "a=kitchen",
			}[v.Name]
		}
	}
	a := newAuthority(t)
	given["HOME_ASSISTANT_CA"] = a.PEM
	given["HOME_ASSISTANT_CLIENT_CERT"], given["HOME_ASSISTANT_CLIENT_KEY"] = a.issue("lee")
	start(t, given).is(here, 0)
}

func TestLiveAsksWhenFirstNeeded(t *testing.T) {
	f := start(t, nil)
	f.put("homeassistant/url", here)
	if s := f.Current(); s.Access.URL != "" || s.HomeEnabled || f.store.Asked() != 0 || f.Report().Version != 0 {
		t.Errorf("before anything was asked for the settings are %+v", s)
	}
	f.is(here, 1)
	f.is(here, 1)
	if s := f.Current(); s.Access.URL != here || !s.HomeEnabled {
		t.Errorf("the settings are %+v", s)
	}
	if r := f.Report(); r.Version != 1 || r.Cause != "parameter store" || r.Store.Answered.IsZero() {
		t.Errorf("the report is %+v", r)
	}
}

func TestLiveLayers(t *testing.T) {
	f := start(t, variables{"HOME_ASSISTANT_URL": here, "HA_TIMEOUT": "soon"})
	f.put("homeassistant/url", there)
	f.put("homeassistant/timeout", "7")
	f.put("homeassistant/assistant_name", "Jarvis")
	f.put("homeassistant/what_is_this", "x")
	f.is(here, 1)
	s := f.Current()
	if s.AssistantName != "Jarvis" || s.Terms.House.Locale != "en-US" {
		t.Errorf("the settings are %+v", s)
	}
	// A mistake takes the default, whatever a weaker source says.
	if s.Access.Timeout != 30*time.Second {
		t.Errorf("the time-out is %v", s.Access.Timeout)
	}
	r := f.Report()
	if len(r.Mistakes) != 1 || r.Mistakes[0].Origin != "HA_TIMEOUT" {
		t.Errorf("the mistakes are %v", r.Mistakes)
	}
	if fmt.Sprint(r.Store.Unknown) != "[/p/homeassistant/what_is_this]" {
		t.Errorf("the unknown parameters are %v", r.Store.Unknown)
	}
	if n := f.log.FilterField(zap.String("variable", "HOME_ASSISTANT_TIMEOUT")).Len(); n != 1 {
		t.Errorf("the mistake was logged %d times", n)
	}
}

func TestLiveTypes(t *testing.T) {
	f := start(t, nil)
	put := func(path, value string, kind ports.ParameterType) {
		f.store.Put(ports.Parameter{Name: "/p/" + path, Value: secret.New(value), Type: kind})
	}
	put("homeassistant/url", "https://a.example.org,https://b.example.org", ports.ParameterStringList)
	put("homeassistant/features", "alexa,scripts", ports.ParameterStringList)
	put("homeassistant/token", "canary-token", ports.ParameterString)
	put("homeassistant/timeout", "  ", ports.ParameterString)
	f.is("", 1)
	s, r := f.Current(), f.Report()
	if s.Features.String() != "core,alexa,scripts" || s.Access.Token.Reveal() != "canary-token" {
		t.Errorf("the settings are %+v", s)
	}
	want := `2 settings are wrong:
  /p/homeassistant/url (` + `"https://a.example.org,https://b.example.org") is a StringList, which this setting is not. ` +
		`Allowed: https:// or http://, a host, and if need be a port and a path.
  /p/homeassistant/timeout ("") is empty. Allowed: seconds, 1 to 900. LEE uses 30 instead.`
	if got := r.Mistakes.Error(); got != want {
		t.Errorf("the mistakes are\n%s\nwant\n%s", got, want)
	}
	for _, e := range r.Settings {
		if (e.Variable == "HOME_ASSISTANT_TOKEN") != strings.Contains(e.Note, "SecureString") {
			t.Errorf("%s has the note %q", e.Variable, e.Note)
		}
	}
	// Kept as it should be, the note goes and nothing else changes.
	put("homeassistant/token", "canary-token", ports.ParameterSecureString)
	if version, err := f.Reload(t.Context()); version != 1 || err != nil || f.Current().Version() != 1 {
		t.Errorf("Reload gives %d, %v, and settings of version %d", version, err, f.Current().Version())
	}
	for _, e := range f.Report().Settings {
		if e.Note != "" {
			t.Errorf("%s has the note %q", e.Variable, e.Note)
		}
	}
}

func TestLiveReadsAgain(t *testing.T) {
	f := start(t, nil)
	f.put("homeassistant/url", here)
	f.is(here, 1)
	f.put("homeassistant/url", there)
	f.clock.Advance(ParameterTTL - time.Second)
	f.is(here, 1)
	f.clock.Advance(time.Second)
	f.is(there, 2)
	f.clock.Advance(-time.Hour) // put right
	f.is(there, 3)
	f.is(there, 3)
	if got := fmt.Sprint(f.changes); got != "[→"+here+" "+here+"→"+there+"]" {
		t.Errorf("the changes told are %s", got)
	}
	last := f.Report().Changes
	if c := last[len(last)-1]; c.Variable != "HOME_ASSISTANT_URL" || c.Before != here || c.After != there || c.Version != 2 || c.To != setting.FromParameterStore {
		t.Errorf("the change is %+v", c)
	}
	if n := f.log.FilterMessage("a setting has changed").FilterField(zap.String("after", there)).Len(); n != 1 {
		t.Errorf("the change was logged %d times", n)
	}
}

// TestKept: what the Parameter Store said is a section of the cache, though it is
// kept elsewhere.
func TestKept(t *testing.T) {
	without := NewLive(Options{Environment: variables{}.environment()})
	_, _ = without.Settings(t.Context())
	if got := without.Kept(); got.Hits+got.Misses != 0 {
		t.Errorf("without a store: %+v", got)
	}
	f := start(t, nil)
	f.put("homeassistant/url", here)
	f.put("nobody/knows", "it")
	check := func(what string, hits, misses, expired uint64) {
		t.Helper()
		want := ports.SectionReport{
			Section: ports.SectionParameters, TTL: ports.Milliseconds(ParameterTTL), Entries: 1, Hits: hits, Misses: misses, Expired: expired,
		}
		if got := f.Kept(); got != want {
			t.Errorf("%s: %+v, want %+v", what, got, want)
		}
	}
	f.url()
	check("the first", 0, 1, 0)
	f.url()
	f.url()
	check("two more", 2, 1, 0)
	f.clock.Advance(ParameterTTL)
	f.url()
	f.url()
	check("when it is too old", 3, 2, 1)
	if _, err := f.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("a reload", 3, 3, 1)
	f.store.Fail(fault.New(fault.Throttled, "No."))
	f.clock.Advance(ParameterTTL)
	f.url()
	f.url()
	check("when it throttles", 4, 4, 2)
}

// TestLiveLastKnownGood has a store that fails after it has answered, in every
// way.
func TestLiveLastKnownGood(t *testing.T) {
	for _, kind := range []fault.Kind{fault.Throttled, fault.NotAllowed, fault.Unreachable, fault.Deadline, fault.Internal, fault.Open} {
		t.Run(kind.String(), func(t *testing.T) {
			f := start(t, nil)
			f.put("homeassistant/url", here)
			f.is(here, 1)
			f.store.Fail(fault.New(kind, "No."))
			f.clock.Advance(ParameterTTL)
			f.is(here, 2)
			f.is(here, 2) // it is left alone
			if r := f.Report(); r.Store.Failure != "No." || r.Version != 1 {
				t.Errorf("the report is %+v", r)
			}
			f.clock.Advance(laterPause)
			f.is(here, 3)
			f.store.Fail(nil)
			f.put("homeassistant/url", there)
			f.clock.Advance(laterPause)
			f.is(there, 4)
			if r := f.Report(); r.Store.Failure != "" {
				t.Errorf("the report is %+v", r)
			}
		})
	}
}

func TestLiveNeverRead(t *testing.T) {
	f := start(t, variables{"HA_ASSISTANT_NAME": "Jarvis"})
	f.put("homeassistant/url", here)
	f.store.Fail(&fault.Error{Kind: fault.Throttled, Text: "No.", RetryAfter: time.Minute})
	for range 2 {
		s, err := f.Settings(t.Context())
		if fault.Of(err) != fault.Throttled || s.AssistantName != "Jarvis" || s.Access.URL != "" {
			t.Errorf("Settings gives %+v and %v", s, err)
		}
	}
	f.store.Fail(nil)
	f.clock.Advance(time.Minute - time.Second)
	if _, err := f.Settings(t.Context()); fault.Of(err) != fault.Throttled || f.store.Asked() != 1 {
		t.Errorf("the store was asked %d times within the time that it wanted: %v", f.store.Asked(), err)
	}
	f.clock.Advance(time.Second)
	f.is(here, 2)
}

func TestLiveWithoutParameters(t *testing.T) {
	l := NewLive(Options{Environment: variables{"USE_PARAMETER_STORE": "true"}.environment()})
	if _, err := l.Settings(t.Context()); fault.Of(err) != fault.Misconfigured {
		t.Errorf("Settings: %v", err)
	}
}

// TestLiveCallersTime has a caller whose time runs out: that is no failure of the
// store, and the next one asks again.
func TestLiveCallersTime(t *testing.T) {
	f := start(t, nil)
	f.put("homeassistant/url", here)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Settings(ctx); fault.Of(err) != fault.Deadline {
		t.Errorf("Settings: %v, want a fault.Deadline", err)
	}
	f.url()
	if f.Report().Store.Failure != "" {
		t.Error("the store is blamed")
	}
}
