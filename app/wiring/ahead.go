package wiring

import (
	"github.com/lambda-execution-engine/lee/adapters/homeassistant"
	"github.com/lambda-execution-engine/lee/app/ahead"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/engine"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/ports"
)

// Ahead is what is done ahead of the first event.
type Ahead = ahead.Opening[*homeassistant.Client]

// OpenAhead begins to open the home's connection, given what the environment says
// (ahead.Begin). It returns nil for nothing.
func OpenAhead(s config.Settings) *Ahead {
	return ahead.Begin(s, ahead.Maker[*homeassistant.Client]{New: newClient, Same: sameHome})
}

// finishAhead does what OpenAhead could not do yet, when everything that follows the
// settings has been made.
func finishAhead(
	s Start, live *config.Live, k *lifecycle.Keeper, home *lifecycle.Lazy[gateway.HomeAssistant], house ports.House, _ *engine.Engine,
) {
	s.Ahead.Finish(live, k, home, house)
}
