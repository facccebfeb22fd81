package gateway

import (
	"context"

	"github.com/lambda-execution-engine/lee/domain/home"
	"github.com/lambda-execution-engine/lee/ports"
)

// HomeAssistant is what is behind the home's faces: one adapter.
type HomeAssistant interface {
	ports.Home
	ports.House
	ports.Registry
	ports.Cameras
	ports.Conversation
}

// Home is the face of ports.Home on the gateway: every method is one crossing.
type Home struct{ Port *Port[HomeAssistant] }

var _ ports.Home = Home{}

var (
	// One state is never cached: a state report and a look at a command's effect want what
	// is.
	homeState  = operation("home.state", atHome, Read, ports.SectionNone)
	homeStates = operation("home.states", atHome, Read, ports.SectionStates)
	homeCall   = operation("home.call", atHome, Command, ports.SectionNone)
)

// State implements ports.Home. It always asks the home.
func (h Home) State(ctx context.Context, id home.EntityID) (state home.State, err error) {
	err = pass(ctx, h.Port, homeState, nil, func(ctx context.Context, to HomeAssistant) (err error) {
		state, err = to.State(ctx, id)
		return err
	})
	return state, err
}

// States implements ports.Home. What it returns may be as old as a burst of
// questions takes, about a second, but not from before a command that this
// process has sent. Fresh has it ask the home.
func (h Home) States(ctx context.Context) ([]home.State, error) {
	return crossCached(ctx, h.Port, homeStates, &statesAnswers, func(ctx context.Context, to HomeAssistant) ([]home.State, error) {
		return to.States(ctx)
	})
}

// Call implements ports.Home. Whatever becomes of it, what it touches is
// forgotten when it ends: what was asked for before that is kept from nobody, and
// kept for nobody.
func (h Home) Call(ctx context.Context, call home.ServiceCall) ([]home.State, error) {
	defer h.Port.gateway.Invalidate(touches(call)...)
	about := service{call.Domain, call.Service}
	return crossAbout(ctx, h.Port, homeCall, &about, func(ctx context.Context, to HomeAssistant) ([]home.State, error) {
		return to.Call(ctx, call)
	})
}

var (
	touchesStates = []ports.Section{ports.SectionStates}
	touchesAll    = []ports.Section{ports.SectionStates, ports.SectionConfiguration, ports.SectionRegistry, ports.SectionDiscovery}
)

// touches returns the sections whose answers a call may make wrong. Services on
// entities change states. Home Assistant's services on itself (reload, restart,
// set_location: https://www.home-assistant.io/integrations/homeassistant/) change
// what it says of itself, and those of any domain that reload its entities bring
// and take away endpoints.
func touches(call home.ServiceCall) []ports.Section {
	if call.Service == "reload" || call.Domain == "homeassistant" && len(call.Targets) == 0 && call.Area == "" {
		return touchesAll
	}
	return touchesStates
}
