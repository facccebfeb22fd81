package wiring_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/fx"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/wiring"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// A way leads to the Home Assistant that e names.
type way func(t *testing.T, e env) (ports.Home, ports.House)

// ways are those whose contract is tested: the client alone, and the engine's
// own, through the gateway.
var ways = map[string]way{"the client": bare, "through the gateway": wired}

// waysTo are the same to another of the home's ports, which the client has to implement.
func waysTo[Port any]() map[string]func(t *testing.T, e env) Port {
	return map[string]func(t *testing.T, e env) Port{"the client": bareTo[Port], "through the gateway": wiredTo[Port]}
}

func bareTo[Port any](t *testing.T, e env) Port {
	t.Helper()
	p, ok := any(client(t, e)).(Port)
	if !ok {
		t.Fatal("the client does not implement the port")
	}
	return p
}

func wiredTo[Port any](t *testing.T, e env) (p Port) {
	t.Helper()
	populate(t, e, &p)
	return p
}

func bare(t *testing.T, e env) (ports.Home, ports.House) {
	t.Helper()
	c := client(t, e)
	return c, c
}

func wired(t *testing.T, e env) (h ports.Home, house ports.House) {
	t.Helper()
	populate(t, e, &h, &house)
	return h, house
}

// client returns a client of the Home Assistant that e names.
func client(t *testing.T, e env) *homeassistant.Client {
	t.Helper()
	c, err := homeassistant.New(homeassistant.Config{Access: home.Access{URL: e["HOME_ASSISTANT_URL"], Token: secret.New(e["HOME_ASSISTANT_TOKEN"])}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// populate sets faces to the engine's own, by the settings of e.
func populate(t *testing.T, e env, faces ...any) {
	t.Helper()
	var lazy *lifecycle.Lazy[gateway.HomeAssistant]
	s := wiring.Start{Environment: e.environment(), Began: time.Now(), Log: &log{}}
	if err := fx.New(fx.NopLogger, fx.Supply(s), wiring.Module(), fx.Populate(append(faces, &lazy)...)).Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := lazy.Unload(); err != nil {
			t.Error(err)
		}
	})
}

// setup is what the demo house has, and the house that Home Assistant's own demo
// integration furnishes.
var setup = portstest.HomeSetup{
	Lights:     []home.EntityID{"light.bed_light", "light.kitchen_lights"},
	Thermostat: "climate.hvac",
	Latched:    "lock.front_door",
}

// demo returns a demo house that listens and what it can be made to do.
func demo(t *testing.T) (env, portstest.HomeSetup) {
	t.Helper()
	h, url, down := listen(t, demohome.Options{})
	s := setup
	s.Away = down
	s.Hang = hang(h)
	s.Lose = func() { h.Inject(&demohome.Fault{On: "/api/services/", Times: 1, Drop: demohome.After}) }
	return env{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}, s
}

// hang returns what makes a demo house take the next request and never answer it.
func hang(h *demohome.House) func() (taken func() bool) {
	return func() func() bool {
		f := &demohome.Fault{On: "/api/", Times: 1, Hang: demohome.Before}
		h.Inject(f)
		return func() bool { return f.Hits() > 0 }
	}
}

// listen starts a demo house. down ends it, as the test's end does.
func listen(t *testing.T, o demohome.Options) (h *demohome.House, url string, down func()) {
	t.Helper()
	h = demohome.New(o)
	server, err := h.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	down = func() {
		_ = server.Close()
		_ = h.Close()
	}
	t.Cleanup(down)
	return h, server.URL, down
}

func TestHomeContract(t *testing.T) {
	for name, open := range ways {
		t.Run(name, func(t *testing.T) {
			portstest.Home(t, func(t *testing.T) (ports.Home, portstest.HomeSetup) {
				t.Helper()
				e, s := demo(t)
				s.Rejecting, _ = open(t, e.and(env{"HOME_ASSISTANT_TOKEN": "wrong"}))
				h, _ := open(t, e)
				return h, s
			})
			portstest.House(t, func(t *testing.T) (ports.House, portstest.HouseSetup) {
				t.Helper()
				e, s := demo(t)
				_, house := open(t, e)
				return house, portstest.HouseSetup{Away: s.Away}
			})
		})
	}
}

func TestProbeContract(t *testing.T) {
	portstest.Probe(t, func(t *testing.T) (ports.Probe, portstest.ProbeSetup) {
		t.Helper()
		h := demohome.New(demohome.Options{})
		var requests, tokens atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			if r.Header.Get("Authorization") != "" {
				tokens.Add(1)
			}
			h.ServeHTTP(w, r)
		}))
		t.Cleanup(func() { server.Close(); _ = h.Close() })
		probe := wiredTo[ports.Probe](t, env{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken})
		return probe, portstest.ProbeSetup{Token: secret.New(demohome.DefaultToken), Requests: requests.Load, Tokens: tokens.Load, Away: server.Close}
	})
}

func TestPulseContract(t *testing.T) {
	portstest.Pulse(t, func(t *testing.T) (ports.Pulse, portstest.PulseSetup) {
		t.Helper()
		e, s := demo(t)
		return wiredTo[ports.Pulse](t, e), portstest.PulseSetup{Away: s.Away}
	})
}
