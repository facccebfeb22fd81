package operator_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lambda-execution-engine/lee/app/operator"
	"github.com/lambda-execution-engine/lee/app/web"
	"github.com/lambda-execution-engine/lee/domain/fault"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

func with(more map[string]string) map[string]string {
	env := usual()
	maps.Copy(env, more)
	return env
}

// anything stands for a detail that may be one or another: who notices first that
// the time is up says so in words of his own.
const anything = "*"

// TestHealth: each component tells how it is, and the whole is as its worst.
func TestHealth(t *testing.T) {
	for _, c := range []struct {
		name      string
		env       map[string]string
		prepare   func(*testing.T, *rig)
		whole     operator.Condition
		component string
		condition operator.Condition
		detail    string
	}{
		{"all is well", usual(), nil, operator.Healthy, "home", operator.Up, ""},
		{"no parameter store", usual(), nil, operator.Healthy, "parameter store", operator.Off, ""},
		{"the home is away", usual(), func(_ *testing.T, r *rig) { r.house.SetAway(true) }, operator.Unhealthy, "home", operator.Down, "The home cannot be reached."},
		{"the home does not answer", usual(), func(_ *testing.T, r *rig) {
			r.house.Befall(portstest.Trouble{Before: portstest.Never})
		}, operator.Unhealthy, "home", operator.Down, anything},
		{"no URL", map[string]string{}, nil, operator.Unhealthy, "home", operator.Down, "HOME_ASSISTANT_URL is not set, or cannot be used."},
		{"a URL that is wrong", map[string]string{"HOME_ASSISTANT_URL": "x"}, nil, operator.Unhealthy, "configuration", operator.Impaired, "1 settings are wrong; the operation config names them."},
		{"no home wanted", map[string]string{"HOME_ASSISTANT_ENABLED": "false"}, nil, operator.Healthy, "home", operator.Off, "HOME_ASSISTANT_ENABLED is false."},
		{"a home turned off", with(map[string]string{"HOME_ASSISTANT_ENABLED": "false"}), nil, operator.Healthy, "home", operator.Off, "HOME_ASSISTANT_ENABLED is false."},
		{"no token of its own", map[string]string{"HOME_ASSISTANT_URL": "https://home.example.org"}, nil, operator.Healthy, "home", operator.Unknown, "LEE has no token of its own to ask the home with."},
		{"a setting that is wrong", with(map[string]string{"LOG_LEVEL": "LOUD"}), nil, operator.Degraded, "configuration", operator.Impaired, "1 settings are wrong; the operation config names them."},
		{"a store", with(map[string]string{"USE_PARAMETER_STORE": "true"}), nil, operator.Healthy, "parameter store", operator.Up, ""},
		{"a store that never answered", with(map[string]string{"USE_PARAMETER_STORE": "true"}), func(_ *testing.T, r *rig) {
			r.store.Fail(fault.New(fault.Throttled, "Not now."))
		}, operator.Unhealthy, "parameter store", operator.Down, "Not now."},
		{"a store that answers no more", with(map[string]string{"USE_PARAMETER_STORE": "true"}), func(t *testing.T, r *rig) {
			t.Helper()
			if _, err := r.live.Settings(t.Context()); err != nil {
				t.Fatal(err)
			}
			r.store.Fail(fault.New(fault.Throttled, "Not now."))
			r.clock.Advance(time.Hour)
		}, operator.Degraded, "parameter store", operator.Impaired, "Not now. What it said last is in force."},
		{"a breaker that is open", usual(), func(t *testing.T, r *rig) {
			t.Helper()
			r.house.SetAway(true)
			for range 3 {
				_, _ = r.home.State(t.Context(), "light.a")
			}
			r.house.SetAway(false)
		}, operator.Unhealthy, "breakers", operator.Impaired, "The breaker of home for reads is open."},
		{"scarce memory", usual(), func(_ *testing.T, r *rig) { r.memory = 101 << 20 }, operator.Degraded, "memory", operator.Impaired, "101 MB are in use, and from 100 on it is scarce."},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, c.env)
				if c.prepare != nil {
					c.prepare(t, r)
				}
				var h operator.Health
				r.must(t, `{"operation":"health"}`, &h)
				if h.Status != c.whole || len(h.Components) != 5 {
					t.Errorf("it is %+v, want %s", h, c.whole)
				}
				for _, component := range h.Components {
					if component.Name == c.component && (component.Status != c.condition || component.Detail != c.detail && c.detail != anything) {
						t.Errorf("%s is %+v, want %s, %q", c.component, component, c.condition, c.detail)
					}
				}
			})
		})
	}
}

// TestHTTPHealth: the status says it all to a stranger, and nothing else does.
func TestHTTPHealth(t *testing.T) {
	for _, c := range []struct {
		away, operator bool
		status         int
		body           string
	}{
		{false, false, 200, `{"status":"healthy"}`},
		{true, false, 503, `{"status":"unhealthy"}`},
		{false, true, 200, `{"status":"healthy","components":[`},
		{true, true, 503, `{"status":"unhealthy","components":[`},
	} {
		r := newRig(t, usual())
		r.house.SetAway(c.away)
		status, answer, err := r.HTTPHealth(t.Context(), web.Request{Operator: c.operator})
		raw, _ := json.Marshal(answer)
		if err != nil || status != c.status || !strings.HasPrefix(string(raw), c.body) || !c.operator && string(raw) != c.body {
			t.Errorf("%+v: %d %s, %v", c, status, raw, err)
		}
	}
}

// TestHealthIsRemembered: strangers that ask again and again do not make the home
// be asked again and again, whether it is there or not.
func TestHealthIsRemembered(t *testing.T) {
	r := newRig(t, usual())
	for range 100 {
		r.Health(t.Context())
	}
	if n := r.house.Count(portstest.OpConfig); n != 1 {
		t.Errorf("a home that is there was asked %d times", n)
	}
	r.clock.Advance(11 * time.Second)
	r.Health(t.Context())
	if n := r.house.Count(portstest.OpConfig); n != 2 {
		t.Errorf("later it was asked %d times", n)
	}
	r = newRig(t, usual())
	r.house.SetAway(true)
	for range 100 {
		if h := r.Health(t.Context()); h.Status != operator.Unhealthy {
			t.Errorf("%+v", h)
		}
	}
	if n := r.house.Count(portstest.OpConfig); n != 3 {
		t.Errorf("a home that is away was asked %d times", n)
	}
}
