package wiring_test

import (
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

func bare(t *testing.T, e env) (ports.Home, ports.House) {
	t.Helper()
	c, err := homeassistant.New(homeassistant.Config{URL: e["HOME_ASSISTANT_URL"], Token: secret.New(e["HOME_ASSISTANT_TOKEN"])})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c, c
}

func wired(t *testing.T, e env) (h ports.Home, house ports.House) {
	t.Helper()
	var lazy *lifecycle.Lazy[gateway.HomeAssistant]
	s := wiring.Start{Environment: e.environment(), Began: time.Now(), Log: &log{}}
	if err := fx.New(fx.NopLogger, fx.Supply(s), wiring.Module(), fx.Populate(&h, &house, &lazy)).Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := lazy.Unload(); err != nil {
			t.Error(err)
		}
	})
	return h, house
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
	h := demohome.New(demohome.Options{})
	server, err := h.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	down := func() {
		_ = server.Close()
		_ = h.Close()
	}
	t.Cleanup(down)
	s := setup
	s.Away = down
	s.Hang = func() { h.Inject(&demohome.Fault{On: "/api/", Times: 1, Hang: demohome.Before}) }
	s.Lose = func() { h.Inject(&demohome.Fault{On: "/api/services/", Times: 1, Drop: demohome.After}) }
	return env{"HOME_ASSISTANT_URL": server.URL, "HOME_ASSISTANT_TOKEN": demohome.DefaultToken}, s
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
