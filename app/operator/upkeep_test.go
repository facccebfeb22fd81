package operator_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/checkup"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// TestConfig: every setting, where it came from, and no secret.
func TestConfig(t *testing.T) {
	r := newRig(t, with(map[string]string{"USE_PARAMETER_STORE": "true", "LOG_LEVEL": "LOUD", "OPERATOR_SECRET": canary}))
	r.keep("homeassistant/assistant_name", "My House")
	got := r.text(t, `{"operation":"config"}`)
	for _, want := range []string{
		`{"variable":"HOME_ASSISTANT_TOKEN","value":"[secret]","source":"environment"`,
		`{"variable":"HA_ASSISTANT_NAME","value":"My House","source":"parameter store","origin":"/lambda-execution-engine/homeassistant/assistant_name"`,
		`{"variable":"CONFIGURATION_TIER","value":"standard","source":"default"`,
		`{"variable":"LOG_LEVEL","origin":"LOG_LEVEL","value":"\"LOUD\"","problem":"is none of the names"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

// versioned is the answer to config_reload and config_rollback.
type versioned struct {
	Version, Before int
	Changes         []struct{ Variable, Before, After, Cause string }
}

// TestReloadAndRollback: what the store says now comes into force, what is wrong
// does not, and there is a way back.
func TestReloadAndRollback(t *testing.T) {
	r := newRig(t, with(map[string]string{"USE_PARAMETER_STORE": "true"}))
	r.keep("homeassistant/assistant_name", "First House")
	if _, err := r.live.Settings(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.keep("homeassistant/assistant_name", "Second House")
	var v versioned
	r.must(t, `{"operation":"config_reload"}`, &v)
	if v.Version != 2 || v.Before != 1 || len(v.Changes) != 1 || v.Changes[0].Before != "First House" || v.Changes[0].After != "Second House" {
		t.Errorf("reloaded: %+v", v)
	}
	r.must(t, `{"operation":"config_reload"}`, &v)
	if v.Version != 2 || v.Before != 2 || len(v.Changes) != 0 {
		t.Errorf("reloaded the same: %+v", v)
	}
	r.must(t, `{"operation":"config_rollback"}`, &v)
	if v.Version != 3 || r.live.Current().AssistantName != "First House" || v.Changes[0].Cause != "rollback" {
		t.Errorf("rolled back: %+v", v)
	}
	r.must(t, `{"operation":"config_rollback","version":2}`, &v)
	if v.Version != 4 || r.live.Current().AssistantName != "Second House" {
		t.Errorf("rolled back to 2: %+v", v)
	}
	if err := r.ask(t, `{"operation":"config_rollback","version":77}`, nil); fault.Of(err) != fault.Invalid {
		t.Errorf("to a version that is not: %v", err)
	}
	r.keep("homeassistant/timeout", "soon")
	err := r.ask(t, `{"operation":"config_reload"}`, nil)
	var list interface{ Texts() []string }
	if fault.Of(err) != fault.Misconfigured || !errors.As(err, &list) || len(list.Texts()) != 1 || !strings.Contains(list.Texts()[0], "homeassistant/timeout") {
		t.Errorf("with a mistake: %v", err)
	}
	r.store.Fail(fault.New(fault.Throttled, "Not now."))
	if err := r.ask(t, `{"operation":"config_reload"}`, nil); fault.Of(err) != fault.Throttled {
		t.Errorf("with a store that does not answer: %v", err)
	}
	if r.live.Current().AssistantName != "Second House" {
		t.Errorf("in force is %q", r.live.Current().AssistantName)
	}
}

func TestDebug(t *testing.T) {
	r := newRig(t, usual())
	for _, c := range []struct{ event, want string }{
		{`{"operation":"debug"}`, "INFO"}, {`{"operation":"debug","on":true}`, "DEBUG"}, {`{"operation":"debug"}`, "DEBUG"},
		{`{"operation":"debug","on":false}`, "INFO"},
	} {
		if got := r.text(t, c.event); got != `{"log_level":"`+c.want+`"}` {
			t.Errorf("%s: %s, want %s", c.event, got, c.want)
		}
	}
}

// TestLUGS: statistics, and an unload that somebody asks for.
func TestLUGS(t *testing.T) {
	r := newRig(t, usual())
	r.must(t, `{"operation":"ha_status"}`, new(operator.Status))
	var l lifecycleAnswer
	r.must(t, `{"operation":"lugs"}`, &l)
	if l.Relief != nil || l.LUGS.Resident != 1 || l.LIGS.Loads != 1 {
		t.Errorf("%+v", l)
	}
	r.must(t, `{"operation":"lugs","unload":true}`, &l)
	if l.Relief == nil || l.Relief.Ports != 1 || l.LUGS.Resident != 0 || l.LUGS.ByReason["memory"] != 1 {
		t.Errorf("%+v", l)
	}
	r.must(t, `{"operation":"ha_states"}`, new(operator.States))
	r.must(t, `{"operation":"lugs"}`, &l)
	if l.LUGS.Resurrections != 1 {
		t.Errorf("%+v", l.LUGS)
	}
	r.must(t, `{"operation":"lugs","hold":"home","unload":true}`, &l)
	if l.Relief.Ports != 0 || l.LUGS.Resident != 1 || l.LUGS.Refused["held"] != 1 || l.LIGS.Ports[0].Holds != 1 {
		t.Errorf("held: %+v", l)
	}
	r.must(t, `{"operation":"lugs","release":"home","unload":true}`, &l)
	if l.Relief.Ports != 1 || l.LUGS.Resident != 0 {
		t.Errorf("released: %+v", l)
	}
	for _, member := range []string{"hold", "release"} {
		if err := r.ask(t, `{"operation":"lugs","`+member+`":"attic"}`, nil); !strings.Contains(err.Error(), "it has home, way") {
			t.Errorf("%s of no port: %v", member, err)
		}
	}
}

// TestForget: what an event of the home makes wrong is forgotten, and no more.
func TestForget(t *testing.T) {
	for body, want := range map[string]struct {
		sections string
		asked    int // how often the home is asked for what it is and for all states
	}{
		`{"entity_id":"light.a"}`:                       {`{"forgotten":["states"]}`, 3},
		`{"entity_id":["light.a","light.b"]}`:           {`{"forgotten":["states"]}`, 3},
		`{"area_id":"kitchen"}`:                         {`{"forgotten":["states","registry","discovery"]}`, 3},
		`{"entity_id":"light.a","area_id":["kitchen"]}`: {`{"forgotten":["states","registry","discovery"]}`, 3},
		`{}`: {`{"forgotten":["states","registry","discovery","configuration","health"]}`, 4},
		``:   {`{"forgotten":["states","registry","discovery","configuration","health"]}`, 4},
	} {
		r := newRig(t, usual())
		look := func() {
			r.must(t, `{"operation":"ha_status"}`, new(operator.Status))
			r.must(t, `{"operation":"ha_states"}`, new(operator.States))
		}
		look()
		look()
		status, answer, err := r.HTTPForget(t.Context(), web.Request{Operator: true, Body: []byte(body)})
		if err != nil || status != 200 {
			t.Errorf("%s: %d, %v", body, status, err)
			continue
		}
		event := `{"operation":"forget"` + strings.Replace(strings.TrimPrefix(body, "{"), "}", "", 1) + "}"
		if body != "" && body != "{}" {
			event = `{"operation":"forget",` + strings.TrimPrefix(body, "{")
		}
		if got := r.text(t, event); got != want.sections {
			t.Errorf("%s: %s, want %s", event, got, want.sections)
		}
		if f, _ := answer.(operator.Forgotten); len(f.Sections) == 0 {
			t.Errorf("%s: %+v", body, answer)
		}
		look()
		if n := len(r.house.Journal()); n != want.asked {
			t.Errorf("%s: the home was asked %d times, want %d", body, n, want.asked)
		}
	}
	for _, body := range []string{"x", "[]", `{"entity":"light.a"}`, `{"entity_id":"light"}`} {
		if _, _, err := newRig(t, usual()).HTTPForget(t.Context(), web.Request{Body: []byte(body)}); fault.Of(err) != fault.Invalid {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestKeepWarm: what is stale is refreshed, what is not is left alone, and what is
// away is no reason to make noise.
func TestKeepWarm(t *testing.T) {
	r := newRig(t, with(map[string]string{"USE_PARAMETER_STORE": "true"}))
	warm := func() operator.Warm {
		t.Helper()
		answer, err := r.KeepWarm(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		w, _ := answer.(operator.Warm)
		return w
	}
	for range 3 {
		if w := warm(); w.Status != "warm" || len(w.Stale) != 0 {
			t.Errorf("%+v", w)
		}
	}
	if r.house.Count(portstest.OpConfig) != 1 || r.store.Asked() != 1 {
		t.Errorf("the home was asked %d times, the store %d times", r.house.Count(portstest.OpConfig), r.store.Asked())
	}
	r.clock.Advance(10 * time.Minute)
	warm()
	if r.house.Count(portstest.OpConfig) != 2 || r.store.Asked() != 2 {
		t.Errorf("later the home was asked %d times, the store %d times", r.house.Count(portstest.OpConfig), r.store.Asked())
	}
	r.clock.Advance(10 * time.Minute)
	r.house.SetAway(true)
	if w := warm(); w.Status != "warm" || !slices.Equal(w.Stale, []string{"configuration of the home"}) {
		t.Errorf("with a home that is away: %+v", w)
	}
	r = newRig(t, with(map[string]string{"USE_PARAMETER_STORE": "true"}))
	r.store.Fail(fault.New(fault.Throttled, "Not now."))
	if w := warm(); !slices.Contains(w.Stale, "settings") {
		t.Errorf("with a store that does not answer: %+v", w)
	}
}

// TestKeepWarmWithoutAToken: without one the home is not asked.
func TestKeepWarmWithoutAToken(t *testing.T) {
	for _, env := range []map[string]string{{"HOME_ASSISTANT_URL": "https://home.example.org"}, {}, with(map[string]string{"HOME_ASSISTANT_ENABLED": "false"})} {
		r := newRig(t, env)
		if _, err := r.KeepWarm(t.Context(), nil); err != nil || len(r.house.Journal()) != 0 {
			t.Errorf("%v: asked %+v, %v", env, r.house.Journal(), err)
		}
	}
}

func TestDiscovery(t *testing.T) {
	r := newRig(t, usual())
	var d operator.Discovery
	r.must(t, `{"operation":"ha_discovery"}`, &d)
	var names []string
	for _, e := range d.Endpoints {
		names = append(names, string(e.EntityID)+" "+e.EndpointID)
		if e.Name == "" || len(e.Categories) == 0 || !slices.Contains(e.Interfaces, "Alexa") {
			t.Errorf("%+v", e)
		}
	}
	slices.Sort(names)
	if got := strings.Join(names, ", "); got != "light.a light#a, light.b light#b, lock.a lock#a" {
		t.Errorf("the endpoints are %s", got)
	}
	if len(d.LeftOut) != 1 || d.LeftOut[0].EntityID != "zone.home" || d.LeftOut[0].Reason == "" {
		t.Errorf("left out are %+v", d.LeftOut)
	}
	var one struct {
		EntityID string `json:"entity_id"`
		Endpoint *struct{ EndpointID string }
		Reason   string
	}
	r.must(t, `{"operation":"ha_discovery","entity_id":"light.a"}`, &one)
	if one.Endpoint == nil || one.Endpoint.EndpointID != "light#a" {
		t.Errorf("light.a is %+v", one)
	}
	one.Endpoint = nil
	r.must(t, `{"operation":"ha_discovery","entity_id":"zone.home"}`, &one)
	if one.Endpoint != nil || one.Reason == "" {
		t.Errorf("zone.home is %+v", one)
	}
}

// TestSurroundings: the names of variables and not what they are, the way to the
// home, the store.
func TestSurroundings(t *testing.T) {
	r := newRig(t, with(map[string]string{"USE_PARAMETER_STORE": "true"}))
	var s operator.Surroundings
	r.must(t, `{"operation":"surroundings"}`, &s)
	if !slices.Equal(s.Variables, []string{"A", "B", "C"}) || s.Function.Name != "lee" || !strings.HasPrefix(s.Go, "go1.") || s.CPUs < 1 || s.Memory.InUse != 20<<20 {
		t.Errorf("%+v", s)
	}
	if s.Home.Host != "home.example.org:8123" || len(s.Home.Steps) != 4 || s.Home.Steps[3].Took != 4 || s.Home.Skew == nil || *s.Home.Skew != 2000 || s.Home.Error != nil {
		t.Errorf("the way is %+v", s.Home)
	}
	if s.ParameterStore == nil || s.ParameterStore.Error != nil || s.ParameterStore.Prefix != "/lambda-execution-engine" {
		t.Errorf("the store is %+v", s.ParameterStore)
	}
	r.store.Fail(fault.New(fault.NotAllowed, "No right to read."))
	r.way.Way.Clocked = false
	r.must(t, `{"operation":"surroundings"}`, &s)
	if s.ParameterStore.Error == nil || s.ParameterStore.Error.Message != "No right to read." {
		t.Errorf("the store is %+v", s.ParameterStore)
	}
	s = operator.Surroundings{}
	newRig(t, map[string]string{}).must(t, `{"operation":"surroundings"}`, &s)
	if s.ParameterStore != nil || s.Home.Error == nil || s.Home.Error.Kind != "misconfigured" || s.Home.Steps == nil {
		t.Errorf("without a home: %+v", s)
	}
}

// TestConnection: how far one gets, and what the home says then.
func TestConnection(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(*rig)
		status  string
		kind    string
		message string
	}{
		{"all the way", func(*rig) {}, "connected", "", ""},
		{"the way ends", func(r *rig) {
			r.way.Way.Addresses[0].Trouble, r.way.Way.Chosen = checkup.Refused, -1
		}, "failed", "unreachable", "The way to the home ends at the step connection: 192.0.2.1: The connection was refused."},
		{"there is no way", func(r *rig) { r.way.Way, r.way.Err = checkup.Way{}, fault.New(fault.Misconfigured, "No certificate.") }, "failed", "misconfigured", "No certificate."},
		{"there is no URL", func(r *rig) { delete(r.env, "HOME_ASSISTANT_URL") }, "failed", "misconfigured", "HOME_ASSISTANT_URL is not set, or cannot be used."},
		{"the token is rejected", func(r *rig) {
			r.house.Befall(portstest.Trouble{Op: portstest.OpConfig, Err: fault.New(fault.NotAllowed, "The token is not accepted.")})
		}, "failed", "not allowed", "The token is not accepted."},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, usual())
			c.prepare(r)
			if _, err := r.live.Reload(t.Context()); err != nil {
				t.Fatal(err)
			}
			var got operator.Connection
			r.must(t, `{"operation":"ha_connection_test"}`, &got)
			failure := operator.Failure{}
			if got.Error != nil {
				failure = *got.Error
			}
			if got.Status != c.status || failure.Kind != c.kind || failure.Message != c.message {
				t.Errorf("%+v, %+v", got, failure)
			}
			if c.status == "connected" && (got.Version != "2026.11.0" || got.Name != "Home" || len(got.Way.Steps) != 4) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestConnectionIsAskedAnew: what the home said a minute ago is no test.
func TestConnectionIsAskedAnew(t *testing.T) {
	r := newRig(t, usual())
	for range 2 {
		r.must(t, `{"operation":"ha_connection_test"}`, new(operator.Connection))
	}
	if n := r.house.Count(portstest.OpConfig); n != 2 {
		t.Errorf("the home was asked %d times", n)
	}
}
