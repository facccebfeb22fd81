package architecture

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// aroundPorts hand an adapter as an I/O port to a service, for each port. They are
// bodies of functions of app/wiring, whose arguments are faces.
var aroundPorts = map[string]string{
	"Home": `adapter, _ := homeassistant.New(homeassistant.Config{})
		var around ports.Home = adapter
		control.New(around, house, nil, clock, action.DefaultPatience(), capability.House{})`,
	"House": `adapter, _ := homeassistant.New(homeassistant.Config{})
		var around ports.House = adapter
		control.New(home, around, nil, clock, action.DefaultPatience(), capability.House{})`,
	"Pulse": `adapter, _ := homeassistant.New(homeassistant.Config{})
		var pulse ports.Pulse = beating{adapter}
		operator.New(operator.Parts{Pulse: pulse})`,
	"Registry": `adapter, _ := homeassistant.New(homeassistant.Config{})
		var registry ports.Registry = adapter
		discovery.New(home, house, registry, cameras, nil, offer.Terms{}, nil)`,
	"Cameras": `adapter, _ := homeassistant.New(homeassistant.Config{})
		var around ports.Cameras = adapter
		stream.New(home, house, around, nil, clock)`,
	"Conversation": `adapter, _ := homeassistant.New(homeassistant.Config{})
		var conversation ports.Conversation = adapter
		assistant.New(assistant.Parts{Conversation: conversation})`,
	"Progress": `var progress ports.Progress = alexaapi.New()
		assistant.New(assistant.Parts{Progress: progress})`,
	"Rooms": `store, _ := ssm.New(ssm.Config{})
		var known ports.Rooms = remote{store}
		assistant.New(assistant.Parts{Rooms: known})`,
	"Parameters": `store, _ := ssm.New(ssm.Config{})
		var parameters ports.Parameters = store
		config.NewLive(config.Options{Parameters: parameters})`,
	"ParameterKeeper": `store, _ := ssm.New(ssm.Config{})
		var keeper ports.ParameterKeeper = store
		rooms.New(nil, keeper, clock, nil)`,
	"Probe": `probe, _ := homeprobe.New(homeprobe.Config{})
		_ = doctor.Doctor{Probe: probe}`,
}

// aroundForms hand *homeassistant.Client as ports.Home, in all forms that Go has for
// it. They are bodies of functions, too.
var aroundForms = map[string]string{
	"Assigned":    `var to ports.Home; to = client; use(to)`,
	"Redeclared":  `var to ports.Home; to, other := client, 1; use(to, other)`,
	"Returned":    `use(func() ports.Home { return client })`,
	"Forwarded":   `use(func() (ports.Home, error) { return homeassistant.New(homeassistant.Config{}) })`,
	"NamedResult": `use(func() (to ports.Home) { defer use(); to = client; return })`,
	"Argument":    `takes(client)`,
	"Variadic":    `takesMany(home, client)`,
	"Go":          `go takes(client)`,
	"Converted":   `use(ports.Home(client))`,
	"Keyed":       `use(&smarthome.Parts{Home: client})`,
	"Positional":  `use(&pair{client, nil})`,
	"Field":       `var p pair; p.home = client; use(&p)`,
	"Embedding":   `use(struct{ ports.Home }{client})`,
	"Slice":       `use([]ports.Home{client})`,
	"Appended":    `use(append([]ports.Home(nil), client))`,
	"Map":         `use(map[string]ports.Home{"": client})`,
	"Sent":        `sent := make(chan ports.Home, 1); sent <- client`,
	"Ranged":      `var to ports.Home; for _, to = range []*homeassistant.Client{client} { use(to) }`,
	"Branched":    `to := home; if house == nil { to = client }; use(to)`,
	"Captured":    `to := home; func() { to = client }(); use(to)`,
	"Embedded":    `takes(holding{Client: client})`,
	"Wrapped":     `takes(wrapped{client})`,
	"Generic":     `use(general(client))`,
	"Constrained": `constrained(client)`,
	"Asserted":    `use(any(client).(ports.Home))`,
	"Switched":    `switch to := any(client).(type) { case ports.Home: use(to) }`,
	"Narrow":      `var to interface { States(context.Context) ([]homes.State, error) } = client; use(to)`,
	"Wide":        `var to gateway.HomeAssistant = client; use(to)`,
	"Called":      `use(func() { _, _ = client.States(context.Background()) })`,
	"MethodValue": `use(client.Call)`,
	"MethodOf":    `use((*homeassistant.Client).Call)`,
	"Leased":      `lease, _ := lazy.Acquire(context.Background()); var to ports.Home = lease.Value(); use(to)`,
	"Held":        `hold, _ := lazy.Hold(context.Background()); use(hold)`,
	"Unloaded":    `use(lifecycle.NewLazy("", lifecycle.Immediate(), clock, nil, func(held gateway.HomeAssistant) error { takes(held); return nil }))`,
	"TwoUses": `load := func(context.Context) (gateway.HomeAssistant, error) { return client, nil }
		use(lifecycle.NewLazy("", lifecycle.Immediate(), clock, load, nil), load)`,
	"As":       `fx.Provide(fx.Annotate(homeassistant.New, fx.As(new(ports.Home))))`,
	"AsPassed": `use(fx.As)`,
}

