package config

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/domain/secret"
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
		Changed: func(before, after Settings) {
			f.changes = append(f.changes, fmt.Sprintf("%s→%s", before.HomeURL, after.HomeURL))
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
	return s.HomeURL
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
	for _, v := range table {
		switch {
		case v.Path == "":
		case v.Default != "":
			given[v.Name] = v.Default
		default:
			given[v.Name] = map[string]string{
				"HOME_ASSISTANT_URL": here, "HOME_ASSISTANT_ENABLED": "true", "HOME_ASSISTANT_TOKEN": "token",
				"OPERATOR_SECRET": "correct-horse-battery", "HOME_ASSISTANT_HEADERS": "a: b",
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
	if s := f.Current(); s.HomeURL != "" || s.HomeEnabled || f.store.Asked() != 0 || f.Report().Version != 0 {
		t.Errorf("before anything was asked for the settings are %+v", s)
	}
	f.is(here, 1)
	f.is(here, 1)
	if s := f.Current(); s.HomeURL != here || !s.HomeEnabled {
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
	if s.AssistantName != "Jarvis" || s.Locale != "en-US" {
		t.Errorf("the settings are %+v", s)
	}
	// A mistake takes the default, whatever a weaker source says.
	if s.HomeTimeout != 30*time.Second {
		t.Errorf("the time-out is %v", s.HomeTimeout)
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
	if s.Features.String() != "core,alexa,scripts" || s.HomeToken.Reveal() != "canary-token" {
		t.Errorf("the settings are %+v", s)
	}
	want := `2 settings are wrong:
  /p/homeassistant/url (` + `"https://a.example.org,https://b.example.org") is a StringList, which this setting is not. ` +
		`Allowed: https:// or http://, a host, and if need be a port and a path.
  /p/homeassistant/timeout ("") is empty. Allowed: seconds, 1 to 900. Taken instead: 30.`
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
	if version, err := f.Reload(t.Context()); version != 1 || err != nil {
		t.Errorf("Reload gives %d, %v", version, err)
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
	if c := last[len(last)-1]; c.Variable != "HOME_ASSISTANT_URL" || c.Before != here || c.After != there || c.Version != 2 || c.To != FromParameterStore {
		t.Errorf("the change is %+v", c)
	}
	if n := f.log.FilterMessage("a setting has changed").FilterField(zap.String("after", there)).Len(); n != 1 {
		t.Errorf("the change was logged %d times", n)
	}
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
		if fault.Of(err) != fault.Throttled || s.AssistantName != "Jarvis" || s.HomeURL != "" {
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

func TestLiveReload(t *testing.T) {
	f := start(t, nil)
	f.put("homeassistant/url", here)
	f.put("homeassistant/timeout", "never") // wrong from the start
	f.is(here, 1)

	f.put("homeassistant/url", "nowhere")
	f.put("homeassistant/locale", "xx-XX")
	f.put("homeassistant/assistant_name", "Jarvis")
	version, err := f.Reload(t.Context())
	var mistakes Mistakes
	if version != 1 || fault.Of(err) != fault.Misconfigured || !errors.As(err, &mistakes) || len(mistakes) != 2 {
		t.Fatalf("Reload gives %d, %v, want two mistakes", version, err)
	}
	if s := f.Current(); s.HomeURL != here || s.AssistantName != "Home Assistant" {
		t.Errorf("a part of what was refused is in force: %+v", s)
	}
	if r := f.Report(); len(r.Refused) != 2 || len(r.Mistakes) != 1 || r.Version != 1 {
		t.Errorf("the report is %+v", r)
	}

	// What was wrong before does not keep other changes out.
	f.put("homeassistant/url", there)
	f.store.Delete("/p/homeassistant/locale")
	if version, err := f.Reload(t.Context()); version != 2 || err != nil {
		t.Fatalf("Reload gives %d, %v", version, err)
	}
	if s := f.Current(); s.HomeURL != there || s.AssistantName != "Jarvis" {
		t.Errorf("the settings are %+v", s)
	}
	if r := f.Report(); r.Refused != nil {
		t.Errorf("the report is %+v", r)
	}
	if version, err := f.Reload(t.Context()); version != 2 || err != nil {
		t.Errorf("Reload of the same gives %d, %v", version, err)
	}

	f.store.Fail(fault.New(fault.Throttled, "No."))
	if version, err := f.Reload(t.Context()); version != 2 || fault.Of(err) != fault.Throttled {
		t.Errorf("Reload gives %d, %v", version, err)
	}
}

// TestLiveRefusedOnce has a mistake that stays: it is logged once, not at every
// reading.
func TestLiveRefusedOnce(t *testing.T) {
	f := start(t, nil)
	f.is("", 1)
	f.put("homeassistant/url", "nowhere")
	for range 3 {
		f.clock.Advance(ParameterTTL)
		f.url()
	}
	if n := f.log.FilterMessage("a setting is wrong, and the running version stays in force").Len(); n != 1 {
		t.Errorf("the mistake was logged %d times", n)
	}
}

func TestLiveRollback(t *testing.T) {
	f := start(t, nil)
	if _, err := f.Rollback(t.Context(), 0); fault.Of(err) != fault.Invalid {
		t.Errorf("Rollback of nothing: %v", err)
	}
	f.put("homeassistant/url", here)
	f.is(here, 1)
	if _, err := f.Rollback(t.Context(), 0); fault.Of(err) != fault.Invalid {
		t.Errorf("Rollback of the first: %v", err)
	}
	f.put("homeassistant/url", there)
	f.clock.Advance(ParameterTTL)
	f.is(there, 2)

	back, err := f.Rollback(t.Context(), 0)
	if back != 3 || err != nil || f.Current().HomeURL != here {
		t.Fatalf("Rollback gives %d, %v", back, err)
	}
	if r := f.Report(); r.Content != 1 || r.HeldBack != 2 || r.Cause != "rollback" {
		t.Errorf("the report is %+v", r)
	}
	f.clock.Advance(ParameterTTL)
	f.is(here, 3) // what was rolled back from does not come back
	if again, err := f.Rollback(t.Context(), 1); again != 3 || err != nil {
		t.Errorf("Rollback to what runs gives %d, %v", again, err)
	}

	f.put("homeassistant/assistant_name", "Jarvis")
	f.clock.Advance(ParameterTTL)
	f.is(there, 4) // something else does
	if r := f.Report(); r.HeldBack != 0 || r.Version != 4 {
		t.Errorf("the report is %+v", r)
	}
	if back, err := f.Rollback(t.Context(), 1); back != 5 || err != nil || f.Current().HomeURL != here {
		t.Errorf("Rollback to the first gives %d, %v", back, err)
	}
	if version, err := f.Reload(t.Context()); version != 6 || err != nil || f.Current().HomeURL != there {
		t.Errorf("Reload after that gives %d, %v", version, err)
	}
	if _, err := f.Rollback(t.Context(), 99); fault.Of(err) != fault.Invalid {
		t.Errorf("Rollback to nowhere: %v", err)
	}
}

// TestLiveForgets has more versions than are kept.
func TestLiveForgets(t *testing.T) {
	f := start(t, nil)
	for i := range 3 * changesKept {
		f.put("homeassistant/timeout", fmt.Sprint(i+1))
		if _, err := f.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	r := f.Report()
	if len(r.Versions) != versionsKept || len(r.Changes) != changesKept || r.Version != 3*changesKept {
		t.Errorf("%d versions and %d changes are kept at version %d", len(r.Versions), len(r.Changes), r.Version)
	}
}

// slow is a store that answers when it is let.
type slow struct {
	ports.Parameters
	asked, answer chan struct{}
}

func (s *slow) Below(ctx context.Context, path string) ([]ports.Parameter, error) {
	s.asked <- struct{}{}
	select {
	case <-s.answer:
		return s.Parameters.Below(ctx, path)
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Deadline, "No.", ctx.Err())
	}
}

// TestLiveSingleFlight has many who need the store at once: it is asked once.
// Those who know nothing yet wait, later ones go on with what is known.
func TestLiveSingleFlight(t *testing.T) {
	f := start(t, nil)
	f.put("homeassistant/url", here)
	s := &slow{f.store, make(chan struct{}), make(chan struct{})}
	f.parameters = s

	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { f.is(here, 1) })
	}
	<-s.asked
	hurried, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Settings(hurried); fault.Of(err) != fault.Deadline {
		t.Errorf("one who cannot wait gets %v", err)
	}
	s.answer <- struct{}{}
	all.Wait()

	f.clock.Advance(ParameterTTL)
	all.Go(func() { f.url() })
	<-s.asked
	if got := f.url(); got != here {
		t.Errorf("one who need not wait gets %q", got)
	}
	s.answer <- struct{}{}
	all.Wait()
}

// TestLiveRefreshPatience has a store that does not answer while something is
// known: whoever asked goes on with that.
func TestLiveRefreshPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := start(t, nil)
		f.put("homeassistant/url", here)
		f.is(here, 1)
		f.parameters = &slow{f.store, make(chan struct{}, 1), nil}
		f.clock.Advance(ParameterTTL)
		if got := f.url(); got != here {
			t.Errorf("the URL is %q", got)
		}
		if f.Report().Store.Failure == "" {
			t.Error("the store is not blamed")
		}
	})
}

// TestLiveManyAtOnce has everything at once, for the race detector.
func TestLiveManyAtOnce(t *testing.T) {
	f := start(t, nil)
	var told sync.Mutex
	f.changed = func(Settings, Settings) { told.Lock(); defer told.Unlock() }
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 60 {
				switch (worker + i) % 6 {
				case 0:
					f.put("homeassistant/timeout", fmt.Sprint(i+1))
				case 1:
					_, _ = f.Reload(t.Context())
				case 2:
					_, _ = f.Rollback(t.Context(), 0)
				case 3:
					f.clock.Advance(ParameterTTL / 2)
				case 4:
					_ = inJSON(t, f.Report())
				default:
					if s, err := f.Settings(t.Context()); err != nil || s.HomeTimeout < time.Second {
						t.Errorf("Settings gives %+v, %v", s, err)
					}
				}
			}
		})
	}
	all.Wait()
	f.put("homeassistant/timeout", "99")
	if _, err := f.Reload(t.Context()); err != nil || f.Current().HomeTimeout != 99*time.Second {
		t.Errorf("it has lost its way: %v, %v", f.Current().HomeTimeout, err)
	}
}
