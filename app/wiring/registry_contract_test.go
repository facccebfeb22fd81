package wiring_test

import (
	"context"
	"strings"
	"testing"

	"github.com/lambda-execution-engine/lee/adapters/demohome"
	"github.com/lambda-execution-engine/lee/domain/alexa"
	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/domain/secret"
	"github.com/lambda-execution-engine/lee/ports"
	"github.com/lambda-execution-engine/lee/ports/portstest"
)

// withBearer shows a token with each request, as Alexa does.
type withBearer struct {
	ports.Registry
	token secret.Text
}

func (w withBearer) Registries(ctx context.Context) (ports.RegistrySession, error) {
	return w.Registry.Registries(ports.WithBearer(ctx, w.token))
}

// testRegistry runs the contract on every way to the house that e names, with the
// entry that open's setup has.
func testRegistry(t *testing.T, house func(t *testing.T) (env, portstest.RegistrySetup)) {
	t.Helper()
	for name, open := range waysTo[ports.Registry]() {
		t.Run(name, func(t *testing.T) {
			portstest.Registry(t, func(t *testing.T) (ports.Registry, portstest.RegistrySetup) {
				t.Helper()
				e, s := house(t)
				s.Rejecting = []ports.Registry{
					open(t, e.and(env{"HOME_ASSISTANT_TOKEN": "wrong"})),
					withBearer{open(t, e.and(env{"HOME_ASSISTANT_TOKEN": ""})), secret.New("wrong")},
				}
				return open(t, e), s
			})
		})
	}
}

// demoRegistry is what the demo house has.
var demoRegistry = portstest.RegistrySetup{
	Tells: home.AllParts,
	Entries: []home.Entry{
		{ID: "light.kitchen_lights", Name: "Kitchen Lights", Area: "kitchen", Exposed: home.Assist},
		{ID: "light.porch_light", Name: "Porch Light", Area: "garden", Labels: []string{"outdoor"}, Exposed: home.Assist},
		{ID: "sensor.outside_temperature_battery", Name: "Outside Temperature Battery", Area: "garden", Category: home.CategoryDiagnostic},
		{ID: "vacuum.demo_vacuum_2_second_floor", Name: "Demo vacuum 2 second floor", Area: "office", Hidden: true},
	},
	Area: "Kitchen", Floor: "Ground Floor", Aliases: []string{"", "Cooker Lights"}, Unlisted: "group.all_lights",
}

func TestRegistryContract(t *testing.T) {
	for name, c := range map[string]struct {
		options demohome.Options
		token   string
		change  func(*portstest.RegistrySetup)
	}{
		"an administrator": {token: demohome.DefaultToken},
		"a guest": {options: demohome.Options{UserToken: "guest"}, token: "guest", change: func(s *portstest.RegistrySetup) {
			s.Tells &^= home.PartExposure
			s.Entries = append([]home.Entry(nil), s.Entries...)
			for i := range s.Entries {
				s.Entries[i].Exposed = 0
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			testRegistry(t, func(t *testing.T) (env, portstest.RegistrySetup) {
				t.Helper()
				_, url, down := listen(t, c.options)
				s := demoRegistry
				s.Away = down
				if c.change != nil {
					c.change(&s)
				}
				return env{"HOME_ASSISTANT_URL": url, "HOME_ASSISTANT_TOKEN": c.token}, s
			})
		})
	}
}

// TestBlockedWebSocket discovers the demo house through a proxy that lets no
// WebSocket through, first and last; the house renders no such template either.
// What may be hidden and guards the house is left out until LEE has been told once.
func TestBlockedWebSocket(t *testing.T) {
	h, e := house(t)
	b := build(t, e.and(env{"HA_EXPOSE": "all, lock.front_door, ligth"}), false)
	wants := func(title string, want map[string]bool) {
		t.Helper()
		found := map[string]bool{}
		for _, endpoint := range b.ask(t, "Alexa.Discovery.Discover", "").Event.Payload.Endpoints {
			found[endpoint.EndpointID] = true
		}
		for id, offered := range want {
			if found[id] != offered {
				t.Errorf("%s: %s is offered: %v", title, id, found[id])
			}
		}
	}
	unsure := map[string]bool{
		"light#kitchen_lights": true, "lock#front_door": true, "cover#kitchen_window": true,
		"lock#kitchen_door": false, "cover#garage_door": false, "cover#driveway_gate": false, "sensor#outside_temperature_battery": true,
	}
	sure := map[string]bool{
		"light#kitchen_lights": true, "lock#front_door": true, "cover#kitchen_window": true,
		"lock#kitchen_door": true, "cover#garage_door": true, "cover#driveway_gate": true, "sensor#outside_temperature_battery": false,
	}
	h.Inject(&demohome.Fault{On: "/api/websocket", Answer: demohome.Forbidden()})
	wants("blocked", unsure)
	for _, said := range []string{"does not tell its registries", `"locks, alarms, doors, garage doors and gates left out":6`, "rules about nothing", "ligth", "WebSocket"} {
		if !strings.Contains(b.log.String(), said) {
			t.Errorf("the log does not say %q:\n%s", said, b.log)
		}
	}
	h.Mend()
	wants("open", sure)
	h.Inject(&demohome.Fault{On: "/api/websocket", Answer: demohome.Challenge()})
	wants("blocked again", sure)
	if !strings.Contains(b.log.String(), "from memory") {
		t.Errorf("the log does not say that it remembers:\n%s", b.log)
	}
}

// TestWithheld wants directives refused for what the filter leaves out, though
// Alexa may know of it from before.
func TestWithheld(t *testing.T) {
	h, e := house(t)
	b := build(t, e.and(env{"HA_EXPOSE": "area:nowhere, light, -light.bed_*"}), false)
	if got := b.ask(t, "Alexa.PowerController.TurnOn", "light#bed_light").Event; got.Payload.Type != alexa.NoSuchEndpoint {
		t.Errorf("what is left out is answered %+v", got)
	}
	if got := b.ask(t, "Alexa.ReportState", "light#kitchen_lights").Event; got.Header.Name != "StateReport" {
		t.Errorf("what is let in is answered %+v", got)
	}
	if got := b.ask(t, "Alexa.ReportState", "switch#ac").Event; got.Header.Name != "StateReport" {
		t.Errorf("what may be in an area is answered %+v", got)
	}
	if state, _ := h.State("light.bed_light"); state.State != "off" {
		t.Errorf("the bed light is %s", state.State)
	}
}