// mutantsNeed is what the mutants are made with.
const mutantsNeed = `package wiring

import (
	"context"

	"go.uber.org/fx"

	"` + module + `adapters/alexaapi"
	"` + module + `adapters/homeassistant"
	"` + module + `adapters/homeprobe"
	"` + module + `adapters/ssm"
	"` + module + `app/config"
	"` + module + `app/doctor"
	"` + module + `app/gateway"
	"` + module + `app/lifecycle"
	"` + module + `app/operator"
	"` + module + `app/rooms"
	"` + module + `app/smarthome"
	"` + module + `domain/assistant"
	"` + module + `domain/action"
	"` + module + `domain/capability"
	"` + module + `domain/control"
	"` + module + `domain/discovery"
	homes "` + module + `domain/home"
	"` + module + `domain/offer"
	"` + module + `domain/stream"
	"` + module + `ports"
)

type pair struct { home ports.Home; house ports.House }
func use(...any) {}
func takes(ports.Home) {}
func takesMany(...ports.Home) {}
func constrained[P ports.Home](P) {}

type holding struct{ *homeassistant.Client }

type beating struct{ *homeassistant.Client }
func (b beating) Beat(context.Context) error { return nil }

type remote struct{ *ssm.Store }
func (remote) Room(context.Context, string) (string, error) { return "", nil }
func (remote) Keep(context.Context, string, string) (bool, error) { return false, nil }
`

// mutantsAround are declarations that go around the gateway themselves.
const mutantsAround = `
var always ports.Home = (*homeassistant.Client)(nil)

func general[P ports.Home](p P) ports.Home { return p }

type wrapped struct{ client *homeassistant.Client }
func (w wrapped) State(context.Context, homes.EntityID) (homes.State, error) { return homes.State{}, nil }
func (w wrapped) States(ctx context.Context) ([]homes.State, error) { return w.client.States(ctx) }
func (w wrapped) Call(context.Context, homes.ServiceCall) ([]homes.State, error) { return nil, nil }
`

// mutantsElsewhere go around the gateway in a package that app/wiring hands ports to.
const mutantsElsewhere = `package smarthome

import (
	"context"

	"` + module + `app/gateway"
	"` + module + `app/lifecycle"
	"` + module + `ports"
)

type around struct{ ports.Home }

func wraps(p Parts) *Service {
	p.Home = around{p.Home}
	return New(p)
}

func (s *Service) takesOut(ctx context.Context, lazy *lifecycle.Lazy[gateway.HomeAssistant]) {
	lease, _ := lazy.Acquire(ctx)
	_, _ = lease.Value().States(ctx)
}
`

// TestGoingAroundTheGatewayTurnsTheGateRed adds all that goes around the gateway to
// app/wiring, and some of it to another package, and wants each to be found, and nothing
// else. No I/O port may lack one.
func TestGoingAroundTheGatewayTurnsTheGateRed(t *testing.T) {
	var source strings.Builder
	source.WriteString(mutantsNeed + mutantsAround)
	wanted := []string{"general", "init", "(wrapped).States", "smarthome.wraps", "(*smarthome.Service).takesOut"}
	add := func(kind string, bodies map[string]string) {
		for _, name := range slices.Sorted(maps.Keys(bodies)) {
			wanted = append(wanted, kind+name)
			fmt.Fprintf(&source, `
func %s%s(
	home ports.Home, house ports.House, cameras ports.Cameras, clock ports.Clock,
	client *homeassistant.Client, lazy *lifecycle.Lazy[gateway.HomeAssistant],
) {
	%s
}
`, kind, name, bodies[name])
		}
	}
	add("port", aroundPorts)
	add("form", aroundForms)
	w := wire(t, map[string]string{"app/wiring/mutants.go": source.String(), "app/smarthome/mutants.go": mutantsElsewhere})
	for _, name := range w.ports {
		if aroundPorts[name] == "" {
			t.Errorf("ports.%s lacks a mutation: hand an adapter as this port to a service in aroundPorts", name)
		}
	}
	var found []string
	for _, c := range w.crossings() {
		if !slices.ContainsFunc(exceptions, func(e exception) bool { return e.crossing == c }) {
			found = append(found, c.in)
		}
	}
	compare(t, "the check of crossings", found, wanted)
}

// compare wants the complaints to be those wanted, in whatever order and number.
func compare(t *testing.T, who string, complaints, wanted []string) {
	t.Helper()
	for _, w := range wanted {
		if !slices.Contains(complaints, w) {
			t.Errorf("%s let pass: %s", who, w)
		}
	}
	for _, c := range complaints {
		if !slices.Contains(wanted, c) {
			t.Errorf("%s complained of: %s", who, c)
		}
	}
}
