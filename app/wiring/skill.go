package wiring

import (
	"context"

	"go.uber.org/zap"

	"github.com/lambda-execution-engine/lee/adapters/alexaapi"
	"github.com/lambda-execution-engine/lee/app/config"
	"github.com/lambda-execution-engine/lee/app/gateway"
	"github.com/lambda-execution-engine/lee/app/lifecycle"
	"github.com/lambda-execution-engine/lee/app/rooms"
	"github.com/lambda-execution-engine/lee/ports"
)

// newProgress returns what is said while an answer is being made. That is rare, and
// the way to it is closed as soon as an event has passed it by.
func newProgress(g *gateway.Gateway, clock ports.Clock) (*lifecycle.Lazy[ports.Progress], ports.Progress) {
	load := func(context.Context) (ports.Progress, error) { return alexaapi.New(), nil }
	lazy := lifecycle.NewLazy("progress", lifecycle.Immediate(), clock, load, closed[ports.Progress])
	return lazy, gateway.Progress{Port: gateway.NewPort(g, lazy)}
}

// newRooms returns which Echo stands in which room.
func newRooms(live *config.Live, keeper ports.ParameterKeeper, clock ports.Clock, log *zap.Logger) ports.Rooms {
	return rooms.New(live.Settings, keeper, clock, log)
}
